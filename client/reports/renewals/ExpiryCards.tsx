import { lazy, useCallback, useMemo } from 'react';

import { ChartCard } from '../../ui/chart/ChartCard';
import { format } from '../../ui/format';
import { Button } from '../../ui/Button';
import { Nothing } from '../frame/Nothing';
import { bucketColumns, dayColumns } from './columns';
import { type Forecast, useChoiceHref, type useRenewals } from './useRenewals';
import { bucketWord } from './words';

const ExpiryCalendar = lazy(() => import('../../charts/reports/ExpiryCalendar'));
const ExpiryBars = lazy(() => import('../../charts/reports/ExpiryBars'));

type Renewals = ReturnType<typeof useRenewals>;
type Day = Forecast['days'][number];
type Bucket = Forecast['buckets'][number];

const noDays: Day[] = [];
const noBuckets: Bucket[] = [];
const dayKey = (day: Day) => day.date;
const bucketKey = (bucket: Bucket) => bucket.name;

/** Nothing expires: a longer horizon is the way on. */
function NothingExpires({ renewals }: { renewals: Renewals }) {
  const { choices } = renewals;
  const action = choices.horizon === '90' ? <Button onClick={() => choices.setHorizon('180')}>Show 180 days</Button> : undefined;
  return <Nothing title={`Nothing expires in ${choices.horizon} days`} hint="No licence in scope ends within the horizon, and none is in grace." action={action} />;
}

/** What the two cards have in common. */
function stateOf({ result, reload, forecast }: Renewals) {
  return {
    loading: !forecast && result.fetching, stale: result.stale, error: forecast ? undefined : result.error,
    retry: () => reload({ requestPolicy: 'network-only' }),
  };
}

/** What expires on which day of the horizon. */
export function CalendarCard({ renewals }: { renewals: Renewals }) {
  const { forecast, currencies, measured, choices, scope } = renewals;
  const link = useChoiceHref();
  const href = useCallback((day: { date: string }) => link({ day: day.date, bucket: null }), [link]);
  const columns = useMemo(() => dayColumns(currencies), [currencies]);
  const days = forecast?.days ?? noDays;
  const timed = forecast?.buckets.filter(({ from }) => from) ?? [];
  const [from, to] = [timed[0]?.from, timed.at(-1)?.to];
  const total = forecast?.[choices.horizon === '90' ? 'within90' : 'within180'];
  const words = `${format.integer(total?.licenses)} licences expire on ${format.integer(days.length)} days of ${format.range(from, to)}`;
  return (
    <ChartCard
      id="calendar" title="On which days do licences expire?" subject="The expiry calendar" field="RenewalForecast.days" hint={forecast && words}
      columns={columns} rows={days} rowKey={dayKey} csvName={`expiry by day ${scope.asOf}`} height={230} {...stateOf(renewals)}
      empty={<NothingExpires renewals={renewals} />}
    >
      {from && to && (
        <ExpiryCalendar days={days} from={from} to={to} measured={measured} selected={choices.date} label={`Expiry calendar: ${words}.`} href={href} />
      )}
    </ChartCard>
  );
}

/** What expires by bucket, with what is renewed already. */
export function BucketCard({ renewals }: { renewals: Renewals }) {
  const { forecast, currencies, measured, scope } = renewals;
  const link = useChoiceHref();
  const href = useCallback((bucket: { name: string }) => link({ bucket: bucket.name, day: null }), [link]);
  const columns = useMemo(() => bucketColumns(currencies), [currencies]);
  const buckets = forecast?.buckets ?? noBuckets;
  const some = buckets.some(({ all }) => all.licenses > 0);
  const words = buckets.map((bucket) => `${bucketWord[bucket.name]} ${format.integer(bucket.all.licenses)}`).join(', ');
  return (
    <ChartCard
      id="buckets" title="How soon do they expire, and what is not renewed yet?" subject="Expiry by bucket" field="RenewalBucket.atRisk"
      columns={columns} rows={some ? buckets : noBuckets} rowKey={bucketKey} csvName={`expiry by bucket ${scope.asOf}`} height={260} {...stateOf(renewals)}
      empty={<NothingExpires renewals={renewals} />}
    >
      <ExpiryBars buckets={buckets} words={bucketWord} measured={measured} label={`Licences by days to their end: ${words}.`} href={href} />
    </ChartCard>
  );
}
