import { useId, useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { useCan, useViewer } from '../../api/session';
import { Card } from '../../ui/Card';
import { Page } from '../../ui/Page';
import { ErrorCard, Skeleton } from '../../ui/states';
import { roleWord } from '../../ui/words';
import { SessionDetails } from '../accounts/queries';
import { SessionList } from '../accounts/SessionList';
import { roleHint } from '../accounts/words';
import { Toast, useToast } from '../forms/Toast';
import { OwnTokens } from '../tokens/OwnTokens';
import { PasswordForm } from './PasswordForm';
import classes from './profile.module.css';
import { OwnSessions, RevokeOwnSession } from './queries';

/** One's own account: what it is, its password, its tokens, and where one is signed in. */
export default function ProfilePage() {
  const viewer = useViewer();
  const scope = viewer.tenant?.name ?? null;
  const mayMakeTokens = useCan('USE_API_TOKENS');
  const [who, password, where] = [useId(), useId(), useId()];
  const [changes, setChanges] = useState(0);
  const [toast, say] = useToast();
  const [{ data, error }, again] = useQuery({ query: OwnSessions, requestPolicy: 'network-only' });
  const [, revoke] = useMutation(RevokeOwnSession);
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <Page title="Your account">
      <div className={classes['columns']}>
        <div className={classes['column']}>
          <Card title="Who you are" labelId={who}>
            <dl className={classes['facts']}>
              <dt>Name</dt><dd>{viewer.displayName}</dd>
              <dt>E-mail</dt><dd>{viewer.email}</dd>
              <dt>Role</dt><dd>{roleWord[viewer.role]}. {roleHint[viewer.role]}</dd>
              {scope !== null && <><dt>Confined to</dt><dd>{scope}</dd></>}
            </dl>
          </Card>
          <Card title="Change password" labelId={password} hint="Your other sessions end with it.">
            <PasswordForm
              key={changes}
              onChanged={() => {
                setChanges((count) => count + 1);
                say('Password changed');
                reload();
              }}
            />
          </Card>
        </div>
        <div className={classes['column']}>
          {mayMakeTokens && <OwnTokens say={say} />}
          <Card title="Where you are signed in" labelId={where} hint="A session that you do not know: end it, then change your password.">
            {error && !data && <ErrorCard what="Your sessions" error={error} retry={reload} />}
            {!data && !error && <Skeleton height={160} />}
            {data && (
              <SessionList
                sessions={getFragmentData(SessionDetails, data.viewer.sessions ?? [])} onEnded={reload}
                end={async ({ id }) => {
                  const answer = await revoke({ id }, channel('FORM'));
                  return { error: answer.error, userErrors: answer.data?.revokeOwnSession.userErrors };
                }}
              />
            )}
          </Card>
        </div>
      </div>
      <Toast text={toast} />
    </Page>
  );
}
