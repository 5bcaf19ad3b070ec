import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';

import { useCan } from '../../api/session';
import { ToneBadge } from '../../reports/frame/Badge';
import { Button, ButtonLink } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { format } from '../../ui/format';
import { type DescribedField, Term } from '../../ui/Term';
import { Moment } from './Moment';
import { Progress } from './Progress';
import classes from './providers.module.css';
import { RunsTable } from './RunsTable';
import { type Provider, useSync } from './useProviders';
import { kindWord, stateLook } from './words';

function Fact({ label, field, children, alert }: { label: string; field: DescribedField; children: ReactNode; alert?: boolean }) {
  return <div data-alert={alert || undefined}><dt><Term field={field}>{label}</Term></dt><dd>{children}</dd></div>;
}

function SyncButtons({ provider, onStarted }: { provider: Provider; onStarted(): void }) {
  const { fetching, problem, sync } = useSync(provider.name, onStarted);
  const busy = fetching || provider.progress != null;
  return (
    <div className={classes['actions']}>
      <Button kind="primary" disabled={busy} onClick={() => void sync(false)}><IconRefresh aria-hidden size={16} />{busy ? 'Synchronising' : 'Sync now'}</Button>
      <Button disabled={busy} onClick={() => void sync(true)}>Read everything again</Button>
      <ButtonLink kind="subtle" to="/unified?source=EXTERNAL">Open the licences</ButtonLink>
      {problem && <p role="alert" className={classes['failed']}>{problem}</p>}
    </div>
  );
}

/** One provider: what its mirror is worth, how old it is, what went wrong, and what to do. */
export function ProviderCard({ provider, onStarted }: { provider: Provider; onStarted(): void }) {
  const labelId = useId();
  const maySync = useCan('SYNC_PROVIDERS');
  const { state, progress } = provider;
  const { word, tone, icon } = stateLook[state];
  return (
    <Card labelId={labelId} title={provider.name} hint={kindWord[provider.kind]} action={<ToneBadge tone={tone} icon={icon} word={word} />}>
      <div className={classes['provider']}>
        {provider.lastError && (
          <div className={classes['error']} role="alert">
            <IconAlertTriangle aria-hidden size={16} />
            <p>
              {provider.failures > 1 ? `The last ${format.integer(provider.failures)} synchronisations failed: ` : 'The last synchronisation failed: '}
              {provider.lastError} The licences are as the last success left them.
            </p>
          </div>
        )}
        {progress && <Progress progress={progress} />}
        <dl className={classes['facts']}>
          <Fact label="Licences" field="Provider.licenses">{format.integer(provider.licenses)}</Fact>
          <Fact label="Last success" field="Provider.lastSuccessAt"><Moment at={provider.lastSuccessAt} /></Fact>
          <Fact label="Last attempt" field="Provider.lastAttemptAt"><Moment at={provider.lastAttemptAt} /></Fact>
          <Fact label="Next attempt" field="Provider.nextAttemptAt"><Moment at={provider.nextAttemptAt} none="not scheduled" /></Fact>
          <Fact label="Check-ins to report" field="Provider.pendingCheckIns">{format.integer(provider.pendingCheckIns)}</Fact>
          <Fact label="Rejected answers" field="Provider.rejected" alert={provider.rejected > 0}>{format.integer(provider.rejected)}</Fact>
          <Fact label="Missing licences" field="Provider.missing" alert={provider.missing > 0}>{format.integer(provider.missing)}</Fact>
        </dl>
        {maySync && <SyncButtons provider={provider} onStarted={onStarted} />}
        <section aria-label={`Latest synchronisations of ${provider.name}`}>
          <h3 className={classes['subtitle']}>Latest synchronisations</h3>
          <RunsTable provider={provider} />
        </section>
      </div>
    </Card>
  );
}
