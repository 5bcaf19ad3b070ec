import { useViewer } from '../../api/session';
import { FilterBar } from '../../ui/filters/FilterBar';
import { linkTo } from '../../ui/filters/links';
import { Freshness } from '../../ui/Freshness';
import { Page } from '../../ui/Page';
import { Warnings } from '../../ui/Warnings';
import { Figures } from './Figures';
import classes from './Overview.module.css';
import { RevenueCard } from './RevenueCard';
import { ScatterCard } from './ScatterCard';
import { TimelineCard } from './TimelineCard';
import { useLiveFigures } from './useLiveFigures';
import { useOverview } from './useOverview';
import { UtilizationCard } from './UtilizationCard';
import { useTimeline } from './useTimeline';

const KEYS = ['dates', 'partner', 'company', 'product', 'status', 'currency', 'window'] as const;

/** The key metrics and the four charts, all under one set of filters. */
export function OverviewPage() {
  const { settings } = useViewer();
  const overview = useOverview({ extremes: true });
  const timeline = useTimeline();
  const meta = overview.result.data?.dashboard.meta;
  const { filters, asOf } = overview;
  const busy = [overview, timeline].some(({ result }) => result.fetching || result.stale);

  function refresh() {
    for (const { reload } of [overview, timeline]) reload({ requestPolicy: 'network-only' });
  }
  const live = useLiveFigures(refresh, busy);

  return (
    <Page
      title="Overview"
      actions={
        <>
          <Warnings
            warnings={meta?.warnings ?? []}
            hrefs={{ INVALID_ROUNDS: linkTo('/licences', filters, { status: ['INVALID'] }, asOf === settings.today ? null : asOf) }}
          />
          <Freshness fetchedAt={meta?.sources[0]?.fetchedAt} timezone={settings.timezone} busy={busy} live={live} onRefresh={refresh} />
        </>
      }
      filters={<FilterBar keys={KEYS} />}
    >
      <Figures overview={overview} />
      <div className={classes['grid']}>
        <div className={overview.money ? classes['wide'] : classes['full']}>
          <ScatterCard overview={overview} />
        </div>
        {overview.money && (
          <div className={classes['narrow']}>
            <RevenueCard overview={overview} />
          </div>
        )}
        <div className={classes['full']}>
          <TimelineCard timeline={timeline} waits={overview.result.fetching && !overview.result.data} />
        </div>
        <div className={classes['full']}>
          <UtilizationCard extremes={overview} />
        </div>
      </div>
    </Page>
  );
}
