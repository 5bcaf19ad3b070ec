import { lazy } from 'react';
import type { CombinedError } from 'urql';

import type { ActivityInterval } from '../../api/generated/graphql';
import { ChartCard } from '../../ui/chart/ChartCard';
import type { Column } from '../../ui/columns';
import { format } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Empty } from '../../ui/states';
import classes from './detail.module.css';
import type { ActivityRange } from './useActivityRange';

const ActivityLine = lazy(() => import('../../charts/ActivityLine'));

interface Point {
  from: string;
  to: string;
  activeUsers: number;
}

const columns: Column<Point>[] = [
  { key: 'from', header: 'From', value: (point) => point.from, cell: (point) => format.date(point.from) },
  { key: 'to', header: 'To', value: (point) => point.to, cell: (point) => format.date(point.to) },
  { key: 'activeUsers', header: 'Active users', numeric: true, value: (point) => point.activeUsers, cell: (point) => format.integer(point.activeUsers) },
];

const intervalWord: Record<ActivityInterval, string> = { DAY: 'day', WEEK: 'week', MONTH: 'month' };

interface ActivityCardProps {
  owner: string;
  activity: ActivityRange;
  points: readonly Point[] | undefined;
  stale: boolean;
  error: CombinedError | undefined;
  retry(): void;
}

/** Active users over time; one bad query leaves the rest of the page alone. */
export function ActivityCard({ owner, activity, points, stale, error, retry }: ActivityCardProps) {
  const { interval, range, days, set } = activity;
  const span = format.range(days.from, days.to);
  return (
    <ChartCard
      id="activity"
      title="How many users are active?"
      field="ActivityPoint.activeUsers"
      hint={`Distinct users by ${intervalWord[interval]}, ${span}`}
      action={(
        <span className={classes.switches}>
          <Segmented
            label="Range" value={range} onChange={(next) => void set({ range: next })}
            options={[{ value: 'last30', label: '30 days' }, { value: 'last90', label: '90 days' }, { value: 'last12m', label: '12 months' }]}
          />
          <Segmented
            label="Interval" value={interval} onChange={(next) => void set({ interval: next })}
            options={[{ value: 'DAY', label: 'Day' }, { value: 'WEEK', label: 'Week' }, { value: 'MONTH', label: 'Month' }]}
          />
        </span>
      )}
      columns={columns}
      rows={points ?? []}
      rowKey={(point) => point.from}
      csvName={`activity of ${owner} ${days.to ?? ''}`}
      height={260}
      loading={!points && !error}
      stale={stale}
      error={error}
      retry={retry}
      empty={<Empty title="No activity in this period" />}
    >
      <ActivityLine points={points ?? []} interval={interval} label={`Active users of ${owner} by ${intervalWord[interval]}, ${span}.`} />
    </ChartCard>
  );
}
