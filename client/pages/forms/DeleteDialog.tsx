import './styles';

import { Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';

import { Button } from '../../ui/Button';
import classes from './forms.module.css';
import type { Refusal } from './userErrors';

/** What the server said to a deletion. */
export interface DeleteAnswer {
  error?: CombinedError;
  userErrors?: readonly Refusal[];
}

interface DeleteDialogProps {
  opened: boolean;
  /** "Delete licence 42?" */
  title: string;
  /** What is lost, and what is not. */
  children: ReactNode;
  /** "Delete licence" */
  verb: string;
  onDelete(): Promise<DeleteAnswer>;
  onDeleted(): void;
  onClose(): void;
}

function wordsOf({ error, userErrors = [] }: DeleteAnswer): string[] {
  if (error) return [`Nothing was deleted. ${error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}`];
  return userErrors.map(({ code, message }) =>
    (code === 'CONFLICT' ? 'Someone else changed this row meanwhile. Close this, look at it as it is now, then delete it again.' : message));
}

/** Asks before something is deleted, and says why it could not be. */
export function DeleteDialog({ opened, title, children, verb, onDelete, onDeleted, onClose }: DeleteDialogProps) {
  const [problems, setProblems] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const close = () => {
    setProblems([]);
    onClose();
  };
  const run = async () => {
    setBusy(true);
    const answer = await onDelete();
    setBusy(false);
    const words = wordsOf(answer);
    setProblems(words);
    if (words.length === 0) onDeleted();
  };
  return (
    <Modal
      opened={opened} onClose={close} title={title} centered transitionProps={{ duration: 120 }} classNames={{ title: classes.title }}
      closeButtonProps={{ 'aria-label': 'Close' }} attributes={{ header: { role: 'none' } }}
    >
      <div className={classes.dialog}>
        {children}
        {problems.length > 0 && <div className={classes.problems} role="alert">{problems.map((text) => <p key={text}>{text}</p>)}</div>}
        <div className={classes.dialogFoot}>
          <Button onClick={close} data-autofocus>Cancel</Button>
          <Button className={classes.danger} disabled={busy} onClick={() => void run()}>{busy ? 'Deleting' : verb}</Button>
        </div>
      </div>
    </Modal>
  );
}
