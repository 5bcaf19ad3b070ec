import { useMediaQuery } from '@mantine/hooks';

import { useViewer } from '../../api/session';
import { RowsTable } from '../../reports/frame/RowsTable';
import { format } from '../../ui/format';
import { Cards } from '../../ui/grid/Cards';
import type { GridColumn } from '../../ui/grid/types';
import classes from './providers.module.css';
import type { Provider } from './useProviders';

type Run = Provider['runs'][number];

const rowKey = (run: Run) => run.startedAt;

function outcome({ error, endedAt }: Run): string {
  if (error) return error;
  return endedAt ? 'Complete' : 'Not ended';
}

function runColumns(timezone: string): GridColumn<Run>[] {
  const count = (key: 'read' | 'changed' | 'rejected', header: string): GridColumn<Run> => ({
    key, header, numeric: true, card: 'field', value: (run) => run[key], cell: (run) => format.integer(run[key]),
  });
  return [
    { key: 'startedAt', header: 'Started', card: 'title', value: (run) => format.instant(run.startedAt, timezone) },
    { key: 'endedAt', header: 'Ended', value: (run) => format.instant(run.endedAt, timezone) },
    count('read', 'Read'), count('changed', 'Changed'), count('rejected', 'Rejected'),
    { key: 'outcome', header: 'Outcome', value: outcome, cell: (run) => <span className={run.error ? classes['failed'] : undefined} title={run.error ?? undefined}>{outcome(run)}</span> },
  ];
}

/** The latest synchronisations, the newest first. */
export function RunsTable({ provider }: { provider: Provider }) {
  const { settings } = useViewer();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const columns = runColumns(settings.timezone);
  const label = `Latest synchronisations of ${provider.name}`;
  if (provider.runs.length === 0) return <p className={classes['hint']}>No synchronisation has run yet.</p>;
  return narrow
    ? <Cards label={label} columns={columns} rows={provider.runs} rowKey={rowKey} few={3} onEnd={() => {}} />
    : <div className={classes['runs']}><RowsTable label={label} columns={columns} rows={provider.runs} rowKey={rowKey} /></div>;
}
