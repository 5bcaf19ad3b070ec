import { IconPlus, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';

import { getFragmentData, graphql } from '../../api/generated';
import type { LicenseOrderField, LicencesQuery } from '../../api/generated/graphql';
import { useCan } from '../../api/session';
import { Button } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { toLicenseFilter } from '../../ui/filters/graphql';
import { useAsOf, useFilters, useSettledFilters } from '../../ui/filters/state';
import { ColumnChooser, useChosenColumns } from '../../ui/grid/ColumnChooser';
import { CsvButton } from '../../ui/grid/CsvButton';
import { Grid } from '../../ui/grid/Grid';
import { useCsv } from '../../ui/grid/useCsv';
import { usePages } from '../../ui/grid/usePages';
import { type SortBy, useSort } from '../../ui/grid/useSort';
import { Page } from '../../ui/Page';
import { ErrorCard, Skeleton } from '../../ui/states';
import { NoRows } from '../detail/NoRows';
import { useNew } from '../forms/useNew';
import { actionColumn } from './actionColumn';
import { licenceColumns } from './columns';
import { LicenceDialogs, type LicenceTask } from './LicenceDialogs';
import { licenceHref, LicenceRow } from './licenceRow';

const Licences = graphql(`
  query Licences(
    $first: Int!, $after: String, $withTotal: Boolean!, $filter: LicenseFilter, $orderBy: LicenseOrder, $asOf: Date, $money: Boolean!
  ) {
    licenses(first: $first, after: $after, filter: $filter, orderBy: $orderBy, asOf: $asOf) {
      nodes {
        ...LicenceRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

const pick = ({ licenses }: LicencesQuery) => ({ ...licenses, nodes: getFragmentData(LicenceRow, licenses.nodes) });

const fields: readonly LicenseOrderField[] = [
  'ID', 'OWNER', 'PRODUCT', 'START_DATE', 'END_DATE', 'SEATS', 'UNIT_COST', 'ANNUAL_VALUE', 'CURRENCY', 'STATUS',
];
const newestFirst: SortBy<LicenseOrderField> = { field: 'START_DATE', direction: 'DESC' };

/** All licence rounds: filtered, ordered and paged by the server. */
export default function LicencesPage() {
  const money = useCan('READ_MONEY');
  const mayWrite = useCan('WRITE_LICENSES');
  const asOf = useAsOf();
  const [, setFilters] = useFilters();
  const filters = useSettledFilters();
  const [sort, setSort] = useSort(fields, newestFirst);
  const [task, setTask] = useState<LicenceTask | null>(null);
  useNew(mayWrite, () => setTask({ kind: 'add' }));
  const columns = useMemo(() => licenceColumns(money), [money]);
  const actions = useMemo(() => actionColumn(mayWrite, setTask), [mayWrite]);
  const { visible, toggle } = useChosenColumns('licences', columns);
  const shown = useMemo(() => [...visible, actions], [visible, actions]);
  const variables = { filter: toLicenseFilter(filters, asOf), orderBy: sort, asOf, money };
  const pages = usePages(Licences, variables, pick);
  const [csv, download] = useCsv({ query: Licences, variables, pick, columns, name: `licences ${asOf}` });
  const empty = pages.totalCount === 0 && !pages.stale;

  return (
    <Page
      title="Licences"
      actions={(
        <>
          <Button onClick={pages.reload}><IconRefresh aria-hidden size={16} />Refresh</Button>
          <ColumnChooser columns={columns} visible={visible} onToggle={toggle} />
          <CsvButton progress={csv} onClick={download} />
          {mayWrite && <Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Add licence</Button>}
        </>
      )}
      filters={<FilterBar keys={['dates', 'partner', 'company', 'product', 'status', 'currency']} search="Search licences" />}
    >
      {pages.error && <ErrorCard what="Licences" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={480} />}
      {empty && <NoRows one="licence" many="licences" filtered={variables.filter !== undefined} onClear={() => setFilters(null)} />}
      {pages.nodes.length > 0 && (
        <Grid label="Licences" columns={shown} pages={pages} rowKey={(row) => row.id} rowHref={licenceHref} sort={sort} onSort={setSort} />
      )}
      <LicenceDialogs task={task} onClose={() => setTask(null)} onDone={pages.reload} />
    </Page>
  );
}
