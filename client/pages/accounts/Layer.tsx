import '../forms/styles';

import { Modal } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';

import { Button } from '../../ui/Button';
import classes from '../forms/forms.module.css';
import type { Refusal } from '../forms/userErrors';
import own from './accounts.module.css';

interface LayerProps {
  opened: boolean;
  title: string;
  onClose(): void;
  /** A click beside it closes it; what is shown once must not go by a slip. */
  fleeting?: boolean;
  children: ReactNode;
}

/** A small dialog over the page. */
function Layer({ opened, title, onClose, fleeting = true, children }: LayerProps) {
  return (
    <Modal
      opened={opened} onClose={onClose} title={title} centered closeOnClickOutside={fleeting} transitionProps={{ duration: 120 }} classNames={{ title: classes.title }}
      closeButtonProps={{ 'aria-label': 'Close' }} attributes={{ header: { role: 'none' } }}
    >
      <div className={classes.dialog}>{children}</div>
    </Modal>
  );
}

/** What the server said to an action. */
export interface ActionAnswer {
  error: CombinedError | undefined;
  userErrors: readonly Refusal[] | undefined;
}

/** What hindered an action, in words; none: it is done. */
export function hindrances({ error, userErrors = [] }: ActionAnswer): string[] {
  if (error) return [`Nothing was changed. ${error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}`];
  return userErrors.map(({ message }) => message);
}

interface ConfirmProps extends Omit<LayerProps, 'fleeting'> {
  verb: string;
  /** It takes something away. */
  grave?: boolean;
  act(): Promise<ActionAnswer>;
  onDone(): void;
}

/** Asks before something is done, does it, and says why it could not be. */
export function Confirm({ verb, grave = false, act, onDone, onClose, children, ...layer }: ConfirmProps) {
  const [problems, setProblems] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const close = () => {
    setProblems([]);
    onClose();
  };
  const run = async () => {
    setBusy(true);
    const words = hindrances(await act());
    setBusy(false);
    setProblems(words);
    if (words.length === 0) onDone();
  };
  return (
    <Layer {...layer} onClose={close}>
      {children}
      {problems.length > 0 && <div className={classes.problems} role="alert">{problems.map((text) => <p key={text}>{text}</p>)}</div>}
      <div className={classes.dialogFoot}>
        <Button onClick={close} data-autofocus>Cancel</Button>
        <Button {...(grave ? { className: classes.danger } : { kind: 'primary' as const })} disabled={busy} onClick={() => void run()}>{verb}</Button>
      </div>
    </Layer>
  );
}

interface ShownOnceProps {
  /** Null: nothing is shown. */
  secret: string | null;
  title: string;
  hint: string;
  onClose(): void;
}

/** What was just made and can never be read again. */
export function ShownOnce({ secret, title, hint, onClose }: ShownOnceProps) {
  const [told, setTold] = useState('');
  const close = () => {
    setTold('');
    onClose();
  };
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setTold('Copied.');
    } catch {
      // Without TLS, or without leave, a page does not reach the clipboard.
      setTold('The browser does not let the page copy. Select it and copy it yourself.');
    }
  };
  return (
    <Layer opened={secret !== null} title={title} onClose={close} fleeting={false}>
      <p>{hint}</p>
      <div className={own['secret']}>
        <code>{secret}</code>
        <Button onClick={() => void copy(secret ?? '')} data-autofocus><IconCopy aria-hidden size={16} />Copy</Button>
      </div>
      <p role="status" className={own['muted']}>{told}</p>
      <div className={classes.dialogFoot}><Button kind="primary" onClick={close}>Done</Button></div>
    </Layer>
  );
}

/** A password that was just given, shown this once. */
export function GivenPassword({ given, onClose }: { given: { of: string; password: string } | null; onClose(): void }) {
  return (
    <ShownOnce
      secret={given?.password ?? null} title={`Password of ${given?.of ?? ''}`} onClose={onClose}
      hint="It is shown this once: nobody can read it again, only give another one. The person should change it under “Your account”."
    />
  );
}
