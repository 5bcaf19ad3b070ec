import { useCallback } from 'react';

import type { OwnerType } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import { inForceStatuses, linkTo, ownerFilter } from '../../ui/filters/links';
import { useAsOf, useSettledFilters } from '../../ui/filters/state';

/** asOf as links carry it: left out when it is today. */
export function useLinkDay(): string | null {
  const asOf = useAsOf();
  const { settings } = useViewer();
  return asOf === settings.today ? null : asOf;
}

/** As much of an owner's line as a link needs. */
interface OwnerMark {
  ownerType: OwnerType;
  ownerId: string;
  figures: { seatsInForce: number };
}

/** Where an owner's mark leads: to the rounds counted as its seats, or to the owner itself when it has none. */
export function useOwnerHref(): (line: OwnerMark) => string {
  const filters = useSettledFilters();
  const day = useLinkDay();
  return useCallback(
    (line) => {
      if (line.figures.seatsInForce === 0) {
        return linkTo(`/${line.ownerType === 'COMPANY' ? 'companies' : 'partners'}/${line.ownerId}`, {}, {}, day);
      }
      const owner = ownerFilter(line.ownerType, line.ownerId);
      return linkTo('/licences', filters, { ...owner, status: inForceStatuses(filters), window: null }, day);
    },
    [filters, day],
  );
}
