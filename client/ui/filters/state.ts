import { useDebouncedValue } from '@mantine/hooks';
import { useQueryState, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';

import { useViewer } from '../../api/session';
import { useEmbedding } from '../embedding';
import { filterParsers, type Filters, noFilters, parseAsDay, serializeFilters } from './urlState';

export type { FilterKey, Filters } from './urlState';

/** A change of some filters; null clears one. */
export type FilterChange = { [K in keyof Filters]?: Filters[K] | null };

/** The page's filters and how to change them; every change is a step that Back undoes. */
export function useFilters(): [Filters, (change: FilterChange | null) => void] {
  const [chosen, setFilters] = useQueryStates(filterParsers, { history: 'push' });
  const filters = useLocked(chosen);
  const set = useCallback(
    (change: FilterChange | null) => {
      void setFilters(change);
    },
    [setFilters],
  );
  return [filters, set];
}

/** What is locked stands above what was chosen. */
function useLocked(chosen: Filters): Filters {
  const locked = useEmbedding()?.locked;
  return useMemo(() => (locked ? { ...chosen, ...locked } : chosen), [chosen, locked]);
}

/** The filters once they have rested for 300 ms: what queries are made of. */
export function useSettledFilters(): Filters {
  const [filters] = useQueryStates(filterParsers);
  const [settled] = useDebouncedValue(filters, 300);
  return useLocked(settled);
}

/** True when a filter was chosen that can be cleared. */
export function useIsFiltered(): boolean {
  const [chosen] = useQueryStates(filterParsers);
  return serializeFilters(chosen) !== serializeFilters(noFilters);
}

/** The day that figures speak of; today in the installation's time zone unless the URL says another. */
export function useAsOf(): string {
  const [asOf] = useQueryState('asOf', parseAsDay);
  const { settings } = useViewer();
  return asOf ?? settings.today;
}
