import { useMediaQuery } from '@mantine/hooks';
import { IconFileImport, IconPlus, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';

import { getFragmentData, graphql } from '../../api/generated';
import type { LicenseOrderField, LicencesQuery } from '../../api/generated/graphql';
import { useCan } from '../../api/session';
import { Button, ButtonLink } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { format } from '../../ui/format';
import { toLicenseFilter } from '../../ui/filters/graphql';
import { useAsOf, useFilters, useSettledFilters } from '../../ui/filters/state';
import { ColumnChooser, useChosenColumns } from '../../ui/grid/ColumnChooser';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import { usePages } from '../../ui/grid/usePages';
import { useServerExport } from '../../ui/grid/useServerExport';
import { type SortBy, useSort } from '../../ui/grid/useSort';
import { Page } from '../../ui/Page';
import { ErrorCard, Skeleton } from '../../ui/states';
import { NoRows } from '../detail/NoRows';
import { useNew } from '../forms/useNew';
import { actionColumn } from './actionColumn';
import { licenceColumns } from './columns';
import { LicenceDialogs, type LicenceTask } from './LicenceDialogs';
import { type Licence, licenceHref, LicenceRow } from './licenceRow';
import { useLiveLicences } from './useLiveLicences';

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

/** Editing in cells comes for those who may write, on screens that have room for cells. */
const LicenceGrid = lazy(() => import('./editing/LicenceGrid'));

const rowKey = (row: Licence) => row.id;
const pick = ({ licenses }: LicencesQuery) => ({ ...licenses, nodes: getFragmentData(LicenceRow, licenses.nodes) });

const fields: readonly LicenseOrderField[] = [
  'ID', 'OWNER', 'PRODUCT', 'START_DATE', 'END_DATE', 'SEATS', 'UNIT_COST', 'ANNUAL_VALUE', 'CURRENCY', 'STATUS',
];
const newestFirst: SortBy<LicenseOrderField> = { field: 'START_DATE', direction: 'DESC' };

/** All licence rounds: filtered, ordered and paged by the server. */
export default function LicencesPage() {
  const money = useCan('READ_MONEY');
  const mayWrite = useCan('WRITE_LICENSES');
  const mayImport = useCan('IMPORT_DATA');
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
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
  const unshown = useLiveLicences(pages, variables);
  const file = useServerExport({ list: 'licenses', name: 'licences', filter: variables.filter, orderBy: sort, asOf });
  const [dirty, setDirty] = useState(false);
  // What is staged outlives a window made narrow.
  const inCells = mayWrite && (!narrow || dirty);
  const empty = pages.totalCount === 0 && !pages.stale;

  return (
    <Page
      title="Licences"
      actions={(
        <>
          {/* Rows that others added or deleted wait here: a list that moves cannot be read. */}
          <span role="status">
            {unshown && <Button onClick={unshown.show}>{unshown.count === null ? 'Many' : format.integer(unshown.count)} changed · Show</Button>}
          </span>
          <Button onClick={unshown?.show ?? pages.reload}><IconRefresh aria-hidden size={16} />Refresh</Button>
          <ColumnChooser columns={columns} visible={visible} onToggle={toggle} />
          {mayImport && <ButtonLink to="/imports/new?subject=LICENSES"><IconFileImport aria-hidden size={16} />Import</ButtonLink>}
          <ExportMenu {...file} />
          {mayWrite && <Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Add licence</Button>}
        </>
      )}
      filters={<FilterBar keys={['dates', 'partner', 'company', 'product', 'status', 'currency']} search="Search licences" />}
    >
      {pages.error && <ErrorCard what="Licences" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={480} />}
      {empty && <NoRows one="licence" many="licences" filtered={variables.filter !== undefined} onClear={() => setFilters(null)} />}
      {inCells && !pages.loading && (
        <Suspense fallback={<Skeleton height={480} />}>
          <LicenceGrid columns={shown} pages={pages} asOf={asOf} sort={sort} onSort={setSort} onDirty={setDirty} />
        </Suspense>
      )}
      {!inCells && pages.nodes.length > 0 && (
        <Grid
          label="Licences" columns={shown} pages={pages} rowKey={rowKey} rowHref={licenceHref} sort={sort} onSort={setSort}
          onEdit={mayWrite ? (row: Licence) => setTask({ kind: 'edit', row }) : undefined}
        />
      )}
      <LicenceDialogs task={task} onClose={() => setTask(null)} onDone={pages.reload} />
    </Page>
  );
}
