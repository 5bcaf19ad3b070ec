import { IconRefresh } from '@tabler/icons-react';

import { useCan } from '../../api/session';
import { Button } from '../../ui/Button';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { ActivityCard } from './ActivityCard';
import { ProviderCard } from './ProviderCard';
import classes from './providers.module.css';
import { useProviders } from './useProviders';

const example = `PROVIDERS='[{
  "name": "shop",
  "kind": "http-json",
  "url": "https://licences.example.com/v1/licences",
  "token": "…"
}]'`;

/** No provider: what that means, and the one setting that changes it. */
function NoProviders() {
  return (
    <Empty
      title="No provider is configured"
      hint="Premium licences of outside services appear in Seatwise once a provider is named in the server’s settings."
      action={(
        <div className={classes['setting']}>
          <pre tabIndex={0} role="region" aria-label="Example of the setting"><code>{example}</code></pre>
          <p>Set <code>PROVIDERS</code> and start the server again. The README lists every field of an entry.</p>
        </div>
      )}
    />
  );
}

/** The outside services that hold premium licences, what the copy of each is worth, and how far the activity log has been read. */
export default function ProvidersPage() {
  const { result, providers, rollup, refresh } = useProviders();
  const may = useCan('READ_PROVIDERS');
  const { data, error, fetching } = result;
  if (!may) return <Page title="Providers"><Empty title="Your role does not include providers" hint="An administrator can change that." /></Page>;
  return (
    <Page
      title="Providers"
      lead="Outside services that hold premium licences. Seatwise keeps a copy of each and says how old it is."
      actions={<Button onClick={refresh} disabled={fetching}><IconRefresh aria-hidden size={16} />Refresh</Button>}
    >
      {error && !data && <ErrorCard what="The providers" error={error} retry={refresh} />}
      {!data && fetching && <Skeleton height={360} />}
      {data && providers.length === 0 && <NoProviders />}
      <div className={classes['cards']}>
        {providers.map((provider) => <ProviderCard key={provider.name} provider={provider} onStarted={refresh} />)}
        {rollup && <ActivityCard rollup={rollup} />}
      </div>
    </Page>
  );
}
