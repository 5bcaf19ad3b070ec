import { heatStep, largestShare } from '../../charts/reports/heat';
import { Card } from '../../ui/Card';
import type { Column } from '../../ui/columns';
import { saveRows } from '../../ui/files';
import { format } from '../../ui/format';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Skeleton } from '../../ui/states';
import { Nothing } from '../frame/Nothing';
import { RowsTable } from '../frame/RowsTable';
import classes from './trials.module.css';
import { type Cohort, type Trials, windowWord } from './useTrials';

const rowKey = ({ month }: Cohort) => month;

/** A share on its tint; one that may still grow is hatched and says so. */
function Heat({ cohort, largest }: { cohort: Cohort; largest: number }) {
  const { conversion, immature } = cohort;
  return (
    <span
      className={classes['heat']} data-step={heatStep(conversion.value, largest) ?? undefined} data-immature={(immature && conversion.value != null) || undefined}
      title={`${format.integer(conversion.numerator)} of ${format.integer(conversion.denominator)}`}
    >
      {format.percent(conversion.value)}
    </span>
  );
}

function cohortColumns(within: string, largest: number): Column<Cohort>[] {
  const count = (key: 'started' | 'activated' | 'converted' | 'convertedInWindow', header: string): Column<Cohort> => ({
    key, header, numeric: true, value: (cohort) => cohort[key], cell: (cohort) => format.integer(cohort[key]),
  });
  return [
    { key: 'month', header: 'Started in', value: ({ month }) => month.slice(0, 7), cell: ({ month }) => format.month(month) },
    count('started', 'Started'),
    count('activated', 'With activity'),
    count('converted', 'Converted'),
    count('convertedInWindow', `Within ${within}`),
    {
      key: 'conversion', header: `Conversion in ${within}`, numeric: true, value: ({ conversion }) => conversion.value ?? null,
      cell: (cohort) => <Heat cohort={cohort} largest={largest} />,
    },
    {
      key: 'immature', header: 'State', value: ({ immature }) => (immature ? 'immature' : 'complete'),
      cell: ({ immature }) => (immature ? <span className={classes['immature']}>Immature, may still grow</span> : 'Complete'),
    },
  ];
}

/** One row per month of start, tinted by the share that converted within the window. */
export function CohortsCard({ trials }: { trials: Trials }) {
  const { data, window, scope, result } = trials;
  const within = windowWord[window];
  const cohorts = data?.cohorts ?? [];
  const largest = largestShare(cohorts.map(({ conversion }) => conversion.value));
  const columns = cohortColumns(within, largest);
  return (
    <Card
      labelId="cohorts" title="Conversion by month of start"
      hint={`Immature: some trial of the month may still convert within ${within}.`}
      action={cohorts.length > 0 && <ExportMenu of="Cohorts" onChoose={(file) => void saveRows(file, `trial cohorts ${scope.asOf}`, columns, cohorts)} />}
    >
      {!data && result.fetching && <Skeleton height={320} />}
      {data && cohorts.length === 0 && <Nothing title="No trials started in this period" />}
      {cohorts.length > 0 && <RowsTable label="Conversion by month of start" columns={columns} rows={cohorts} rowKey={rowKey} />}
    </Card>
  );
}
