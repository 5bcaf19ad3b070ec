import { parseAsBoolean, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import type { LicensePosition, PositionGrouping } from '../../api/generated/graphql';
import { inForceStatuses, linkTo } from '../../ui/filters/links';
import { useReportScope } from '../frame/scope';
import { useChoice, useChoices } from '../frame/useChoice';
import type { Line } from './columns';
import { PositionLineFields, PositionQuery } from './queries';

/** Lines the chart draws: those with the largest gaps. */
const mostBars = 100;

export const groupings = ['OWNER', 'PARTNER', 'PRODUCT', 'SOURCE'] as const satisfies readonly PositionGrouping[];
export const positions = ['DEFICIT', 'UNLICENSED', 'COMPLIANT', 'SURPLUS', 'UNUSED', 'UNLIMITED'] as const satisfies readonly LicensePosition[];

/** The report's own choices, kept in the URL under `by`, `trials` and `position`. */
export function usePositionChoices() {
  const [by, setBy] = useChoice<PositionGrouping>('by', groupings, 'OWNER');
  const [includeTrials, setTrials] = useQueryState('trials', parseAsBoolean.withDefault(true).withOptions({ history: 'push' }));
  const [chosen, setChosen] = useChoices<LicensePosition>('position', positions);
  return { by, setBy, includeTrials, setTrials, chosen, setChosen };
}

/** The figures, the lines with the largest gaps, and what the rows ask with. */
export function usePosition() {
  const scope = useReportScope();
  const choices = usePositionChoices();
  const { filter, asOf, search, money, currency } = scope;
  const { by, includeTrials, chosen } = choices;
  const common = useMemo(
    () => ({ by, filter, asOf, includeTrials, positions: chosen.length > 0 ? chosen : null, search, money }),
    [by, filter, asOf, includeTrials, chosen, search, money],
  );
  const [result, reload] = useQuery({ query: PositionQuery, variables: { ...common, currency, first: mostBars } });
  const data = result.data?.effectiveLicensePosition;
  const lines = useMemo(() => getFragmentData(PositionLineFields, data?.lines.nodes ?? []), [data]);
  return { scope, choices, common, result, reload, data, lines };
}

/** Where a line leads: to the rounds counted as purchased, as far as the portal knows them. */
export function useLineHref(): (line: Line) => string | undefined {
  const { filters, day } = useReportScope();
  return useCallback(
    ({ owner, productSlug }) => {
      const currency = { currency: filters.currency, status: inForceStatuses(filters) };
      if (owner?.kind === 'COMPANY') return linkTo('/licences', currency, { company: [owner.id] }, day);
      if (owner?.kind === 'PARTNER') return linkTo('/licences', currency, { partner: [owner.id] }, day);
      return productSlug ? linkTo('/licences', currency, { partner: filters.partner, company: filters.company, q: productSlug }, day) : undefined;
    },
    [filters, day],
  );
}
