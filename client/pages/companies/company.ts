import { graphql } from '../../api/generated';
import type { CompanyCoreFragment, CompanyOrderField, UtilizationPartsFragment } from '../../api/generated/graphql';
import type { SortBy } from '../../ui/grid/useSort';

export const CompanyCore = graphql(`
  fragment CompanyCore on Company {
    id
    etag
    name
    active
    partner {
      id
      name
    }
  }
`);

/** A company as forms and lists know it. */
export type Company = CompanyCoreFragment;

/** A company with its figures; without them for those who may not read activity. */
export type CompanyRow = Company & { utilization?: UtilizationPartsFragment | null };

/** The page of a company. */
export const companyHref = (company: { id: string }) => `/companies/${company.id}`;

export const companyOrderFields: readonly CompanyOrderField[] = ['ID', 'NAME', 'PARTNER'];
export const companiesByName: SortBy<CompanyOrderField> = { field: 'NAME', direction: 'ASC' };
