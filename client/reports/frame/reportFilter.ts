import type { ReportFilter } from '../../api/generated/graphql';
import type { Filters } from '../../ui/filters/urlState';

/** The filters of the URL as a report takes them; undefined when none is set. */
export function toReportFilter(filters: Filters): ReportFilter | undefined {
  const filter: ReportFilter = {};
  if (filters.partner.length > 0) filter.partnerIds = filters.partner;
  if (filters.company.length > 0) filter.companyIds = filters.company;
  if (filters.source.length > 0) filter.sources = filters.source;
  if (filters.slug.length > 0) filter.products = filters.slug;
  if (filters.currency.length > 0) filter.currencies = filters.currency;
  return Object.keys(filter).length > 0 ? filter : undefined;
}
