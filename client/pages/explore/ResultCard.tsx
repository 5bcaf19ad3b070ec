import { ResponseEditor } from '@graphiql/react';
import { useMemo } from 'react';

import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { saveRows } from '../../ui/files';
import { format } from '../../ui/format';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Segmented } from '../../ui/Segmented';
import { Empty } from '../../ui/states';
import { ChartView } from './ChartView';
import classes from './explore.module.css';
import { fileColumns } from './fileColumns';
import { flatten, mainList, rowLists } from './flatten';
import { costWords } from './limits';
import { Pick } from './Pick';
import type { Presentation } from './presentation';
import { Problems } from './Problems';
import type { Run } from './useRun';

const views = [{ value: 'JSON', label: 'JSON' }, { value: 'TABLE', label: 'Table' }, { value: 'CHART', label: 'Chart' }] as const;

/** Rows of the table on screen; a file holds all of them. */
const MOST_ROWS = 500;

const seconds = (milliseconds: number) => `${format.decimal((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0))} s`;
const rowsIn = (count: number) => `${format.integer(count)} ${count === 1 ? 'row' : 'rows'}`;

function statusOf(run: Run, rows: number | null): string {
  if (run.kind === 'running') return 'Running';
  if (run.kind === 'failed') return run.words;
  if (run.kind === 'none') return 'Nothing has run yet.';
  return [rows === null ? null : rowsIn(rows), seconds(run.milliseconds), costWords(run.answer)].filter((part) => part !== null).join(' · ');
}

/** What came of a query: as JSON, as a flat table, as a chart, as a file. */
export function ResultCard({ run, name, shown, onShow }: { run: Run; name: string; shown: Presentation; onShow(shown: Presentation): void }) {
  const answer = run.kind === 'done' ? run.answer : null;
  const data = answer?.data ?? null;
  const lists = useMemo(() => (data === null ? [] : rowLists(data)), [data]);
  const path = lists.some((list) => list.path === shown.rows) ? (shown.rows ?? '') : mainList(lists);
  const table = useMemo(() => (data === null ? null : flatten(data, path)), [data, path]);
  const columns = useMemo(() => (table === null ? [] : fileColumns(table)), [table]);
  const errors = answer?.errors ?? [];
  const flat = table !== null && shown.view !== 'JSON';

  return (
    <Card
      labelId="explore-result" title="Result"
      hint={<span role="status">{statusOf(run, table?.rows.length ?? null)}</span>}
      toolbar={<Segmented label="Show the result as" options={views} value={shown.view} onChange={(view) => onShow({ ...shown, view })} />}
      action={table !== null && table.rows.length > 0 && <ExportMenu onChoose={(kind) => void saveRows(kind, name, columns, table.rows)} />}
    >
      {errors.length > 0 && <Problems errors={errors} partial={data !== null} />}
      {flat && lists.length > 1 && (
        <div className={classes['picks']} data-print="off">
          <Pick
            label="Rows" value={path} onChange={(rows) => onShow({ ...shown, rows })}
            options={lists.map((list) => ({ value: list.path, label: `${list.path} (${format.integer(list.length)})` }))}
          />
        </div>
      )}
      {flat && shown.view === 'CHART' && <ChartView table={table} chosen={shown.chart} onChange={(chart) => onShow({ ...shown, chart })} />}
      {flat && shown.view === 'TABLE' && (table.rows.length === 0 ? <Empty title="The list has no rows" /> : (
        <>
          <DataTable columns={columns} rows={table.rows.slice(0, MOST_ROWS)} caption={`Rows of ${path === '' ? 'the answer' : path}`} maxHeight={560} />
          {table.rows.length > MOST_ROWS && <p className={classes['note']}>The first {MOST_ROWS} of {rowsIn(table.rows.length)}; a file holds all of them.</p>}
        </>
      ))}
      {table === null && shown.view !== 'JSON' && errors.length === 0 && (
        <Empty title={run.kind === 'running' ? 'Waiting for the answer' : 'No answer to show yet'} hint="Run a query, or begin from an example." />
      )}
      {/* GraphiQL writes every answer here, and runs nothing without it. */}
      <div className={classes['json']} hidden={shown.view !== 'JSON'}>
        <ResponseEditor aria-label="Answer as JSON" aria-live="off" />
      </div>
    </Card>
  );
}
