import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';

import { useCan, useViewer } from '../../api/session';
import { Button } from '../../ui/Button';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { NoRows } from '../detail/NoRows';
import { Toast, useToast } from '../forms/Toast';
import { fileColumns } from './columns';
import { Entries } from './Entries';
import { toAuditFilter, useHistoryFilters } from './filter';
import classes from './history.module.css';
import { HistoryFilters } from './HistoryFilters';
import { AuditLog, pickLog } from './queries';
import { RestoreButton } from './RestoreButton';
import { useRestore } from './useRestore';
import { kindOf } from './words';

const shownAtOnce = 50;
const lists = [{ value: 'all', label: 'All changes' }, { value: 'restorable', label: 'Deleted, can be restored' }] as const;

function Log() {
  const { settings } = useViewer();
  const [filters, setFilters] = useHistoryFilters();
  const filter = useMemo(() => toAuditFilter(filters, settings.today), [filters, settings.today]);
  const variables = useMemo(() => ({ filter }), [filter]);
  const pages = usePages(AuditLog, variables, pickLog, shownAtOnce);
  const file = useExport({ query: AuditLog, variables, pick: pickLog, columns: fileColumns, name: `history ${settings.today}` });
  const [toast, say] = useToast();
  const restoring = useRestore((entry) => {
    say(`${kindOf(entry)} ${entry.entityId} restored`);
    pages.reload();
  });
  return (
    <Page
      title="History"
      lead="Who changed what, when and through what. Changes made by other applications in their own tables leave no trace here."
      actions={<><Button onClick={pages.reload}><IconRefresh aria-hidden size={16} />Refresh</Button><ExportMenu {...file} /></>}
      filters={(
        <div className={classes['filters']}>
          <HistoryFilters filters={filters} onChange={(change) => void setFilters(change)} />
          <span data-print="off">
            <Segmented label="Changes" options={lists} value={filters.restorable ? 'restorable' : 'all'} onChange={(list) => void setFilters({ restorable: list === 'restorable' ? true : null })} />
          </span>
        </div>
      )}
    >
      {pages.error && <ErrorCard what="The history" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={480} />}
      {pages.totalCount === 0 && !pages.stale && <NoRows one="change" many="changes" filtered={filter !== undefined} onClear={() => void setFilters(null)} />}
      {pages.nodes.length > 0 && <Entries label="Changes" pages={pages} things footer={(entry) => <RestoreButton entry={entry} restoring={restoring} />} />}
      <Toast text={toast} />
    </Page>
  );
}

/** Every change that Seatwise recorded, for administrators. */
export default function HistoryPage() {
  const mayRead = useCan('READ_AUDIT');
  if (!mayRead) return <Page title="History"><Empty title="Your role does not include the history" hint="An administrator can change that." /></Page>;
  return <Log />;
}
