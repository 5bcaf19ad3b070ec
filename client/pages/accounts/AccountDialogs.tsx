import { useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { FormDrawer } from '../forms/FormDrawer';
import { Toast, useToast } from '../forms/Toast';
import { AccountForm } from './AccountForm';
import type { AccountTask } from './columns';
import { Confirm, GivenPassword } from './Layer';
import { newPassword } from './password';
import { type Account, AccountSessions, ResetPassword, RevokeSession, SessionDetails, UpdateAccount } from './queries';
import { SessionList } from './SessionList';

function Sessions({ account }: { account: Account }) {
  const [{ data, error, fetching }, again] = useQuery({ query: AccountSessions, variables: { id: account.id }, requestPolicy: 'network-only' });
  const [, revoke] = useMutation(RevokeSession);
  const reload = () => again({ requestPolicy: 'network-only' });
  const sessions = getFragmentData(SessionDetails, data?.account?.sessions ?? []);
  if (error && !data) return <ErrorCard what="The sessions" error={error} retry={reload} />;
  if (!data) return fetching ? <Skeleton height={160} /> : null;
  if (sessions.length === 0) return <Empty title="No open session" hint={`${account.displayName} is signed in nowhere.`} />;
  return (
    <SessionList
      sessions={sessions} onEnded={reload}
      end={async ({ id }) => {
        const answer = await revoke({ id }, channel('FORM'));
        return { error: answer.error, userErrors: answer.data?.revokeSession.userErrors };
      }}
    />
  );
}

interface AccountDialogsProps {
  task: AccountTask | null;
  onClose(): void;
  /** Something was changed. */
  onDone(): void;
}

/** Form, sessions and questions over the list of accounts. */
export function AccountDialogs({ task, onClose, onDone }: AccountDialogsProps) {
  const [, update] = useMutation(UpdateAccount);
  const [, reset] = useMutation(ResetPassword);
  const [toast, say] = useToast();
  const [given, setGiven] = useState<{ of: string; password: string } | null>(null);
  // Layers fade out: until they are gone they still show what they were opened for.
  const [last, setLast] = useState<AccountTask | null>(task);
  if (task && task !== last) setLast(task);
  const account = last && last.kind !== 'add' ? last.account : undefined;
  const name = account?.displayName ?? '';
  const finish = (words: string) => {
    say(words);
    onDone();
  };
  return (
    <>
      <FormDrawer opened={task?.kind === 'add' || task?.kind === 'edit'} title={account ? `Edit ${name}` : 'Add account'} onClose={onClose}>
        {(guard) => (
          <div key={account?.id ?? 'new'} style={{ display: 'contents' }}>
            <AccountForm account={account} guard={guard} onSaved={finish} onCreated={({ displayName }, password) => setGiven({ of: displayName, password })} />
          </div>
        )}
      </FormDrawer>
      <FormDrawer opened={task?.kind === 'sessions'} title={`Sessions of ${name}`} onClose={onClose}>
        {() => account && <Sessions account={account} />}
      </FormDrawer>
      {account && (
        <Confirm
          opened={task?.kind === 'switch'} onClose={onClose} grave={!account.disabled}
          title={account.disabled ? `Switch ${name} on?` : `Switch ${name} off?`} verb={account.disabled ? 'Switch on' : 'Switch off'}
          act={async () => {
            const { data, error } = await update({ id: account.id, input: { disabled: !account.disabled } }, channel('FORM'));
            return { error, userErrors: data?.updateAccount.userErrors };
          }}
          onDone={() => {
            onClose();
            finish(`${name} switched ${account.disabled ? 'on' : 'off'}`);
          }}
        >
          <p>{account.disabled ? 'The account can sign in again, with the password it had.' : 'All its sessions end now, and it cannot sign in until it is switched on again. What it changed stays in the history.'}</p>
        </Confirm>
      )}
      {account && (
        <Confirm
          opened={task?.kind === 'reset'} onClose={onClose} grave title={`Reset the password of ${name}?`} verb="Reset password"
          act={async () => {
            const password = newPassword();
            const { data, error } = await reset({ id: account.id, password }, channel('FORM'));
            if (data?.resetPassword.userErrors.length === 0) setGiven({ of: name, password });
            return { error, userErrors: data?.resetPassword.userErrors };
          }}
          onDone={() => {
            onClose();
            onDone();
          }}
        >
          <p>A new password is made and shown once. The present one opens nothing any more, and all sessions of the account end now.</p>
        </Confirm>
      )}
      <GivenPassword given={given} onClose={() => setGiven(null)} />
      <Toast text={toast} />
    </>
  );
}
