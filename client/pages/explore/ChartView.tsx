import { lazy, Suspense, useMemo, useState } from 'react';

import type { SavedQueryChartType } from '../../api/generated/graphql';
import { ErrorBoundary } from '../../ui/ErrorBoundary';
import { Segmented } from '../../ui/Segmented';
import { Empty, Skeleton } from '../../ui/states';
import { axisColumns, type ChartChoice, currenciesOf, draw, fits, suggestChart } from './axes';
import classes from './explore.module.css';
import type { FlatColumn, FlatTable } from './flatten';
import { Pick } from './Pick';

const QueryChart = lazy(() => import('../../charts/QueryChart'));

const types: readonly { value: SavedQueryChartType; label: string }[] = [
  { value: 'BAR', label: 'Bars' }, { value: 'LINE', label: 'Line' }, { value: 'SCATTER', label: 'Scatter' },
];

const named = (columns: readonly FlatColumn[]) => columns.map(({ path }) => ({ value: path, label: path }));

/** The same choice for another type, with columns that can stand where they will stand. */
function withType(table: FlatTable, choice: ChartChoice, type: SavedQueryChartType): ChartChoice {
  const { x } = axisColumns(table, type);
  const kept = x.find(({ path }) => path === choice.x) ?? x.find(({ path }) => path !== choice.y) ?? x[0];
  return { ...choice, type, x: kept?.path ?? choice.x };
}

/** The rows as a chart: type, axes and series are chosen; what can't be drawn honestly is said instead. */
export function ChartView({ table, chosen, onChange }: { table: FlatTable; chosen: ChartChoice | null; onChange(choice: ChartChoice): void }) {
  const [wanted, setWanted] = useState('');
  const choice = useMemo(() => (chosen !== null && fits(table, chosen) ? chosen : suggestChart(table)), [table, chosen]);
  const currencies = useMemo(() => (choice === null ? [] : currenciesOf(table, choice.y)), [table, choice]);
  const currency = currencies.includes(wanted) ? wanted : (currencies[0] ?? null);
  const drawing = useMemo(() => (choice === null ? null : draw(table, choice, currency)), [table, choice, currency]);
  if (choice === null || drawing === null) {
    return <Empty title="There is nothing to draw" hint={table.rows.length === 0 ? 'The list has no rows.' : 'The rows hold no figures. Ask for a field that is a number.'} />;
  }
  const columns = axisColumns(table, choice.type);
  return (
    <div className={classes['chart']}>
      <div className={classes['picks']} data-print="off">
        <Segmented label="Type of chart" options={types} value={choice.type} onChange={(type) => onChange(withType(table, choice, type))} />
        <Pick label={choice.type === 'SCATTER' ? 'Across' : 'Along the axis'} value={choice.x} options={named(columns.x)} onChange={(x) => onChange({ ...choice, x })} />
        <Pick label="Figure" value={choice.y} options={named(columns.y)} onChange={(y) => onChange({ ...choice, y })} />
        <Pick label="A series for each" none="None" value={choice.series ?? ''} options={named(columns.series)} onChange={(series) => onChange({ ...choice, series: series === '' ? null : series })} />
        {currencies.length > 1 && currency !== null && (
          <Segmented label="Currency" options={currencies.map((code) => ({ value: code, label: code }))} value={currency} onChange={setWanted} />
        )}
      </div>
      {drawing.kind === 'refused' ? <Empty title="These rows can't be drawn like this" hint={drawing.why} /> : (
        <ErrorBoundary what="The chart" resetKey={drawing.plot}>
          <Suspense fallback={<Skeleton height={360} />}>
            <div className={classes['canvas']}>
              <QueryChart plot={drawing.plot} label={`${choice.y} by ${choice.x}${currency === null ? '' : ` in ${currency}`}, ${table.rows.length} ${table.rows.length === 1 ? 'row' : 'rows'}`} />
            </div>
          </Suspense>
        </ErrorBoundary>
      )}
      {drawing.kind === 'plot' && drawing.notes.length > 0 && <p className={classes['note']}>{drawing.notes.join(' ')}</p>}
    </div>
  );
}
