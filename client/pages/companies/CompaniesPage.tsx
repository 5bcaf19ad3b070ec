import { IconPlus, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';

import { getFragmentData, graphql } from '../../api/generated';
import type { CompaniesQuery, CompanyFilter } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
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
import { companiesByName, CompanyCore, companyHref, companyOrderFields } from './company';
import { companyColumns } from './companyColumns';
import { CompanyDialogs, type CompanyTask } from './CompanyDialogs';

const Companies = graphql(`
  query Companies(
    $first: Int!, $after: String, $withTotal: Boolean!, $filter: CompanyFilter, $orderBy: CompanyOrder, $asOf: Date, $window: Int, $activity: Boolean!
  ) {
    companies(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes {
        ...CompanyCore
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

const pick = ({ companies }: CompaniesQuery) => ({
  ...companies,
  nodes: companies.nodes.map((node) => ({ ...getFragmentData(CompanyCore, node), utilization: getFragmentData(UtilizationParts, node.utilization) })),
});

function toFilter(filters: Filters): CompanyFilter | undefined {
  const filter: CompanyFilter = {};
  if (filters.partner.length > 0) filter.partner = { in: filters.partner };
  if (filters.company.length > 0) filter.id = { in: filters.company };
  if (filters.q) filter.search = filters.q;
  return Object.keys(filter).length > 0 ? filter : undefined;
}

/** All companies with their seats and users. */
export default function CompaniesPage() {
  const activity = useCan('READ_ACTIVITY');
  const mayWrite = useCan('WRITE_COMPANIES');
  const asOf = useAsOf();
  const [, setFilters] = useFilters();
  const filters = useSettledFilters();
  const [sort, setSort] = useSort(companyOrderFields, companiesByName);
  const [task, setTask] = useState<CompanyTask | null>(null);
  useNew(mayWrite, () => setTask({ kind: 'add' }));
  const { tenant } = useViewer();
  // A partner's companies all have the same one: itself.
  const columns = useMemo(() => companyColumns(activity, tenant === null), [activity, tenant]);
  const title = tenant?.ownerType === 'PARTNER' ? 'Customers' : 'Companies';
  const { visible, toggle } = useChosenColumns('companies', columns);
  const variables = { filter: toFilter(filters), orderBy: sort, asOf, window: filters.window, activity };
  const pages = usePages(Companies, variables, pick);
  const file = useServerExport({ list: 'companies', name: 'companies', filter: variables.filter, orderBy: sort });
  return (
    <Page
      title={title}
      actions={(
        <>
          <Button onClick={pages.reload}><IconRefresh aria-hidden size={16} />Refresh</Button>
          <ColumnChooser columns={columns} visible={visible} onToggle={toggle} />
          <ExportMenu {...file} />
          {mayWrite && <Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Add company</Button>}
        </>
      )}
      filters={<FilterBar keys={activity ? ['partner', 'company', 'window'] : ['partner', 'company']} search="Search companies" />}
    >
      {pages.error && <ErrorCard what="Companies" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={480} />}
      {pages.totalCount === 0 && !pages.stale && (
        <NoRows one="company" many="companies" filtered={variables.filter !== undefined} onClear={() => setFilters(null)} />
      )}
      {pages.nodes.length > 0 && (
        <Grid label={title} columns={visible} pages={pages} rowKey={(row) => row.id} rowHref={companyHref} sort={sort} onSort={setSort} />
      )}
      <CompanyDialogs task={task} onClose={() => setTask(null)} onDone={pages.reload} />
    </Page>
  );
}
