import { IconPlus, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';

import { getFragmentData } from '../../api/generated';
import type { AccountsQuery as AccountsAnswer } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { Button } from '../../ui/Button';
import { CheckList } from '../../ui/filters/CheckList';
import { Chip, listed } from '../../ui/filters/Chip';
import chips from '../../ui/filters/FilterBar.module.css';
import { SearchBox } from '../../ui/filters/SearchBox';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { roleWord } from '../../ui/words';
import { NoRows } from '../detail/NoRows';
import { useNew } from '../forms/useNew';
import { AccountDialogs } from './AccountDialogs';
import classes from './accounts.module.css';
import { accountColumns, actionColumn, type AccountTask } from './columns';
import { toAccountFilter, useAccountFilters } from './filter';
import { type Account, AccountFields, AccountsQuery } from './queries';
import { roles } from './words';

const byEmail = { field: '', direction: 'ASC' } as const;
const pick = ({ accounts }: AccountsAnswer) => ({ ...accounts, nodes: getFragmentData(AccountFields, accounts.nodes) });
const rowKey = ({ id }: Account) => id;
const roleOptions = roles.map((value) => ({ value, label: roleWord[value] }));
const stateOptions = [{ value: 'all', label: 'All' }, { value: 'on', label: 'Active' }, { value: 'off', label: 'Switched off' }] as const;

function Filters() {
  const [{ q, role, state }, setFilters] = useAccountFilters();
  return (
    <div className={classes['filters']} data-print="off">
      <div className={classes['bar']} role="group" aria-label="Filters">
        <SearchBox label="Search accounts" value={q} onChange={(text) => void setFilters({ q: text || null })} />
        <Chip label="Role" value={listed(role.map((one) => roleWord[one]))} onClear={() => void setFilters({ role: null })}>
          {() => <CheckList label="Role" options={roleOptions} selected={role} onChange={(next) => void setFilters({ role: roles.filter((one) => next.includes(one)) })} />}
        </Chip>
        {(q !== '' || role.length > 0 || state !== 'all') && (
          <button type="button" className={chips['clear']} onClick={() => void setFilters(null)}><IconX aria-hidden size={14} />Clear all</button>
        )}
      </div>
      <Segmented label="State" options={stateOptions} value={state} onChange={(next) => void setFilters({ state: next })} />
    </div>
  );
}

function List() {
  const { settings } = useViewer();
  const [filters, setFilters] = useAccountFilters();
  const [task, setTask] = useState<AccountTask | null>(null);
  useNew(true, () => setTask({ kind: 'add' }));
  const filter = useMemo(() => toAccountFilter(filters), [filters]);
  const variables = useMemo(() => ({ filter }), [filter]);
  const columns = useMemo(() => [...accountColumns, actionColumn(setTask)], []);
  const pages = usePages(AccountsQuery, variables, pick);
  const file = useExport({ query: AccountsQuery, variables, pick, columns: accountColumns, name: `accounts ${settings.today}` });
  return (
    <Page
      title="Accounts"
      lead="Who can sign in, as what, and where they are signed in."
      actions={<><ExportMenu {...file} /><Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Add account</Button></>}
      filters={<Filters />}
    >
      {pages.error && <ErrorCard what="The accounts" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={420} />}
      {pages.totalCount === 0 && !pages.stale && <NoRows one="account" many="accounts" filtered={filter !== undefined} onClear={() => void setFilters(null)} />}
      {pages.nodes.length > 0 && <Grid label="Accounts" columns={columns} pages={pages} rowKey={rowKey} sort={byEmail} onSort={() => {}} />}
      <AccountDialogs task={task} onClose={() => setTask(null)} onDone={pages.reload} />
    </Page>
  );
}

/** Who can sign in, for administrators. */
export default function AccountsPage() {
  const mayManage = useCan('MANAGE_ACCOUNTS');
  if (!mayManage) return <Page title="Accounts"><Empty title="Your role does not include the accounts" hint="An administrator can change that." /></Page>;
  return <List />;
}
