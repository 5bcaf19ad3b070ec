import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import { useCan, useViewer } from '../../api/session';
import { toMetricsFilter } from '../../ui/filters/graphql';
import { type Filters, useAsOf, useSettledFilters } from '../../ui/filters/state';
import { ExtremesQuery, OverviewQuery, UtilizationLineFields } from './queries';

/** Owners a side in the chart of the over- and under-used. */
export const EXTREMES = 15;

const ownerTypes = ['COMPANY', 'PARTNER'] as const;

/** Which kind of owner the scatter and the bars list; in the URL under `owners`. */
export function useOwnerType() {
  return useQueryState('owners', parseAsStringLiteral(ownerTypes).withDefault('COMPANY').withOptions({ history: 'push' }));
}

/** What the queries of the page have in common. */
function useScope(): { filters: Filters; asOf: string; variables: { filter: ReturnType<typeof toMetricsFilter>; asOf: string; windowDays: number } } {
  const filters = useSettledFilters();
  const asOf = useAsOf();
  const { settings } = useViewer();
  const windowDays = filters.window ?? settings.activityWindowDays;
  const variables = useMemo(() => ({ filter: toMetricsFilter(filters, asOf), asOf, windowDays }), [filters, asOf, windowDays]);
  return { filters, asOf, variables };
}

/** The figures, revenue and the owners of the scatter; those of the bars as well where a page shows both. */
export function useOverview({ extremes = false } = {}) {
  const { filters, asOf, variables } = useScope();
  const money = useCan('READ_MONEY');
  const { settings } = useViewer();
  const [ownerType] = useOwnerType();
  const [result, reload] = useQuery({
    query: OverviewQuery,
    variables: { ...variables, ownerType, money, currency: settings.reportingCurrency, extremes, perSide: EXTREMES },
  });
  const lines = useMemo(() => getFragmentData(UtilizationLineFields, result.data?.utilization.nodes ?? []), [result.data]);
  return { result, reload, lines, filters, asOf, money, ownerType, currency: settings.reportingCurrency };
}

/** The owners furthest outside the limits, for a page that shows no others. */
export function useExtremes() {
  const { variables } = useScope();
  const [ownerType] = useOwnerType();
  const [result, reload] = useQuery({ query: ExtremesQuery, variables: { ...variables, ownerType, perSide: EXTREMES } });
  return { result, reload };
}
