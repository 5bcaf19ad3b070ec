import { type FormEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { Navigate, useSearchParams } from 'react-router';

import { refreshSession, sessionState, signIn, subscribe } from '../api/sessionStore';
import { Button } from '../ui/Button';
import { Logo } from '../ui/shell/Logo';
import classes from './SignIn.module.css';

/** Only a path of ours is a place to go back to; `//host` would leave the site. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Sign-in; goes back to the page that asked for it. */
export default function SignIn() {
  const session = useSyncExternalStore(subscribe, sessionState);
  const [params] = useSearchParams();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const problemId = useId();

  useEffect(() => {
    document.title = 'Sign in · Seatwise';
    if (sessionState().kind === 'resuming') void refreshSession();
  }, []);

  if (session.kind === 'signedIn') return <Navigate replace to={safeNext(params.get('next'))} />;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const errors = await signIn(textOf(form, 'email').trim(), textOf(form, 'password'));
    setBusy(false);
    const first = errors[0];
    if (!first) return;
    setProblem(first.message);
    email.current?.focus();
  }

  const ended = session.kind === 'signedOut' && session.reason === 'ended';
  return (
    <main className={classes['page']}>
      <form className={classes['card']} onSubmit={(event) => void submit(event)}>
        <Logo />
        <div>
          <h1 className={classes['title']}>Sign in</h1>
          <p className={classes['lead']}>
            {ended ? 'Your session has ended. Sign in to go on where you were.' : 'Licences against use, revenue and renewals.'}
          </p>
        </div>
        <label className={classes['field']}>
          E-mail
          <input ref={email} name="email" type="email" autoComplete="username" required autoFocus aria-describedby={problemId} />
        </label>
        <label className={classes['field']}>
          Password
          <input name="password" type="password" autoComplete="current-password" required aria-describedby={problemId} />
        </label>
        <p id={problemId} role="alert" className={classes['problem']} hidden={problem === null}>
          {problem}
        </p>
        <Button kind="primary" type="submit" disabled={busy} className={classes['submit']}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}
