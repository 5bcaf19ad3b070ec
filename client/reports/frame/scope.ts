import { useMemo } from 'react';

import type { ReportFilter } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { type Filters, useAsOf, useSettledFilters } from '../../ui/filters/state';
import { toReportFilter } from './reportFilter';

/** The filters that every report obeys. */
export const reportKeys = ['partner', 'company', 'source', 'slug', 'currency'] as const;

/** What the queries of a report have in common. */
export interface ReportScope {
  filters: Filters;
  filter: ReportFilter | undefined;
  asOf: string;
  /** asOf as links carry it: null when it is today. */
  day: string | null;
  /** Text in the search box; null when there is none. */
  search: string | null;
  /** Whether the viewer may see amounts. */
  money: boolean;
  /** The reporting currency, for converted totals. */
  currency: string;
}

/** The settled filters, the day and what the viewer may see. */
export function useReportScope(): ReportScope {
  const filters = useSettledFilters();
  const asOf = useAsOf();
  const { settings } = useViewer();
  const money = useCan('READ_MONEY');
  const filter = useMemo(() => toReportFilter(filters), [filters]);
  return {
    filters, filter, asOf, money,
    day: asOf === settings.today ? null : asOf,
    search: filters.q === '' ? null : filters.q,
    currency: settings.reportingCurrency,
  };
}
