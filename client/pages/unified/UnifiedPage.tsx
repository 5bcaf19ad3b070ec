import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useQuery } from 'urql';

import { getFragmentData, graphql } from '../../api/generated';
import type { UnifiedLicenseOrderField, UnifiedLicensesQuery } from '../../api/generated/graphql';
import { useCan } from '../../api/session';
import { ReportMetaFields } from '../../reports/frame/meta';
import { Sources } from '../../reports/frame/Sources';
import { useChoice } from '../../reports/frame/useChoice';
import { Button } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { useAsOf, useFilters, useSettledFilters } from '../../ui/filters/state';
import { ColumnChooser, useChosenColumns } from '../../ui/grid/ColumnChooser';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { type SortBy, useSort } from '../../ui/grid/useSort';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { StaleBanner } from '../../ui/StaleBanner';
import { ErrorCard, Skeleton } from '../../ui/states';
import { Warnings } from '../../ui/Warnings';
import { NoRows } from '../detail/NoRows';
import { unifiedColumns } from './columns';
import { type Kind, kinds, toUnifiedFilter, unifiedKeys } from './filter';
import classes from './unified.module.css';
import { UnifiedRow, unifiedHref } from './unifiedRow';

const UnifiedLicenses = graphql(`
  query UnifiedLicenses(
    $first: Int!
    $after: String
    $withTotal: Boolean!
    $filter: UnifiedLicenseFilter
    $orderBy: UnifiedLicenseOrder
    $asOf: Date
    $money: Boolean!
  ) {
    unifiedLicenses(first: $first, after: $after, filter: $filter, orderBy: $orderBy, asOf: $asOf) {
      nodes {
        ...UnifiedRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

const UnifiedMeta = graphql(`
  query UnifiedMeta($filter: UnifiedLicenseFilter, $asOf: Date) {
    unifiedLicenses(first: 1, filter: $filter, asOf: $asOf) {
      meta {
        ...ReportMetaFields
      }
    }
  }
`);

const pick = ({ unifiedLicenses }: UnifiedLicensesQuery) => ({ ...unifiedLicenses, nodes: getFragmentData(UnifiedRow, unifiedLicenses.nodes) });

const counted: readonly UnifiedLicenseOrderField[] = ['ID', 'OWNER', 'PRODUCT', 'PURCHASE_DATE', 'EXPIRATION_DATE', 'QUANTITY'];
const priced: readonly UnifiedLicenseOrderField[] = [...counted, 'ARR'];
const newestFirst: SortBy<UnifiedLicenseOrderField> = { field: 'PURCHASE_DATE', direction: 'DESC' };

const kindOptions: readonly { value: Kind; label: string }[] = [
  { value: 'all', label: 'All' }, { value: 'premium', label: 'Premium' }, { value: 'other', label: 'Not premium' },
];

/** Licences of all sources as one list: portal rounds, trials, and premium licences of the outside providers. */
export default function UnifiedPage() {
  const money = useCan('READ_MONEY');
  const asOf = useAsOf();
  const [, setFilters] = useFilters();
  const filters = useSettledFilters();
  const [kind, setKind] = useChoice<Kind>('premium', kinds, 'all');
  const [sort, setSort] = useSort(money ? priced : counted, newestFirst);
  const columns = useMemo(() => unifiedColumns(money), [money]);
  const { visible, toggle } = useChosenColumns('unified', columns);
  const filter = useMemo(() => toUnifiedFilter(filters, kind, asOf), [filters, kind, asOf]);
  const variables = { filter, orderBy: sort, asOf, money };
  const pages = usePages(UnifiedLicenses, variables, pick);
  const [{ data }, readMeta] = useQuery({ query: UnifiedMeta, variables: { filter, asOf } });
  const meta = getFragmentData(ReportMetaFields, data?.unifiedLicenses.meta);
  const file = useExport({ query: UnifiedLicenses, variables, pick, columns, name: `unified licences ${asOf}` });
  const refresh = () => {
    pages.reload();
    readMeta({ requestPolicy: 'network-only' });
  };
  const clear = () => {
    setFilters(null);
    setKind('all');
  };
  return (
    <Page
      title="Unified licences"
      lead="Portal rounds, free trials and premium licences of the providers in one list. Dates filter by the last day."
      actions={(
        <>
          <Warnings warnings={meta?.warnings ?? []} hrefs={{}} />
          {meta && <Sources meta={meta} />}
          <Button onClick={refresh}><IconRefresh aria-hidden size={16} />Refresh</Button>
          <ColumnChooser columns={columns} visible={visible} onToggle={toggle} />
          <ExportMenu {...file} />
        </>
      )}
      filters={(
        <div className={classes['filters']}>
          <FilterBar keys={unifiedKeys} search="Search licences" />
          <span data-print="off"><Segmented label="Kind of licence" options={kindOptions} value={kind} onChange={setKind} /></span>
        </div>
      )}
    >
      <StaleBanner meta={meta} />
      {pages.error && <ErrorCard what="The licences" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={480} />}
      {pages.totalCount === 0 && !pages.stale && <NoRows one="licence" many="licences" filtered={filter !== undefined} onClear={clear} />}
      {pages.nodes.length > 0 && (
        <Grid label="Unified licences" columns={visible} pages={pages} rowKey={(row) => row.id} rowHref={unifiedHref} sort={sort} onSort={setSort} />
      )}
    </Page>
  );
}
