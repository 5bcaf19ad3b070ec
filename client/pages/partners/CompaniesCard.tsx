import { useMemo, useState } from 'react';

import { useCan } from '../../api/session';
import { ButtonLink } from '../../ui/Button';
import { linkTo } from '../../ui/filters/links';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { usePages } from '../../ui/grid/usePages';
import { useServerExport } from '../../ui/grid/useServerExport';
import type { SortBy } from '../../ui/grid/useSort';
import type { CompanyOrderField } from '../../api/generated/graphql';
import { companiesByName, companyHref, companyOrderFields } from '../companies/company';
import { companyColumns } from '../companies/companyColumns';
import { ListCard } from '../detail/ListCard';
import { useWindow } from '../detail/useWindow';
import { PartnerCompanies, pickCompanies } from './queries';

/** The companies a partner serves, with their seats and users. */
export function CompaniesCard({ id, title = 'Companies' }: { id: string; title?: string }) {
  const activity = useCan('READ_ACTIVITY');
  const { asOf, window } = useWindow();
  const [sort, setSort] = useState<SortBy<CompanyOrderField>>(companiesByName);
  const columns = useMemo(() => companyColumns(activity, false).filter((column) => !column.optional), [activity]);
  const pages = usePages(PartnerCompanies, { id, orderBy: sort, asOf, window, activity }, pickCompanies);
  const file = useServerExport({ list: 'companies', name: `companies of partner ${id}`, filter: { partner: { in: [id] } }, orderBy: sort });
  return (
    <ListCard
      title={title} columns={columns} pages={pages} rowKey={(row) => row.id} rowHref={companyHref} sort={sort}
      onSort={(next) => {
        const field = companyOrderFields.find((one) => one === next?.field);
        setSort(next && field ? { field, direction: next.direction } : companiesByName);
      }}
      empty="No companies" action={<><ExportMenu {...file} of={title} /><ButtonLink to={linkTo('/companies', {}, { partner: [id] })}>Open in {title}</ButtonLink></>}
    />
  );
}
