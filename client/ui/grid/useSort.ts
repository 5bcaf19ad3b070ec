import { createParser, useQueryState } from 'nuqs';
import { useMemo } from 'react';

import type { Sort } from './types';

/** An ordering by one of the server's fields. */
export interface SortBy<Field extends string> extends Sort {
  field: Field;
}

function sortParser<Field extends string>(fields: readonly Field[]) {
  return createParser<SortBy<Field>>({
    parse: (text) => {
      const [name, direction] = text.split('.');
      const field = fields.find((one) => one === name);
      return field && (direction === 'asc' || direction === 'desc')
        ? { field, direction: direction === 'asc' ? 'ASC' : 'DESC' }
        : null;
    },
    serialize: ({ field, direction }) => `${field}.${direction.toLowerCase()}`,
    eq: (a, b) => a.field === b.field && a.direction === b.direction,
  });
}

/** The ordering of a list, kept in the URL as `sort=END_DATE.asc`; anything the list can't be ordered by is the default. */
export function useSort<Field extends string>(
  fields: readonly Field[], fallback: SortBy<Field>,
): [SortBy<Field>, (sort: Sort | null) => void] {
  const parser = useMemo(() => sortParser(fields).withDefault(fallback), [fields, fallback]);
  const [sort, setSort] = useQueryState('sort', parser);
  const set = (next: Sort | null) => {
    const field = fields.find((one) => one === next?.field);
    void setSort(next && field ? { field, direction: next.direction } : null);
  };
  return [sort, set];
}
