import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';

import type { TrendStep } from '../../charts/reports/trendWords';
import { Card } from '../../ui/Card';
import { saveRows } from '../../ui/files';
import { Cards } from '../../ui/grid/Cards';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { RowsTable } from '../frame/RowsTable';
import { trendColumns } from './columns';
import type { Trend } from './useTrend';

const rowKey = (step: TrendStep) => step.from;

/** Every interval with every column: opening + net = closing. */
export function IntervalsCard({ trend }: { trend: Trend }) {
  const { data, steps, unit, currency, scope } = trend;
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const shown = unit === 'ARR' ? currency : undefined;
  const columns = useMemo(() => trendColumns(data?.interval ?? 'MONTH', shown), [data?.interval, shown]);
  if (steps.length === 0) return null;
  return (
    <Card
      labelId="intervals" title="Intervals" hint="Opening + net = closing in every row. Net is new + reactivated + expansion − contraction − expired."
      action={<ExportMenu of="Intervals" onChoose={(format) => void saveRows(format, `consumption trend by interval ${scope.asOf}`, columns, steps)} />}
    >
      {narrow
        ? <Cards label="Intervals" columns={columns} rows={steps} rowKey={rowKey} few={12} onEnd={() => {}} />
        : <RowsTable label="Intervals" columns={columns} rows={steps} rowKey={rowKey} />}
    </Card>
  );
}
