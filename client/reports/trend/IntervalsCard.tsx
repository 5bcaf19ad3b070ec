import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';

import type { TrendStep } from '../../charts/reports/trendWords';
import { Card } from '../../ui/Card';
import { downloadCsv } from '../../ui/csv';
import { Cards } from '../../ui/grid/Cards';
import { CsvButton } from '../../ui/grid/CsvButton';
import { RowsTable } from '../frame/RowsTable';
import { trendColumns } from './columns';
import type { Trend } from './useTrend';

const rowKey = (step: TrendStep) => step.from;
const idle = { kind: 'idle' } as const;

/** Every interval with every column: opening + net = closing. */
export function IntervalsCard({ trend }: { trend: Trend }) {
  const { data, steps, unit, currency, scope } = trend;
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const shown = unit === 'ARR' ? currency : undefined;
  const columns = useMemo(() => trendColumns(data?.interval ?? 'MONTH', shown), [data?.interval, shown]);
  if (steps.length === 0) return null;
  const save = () => void downloadCsv(`consumption trend by interval ${scope.asOf}`, columns, steps);
  return (
    <Card
      labelId="intervals" title="Intervals" hint="Opening + net = closing in every row. Net is new + reactivated + expansion − contraction − expired."
      action={<CsvButton progress={idle} onClick={save} />}
    >
      {narrow
        ? <Cards label="Intervals" columns={columns} rows={steps} rowKey={rowKey} few={12} onEnd={() => {}} />
        : <RowsTable label="Intervals" columns={columns} rows={steps} rowKey={rowKey} />}
    </Card>
  );
}
