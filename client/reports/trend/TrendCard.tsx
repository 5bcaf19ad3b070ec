import { lazy, useMemo } from 'react';

import { amountText } from '../../charts/reports/trendWords';
import { ChartCard } from '../../ui/chart/ChartCard';
import { format } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Nothing } from '../frame/Nothing';
import { trendColumns } from './columns';
import { type Trend, useStepHref } from './useTrend';

const TrendBars = lazy(() => import('../../charts/reports/TrendBars'));

const unitWord = { LICENSES: 'licences', SEATS: 'seats', ARR: 'annual recurring revenue' } as const;

/** What came and went per interval, and what was in force at the end of each. */
export function TrendCard({ trend }: { trend: Trend }) {
  const { data, steps, result, reload, unit, currency, currencies, totals, absent, months, scope } = trend;
  const href = useStepHref();
  const interval = data?.interval ?? 'MONTH';
  const shown = unit === 'ARR' ? currency : undefined;
  const columns = useMemo(() => trendColumns(interval, shown), [interval, shown]);
  const last = steps.at(-1);
  const renewable = trend.mode === 'RENEWAL_AWARE';
  const words = totals && last
    ? `over ${months} months ${amountText(totals.new, format)} new, ${amountText(totals.expired, format)} expired, ${amountText(last.flow.closing, format)} in force at the end`
    : '';
  return (
    <ChartCard
      id="trend"
      title={unit === 'ARR' ? `How much ARR came and went, in ${currency ?? 'money'}?` : `How many ${unitWord[unit]} came and went?`}
      subject="The consumption trend"
      field="TrendFlow.net"
      hint={!renewable ? 'Every start counts as new and every end as expired.' : 'A licence continued within 30 days is renewed, not expired and new. Renewed is not part of net.'}
      action={unit === 'ARR' && currencies.length > 1 && currency && (
        <Segmented label="Currency" options={currencies.map((value) => ({ value, label: value }))} value={currency} onChange={(next) => void trend.setCurrency(next)} />
      )}
      columns={columns}
      rows={steps}
      rowKey={(step) => step.from}
      csvName={`consumption trend ${unitWord[unit]}${shown ? ` ${shown}` : ''} ${scope.asOf}`}
      height={480}
      loading={!data && result.fetching}
      stale={result.stale}
      error={data ? undefined : result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={<Nothing title={unit === 'ARR' ? 'No licence with a price before this date' : 'No licences before this date'} />}
      footer={last?.incomplete && `The last interval runs to ${format.date(last.to)} and is not complete.${renewable ? ' What ended in the last 30 days may still be renewed.' : ''}`}
    >
      <TrendBars steps={steps} interval={interval} absent={absent} label={`Consumption trend in ${unitWord[unit]}: ${words}.`} href={href} />
    </ChartCard>
  );
}
