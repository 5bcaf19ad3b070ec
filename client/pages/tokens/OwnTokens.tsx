import { IconPlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { Confirm, ShownOnce } from '../accounts/Layer';
import { FormDrawer } from '../forms/FormDrawer';
import { type ApiToken, ApiTokenFields, OwnApiTokens, RevokeOwnApiToken } from './queries';
import { TokenForm } from './TokenForm';
import { TokenItems } from './TokenItems';

/** One's own API tokens: made, copied once, seen, revoked. */
export function OwnTokens({ say }: { say(words: string): void }) {
  const title = useId();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  // The question fades out: until it is gone it still shows what it was asked about.
  const [last, setLast] = useState<ApiToken | null>(null);
  if (revoking && revoking !== last) setLast(revoking);
  const [{ data, error }, again] = useQuery({ query: OwnApiTokens, requestPolicy: 'network-only' });
  const [, revoke] = useMutation(RevokeOwnApiToken);
  const reload = () => again({ requestPolicy: 'network-only' });
  const tokens = getFragmentData(ApiTokenFields, data?.viewer.apiTokens ?? []);
  const make = <Button kind="primary" disabled={!data} onClick={() => setMaking(true)}><IconPlus aria-hidden size={16} />Make token</Button>;
  return (
    <Card title="API tokens" labelId={title} hint="For machines and programs: what they may do is yours, narrowed by what you choose." action={tokens.length > 0 ? make : undefined}>
      {error && !data && <ErrorCard what="Your tokens" error={error} retry={reload} />}
      {!data && !error && <Skeleton height={160} />}
      {data && tokens.length === 0 && <Empty title="No API tokens" hint="A program signs in with one instead of your password." action={make} />}
      {tokens.length > 0 && <TokenItems tokens={tokens} onRevoke={setRevoking} />}
      <FormDrawer opened={making} title="Make API token" onClose={() => setMaking(false)}>
        {(guard) => (
          <TokenForm
            roles={data?.viewer.apiTokenRoles ?? []} guard={guard}
            onMade={(name, token) => {
              setMade({ name, token });
              reload();
            }}
          />
        )}
      </FormDrawer>
      <ShownOnce
        secret={made?.token ?? null} title={`Token ${made?.name ?? ''}`} onClose={() => setMade(null)}
        hint="It is shown this once: nobody can read it again, only make another one. The program sends it as “Authorization: Bearer …”."
      />
      {last && (
        <Confirm
          opened={revoking !== null} onClose={() => setRevoking(null)} grave title={`Revoke ${last.name}?`} verb="Revoke"
          act={async () => {
            const answer = await revoke({ id: last.id }, channel('FORM'));
            return { error: answer.error, userErrors: answer.data?.revokeOwnApiToken.userErrors };
          }}
          onDone={() => {
            setRevoking(null);
            say(`${last.name} revoked`);
            reload();
          }}
        >
          <p>What uses it is refused from now on. It cannot be brought back.</p>
        </Confirm>
      )}
    </Card>
  );
}
