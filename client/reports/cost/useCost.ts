import { parseAsString, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import type { LicenseSource, OwnerCostFieldsFragment, SourceCostFieldsFragment } from '../../api/generated/graphql';
import { inForceStatuses, linkTo } from '../../ui/filters/links';
import { useReportScope } from '../frame/scope';
import { useChoice } from '../frame/useChoice';
import { CostQuery, SourceCostFields } from './queries';

/** Spend and users of one source in one currency. */
export type SourceCost = SourceCostFieldsFragment;
/** Spend and users of one owner in one currency. */
export type OwnerCost = OwnerCostFieldsFragment;

const windows = ['14', '30', '90'] as const;
const groupings = ['OWNER', 'SOURCE'] as const;

/** What the lines stand for. */
export type CostGrouping = (typeof groupings)[number];

export const windowOptions = windows.map((value) => ({ value, label: `${value} days` }));

/** The figures per source, the report's own choices, and what the owners' lines are asked with. */
export function useCost() {
  const scope = useReportScope();
  const { filter, asOf, money, search } = scope;
  const [days, setDays] = useChoice('days', windows, '30');
  const [by, setBy] = useChoice<CostGrouping>('by', groupings, 'OWNER');
  const [tab, setTab] = useQueryState('in', parseAsString.withOptions({ history: 'push' }));
  const windowDays = Number(days);
  const [result, reload] = useQuery({ query: CostQuery, variables: { filter, asOf, windowDays, money, reporting: scope.currency } });
  const data = result.data?.costPerActiveUser;
  const sources = useMemo(() => getFragmentData(SourceCostFields, data?.bySource ?? []), [data]);
  const currencies = useMemo(() => [...new Set(sources.map(({ currency }) => currency))], [sources]);
  // The reporting currency first, where somebody pays in it; a currency that nobody pays in any more is not shown.
  const standard = currencies.includes(scope.currency) ? scope.currency : currencies[0];
  const currency = tab !== null && currencies.includes(tab) ? tab : standard;
  const common = useMemo(() => ({ filter, asOf, windowDays, money, search }), [filter, asOf, windowDays, money, search]);
  return { scope, common, days, setDays, by, setBy, currency, currencies, setCurrency: setTab, result, reload, data, sources, windowDays };
}

/** Everything the page's cards read. */
export type Cost = ReturnType<typeof useCost>;

interface Place {
  source: LicenseSource;
  currency: string;
  owner?: OwnerCost['owner'];
}

/** Where a line leads: to the licences that make up its spend. */
export function useCostHref(): (line: Place) => string | undefined {
  const { filters, day } = useReportScope();
  return useCallback(
    ({ source, currency, owner }) => {
      const spend = { source: [source], currency: [currency], status: inForceStatuses(filters), slug: filters.slug };
      if (!owner) return linkTo('/unified', { partner: filters.partner, company: filters.company, ...spend }, {}, day);
      if (owner.kind === 'COMPANY') return linkTo('/unified', spend, { company: [owner.id] }, day);
      if (owner.kind === 'PARTNER') return linkTo('/unified', spend, { partner: [owner.id] }, day);
      return linkTo('/unified', spend, { q: owner.id }, day);
    },
    [filters, day],
  );
}
