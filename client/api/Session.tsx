import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { Provider } from 'urql';

import { Button } from '../ui/Button';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Empty } from '../ui/states';
import { createSessionClient } from './client';
import { ViewerContext } from './session';
import { refreshSession, sessionState, subscribe } from './sessionStore';

/** Lets signed-in viewers through, resumes a session by its cookie, and sends everyone else to sign in and back. */
export function Session() {
  const session = useSyncExternalStore(subscribe, sessionState);
  const { pathname, search } = useLocation();
  const account = session.kind === 'signedIn' ? session.viewer.email : null;
  // A new account gets a new client, since the cache of one viewer must never answer another.
  const client = useMemo(() => (account === null ? null : createSessionClient()), [account]);
  useEffect(() => {
    if (sessionState().kind === 'resuming') void refreshSession();
  }, []);

  if (session.kind === 'unreachable') {
    return (
      <main>
        <Empty
          title="The server did not answer"
          hint="Check the connection, then try again. You stay signed in."
          action={<Button onClick={() => void refreshSession()}>Retry</Button>}
        />
      </main>
    );
  }
  if (session.kind === 'signedOut') {
    const next = pathname + search;
    const query = next === '/' ? '' : `?${new URLSearchParams({ next }).toString()}`;
    return <Navigate replace to={`/sign-in${query}`} />;
  }
  if (session.kind === 'resuming' || !client) return <PageSkeleton />;
  return (
    <ViewerContext value={session.viewer}>
      <Provider value={client}>
        <Outlet />
      </Provider>
    </ViewerContext>
  );
}
