import { IconPlus, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';

import { getFragmentData, graphql } from '../../api/generated';
import type { PartnerFilter, PartnersQuery } from '../../api/generated/graphql';
import { useCan } from '../../api/session';
import { Button } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { type Filters, useAsOf, useFilters, useSettledFilters } from '../../ui/filters/state';
import { ColumnChooser, useChosenColumns } from '../../ui/grid/ColumnChooser';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import { usePages } from '../../ui/grid/usePages';
import { useServerExport } from '../../ui/grid/useServerExport';
import { useSort } from '../../ui/grid/useSort';
import { Page } from '../../ui/Page';
import { ErrorCard, Skeleton } from '../../ui/states';
import { NoRows } from '../detail/NoRows';
import { UtilizationParts } from '../detail/UtilizationFigures';
import { useNew } from '../forms/useNew';
import { PartnerCore, partnerHref, partnerOrderFields, partnersByName } from './partner';
import { partnerColumns } from './partnerColumns';
import { PartnerDialogs, type PartnerTask } from './PartnerDialogs';

const Partners = graphql(`
  query Partners(
    $first: Int!, $after: String, $withTotal: Boolean!, $filter: PartnerFilter, $orderBy: PartnerOrder, $asOf: Date, $window: Int, $activity: Boolean!
  ) {
    partners(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes {
        ...PartnerCore
        utilization(windowDays: $window, asOf: $asOf) @include(if: $activity) {
          ...UtilizationParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

const pick = ({ partners }: PartnersQuery) => ({
  ...partners,
  nodes: partners.nodes.map((node) => ({ ...getFragmentData(PartnerCore, node), utilization: getFragmentData(UtilizationParts, node.utilization) })),
});

function toFilter(filters: Filters): PartnerFilter | undefined {
  const filter: PartnerFilter = {};
  if (filters.partner.length > 0) filter.id = { in: filters.partner };
  if (filters.q) filter.search = filters.q;
  return Object.keys(filter).length > 0 ? filter : undefined;
}

/** All partners with their seats and users. */
export default function PartnersPage() {
  const activity = useCan('READ_ACTIVITY');
  const mayWrite = useCan('WRITE_PARTNERS');
  const asOf = useAsOf();
  const [, setFilters] = useFilters();
  const filters = useSettledFilters();
  const [sort, setSort] = useSort(partnerOrderFields, partnersByName);
  const [task, setTask] = useState<PartnerTask | null>(null);
  useNew(mayWrite, () => setTask({ kind: 'add' }));
  const columns = useMemo(() => partnerColumns(activity), [activity]);
  const { visible, toggle } = useChosenColumns('partners', columns);
  const variables = { filter: toFilter(filters), orderBy: sort, asOf, window: filters.window, activity };
  const pages = usePages(Partners, variables, pick);
  const file = useServerExport({ list: 'partners', name: 'partners', filter: variables.filter, orderBy: sort });
  return (
    <Page
      title="Partners"
      actions={(
        <>
          <Button onClick={pages.reload}><IconRefresh aria-hidden size={16} />Refresh</Button>
          <ColumnChooser columns={columns} visible={visible} onToggle={toggle} />
          <ExportMenu {...file} />
          {mayWrite && <Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Add partner</Button>}
        </>
      )}
      filters={<FilterBar keys={activity ? ['partner', 'window'] : ['partner']} search="Search partners" />}
    >
      {pages.error && <ErrorCard what="Partners" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={480} />}
      {pages.totalCount === 0 && !pages.stale && (
        <NoRows one="partner" many="partners" filtered={variables.filter !== undefined} onClear={() => setFilters(null)} />
      )}
      {pages.nodes.length > 0 && (
        <Grid label="Partners" columns={visible} pages={pages} rowKey={(row) => row.id} rowHref={partnerHref} sort={sort} onSort={setSort} />
      )}
      <PartnerDialogs task={task} onClose={() => setTask(null)} onDone={pages.reload} />
    </Page>
  );
}
