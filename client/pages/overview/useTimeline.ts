import { useMemo, useState } from 'react';
import { useQuery } from 'urql';

import type { LicenseFilter, LifecycleStatus, TimelineQuery as Data } from '../../api/generated/graphql';
import { toLicenseFilter } from '../../ui/filters/graphql';
import { type Filters, useAsOf, useSettledFilters } from '../../ui/filters/state';
import { TimelineQuery } from './queries';

const PAGE = 200;

/** A round as the timeline draws it. */
export interface TimelineRound {
  id: string;
  ownerKey: string;
  ownerName: string;
  productLabel: string;
  startDate: string;
  endDate: string | null;
  graceEndDate: string | null;
  seats: number;
  lifecycleStatus: LifecycleStatus;
  daysRemaining: number | null;
  companyId: string | null;
  partnerId: string | null;
}

type Node = Data['licenses']['nodes'][number];

function toRound(node: Node): TimelineRound {
  const { company, partner } = node;
  return {
    id: node.id,
    ownerKey: company ? `company ${company.id}` : `partner ${partner?.id ?? ''}`,
    ownerName: company?.name ?? partner?.name ?? 'No visible owner',
    productLabel: node.product?.label ?? 'Unknown product',
    startDate: node.startDate,
    endDate: node.endDate ?? null,
    graceEndDate: node.graceEndDate ?? null,
    seats: node.seats,
    lifecycleStatus: node.lifecycleStatus,
    daysRemaining: node.daysRemaining ?? null,
    companyId: company?.id ?? null,
    partnerId: partner?.id ?? null,
  };
}

/**
 * Without a range of days or a status the rounds that end soonest would all have ended years ago, so expired ones wait
 * until they are asked for. INVALID rounds have no length to draw.
 */
function timelineFilter(filters: Filters, asOf: string): LicenseFilter {
  const filter = toLicenseFilter(filters, asOf) ?? {};
  if (filters.status.length > 0) return filter;
  return { ...filter, lifecycleStatus: { notIn: filters.dates ? ['INVALID'] : ['EXPIRED', 'INVALID'] } };
}

/** Rounds ending soonest, a page more each time `more` is called; a changed filter starts again. */
export function useTimeline() {
  const filters = useSettledFilters();
  const asOf = useAsOf();
  const filter = useMemo(() => timelineFilter(filters, asOf), [filters, asOf]);
  const key = JSON.stringify([filter, asOf]);
  const [loaded, setLoaded] = useState<{ key: string; after: string | null; rounds: TimelineRound[] }>({ key, after: null, rounds: [] });
  const current = loaded.key === key ? loaded : { key, after: null, rounds: [] };
  const [result, reload] = useQuery({ query: TimelineQuery, variables: { filter, asOf, first: PAGE, after: current.after } });
  const connection = result.data?.licenses;
  const earlier = current.rounds;
  const rounds = useMemo(() => [...earlier, ...(connection?.nodes ?? []).map(toRound)], [earlier, connection]);
  const next = connection?.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? null) : null;
  return {
    result,
    reload,
    rounds,
    totalCount: connection?.totalCount,
    hidesExpired: filters.status.length === 0 && filters.dates === null,
    more: next === null || result.stale ? null : () => setLoaded({ key, after: next, rounds }),
  };
}
