import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

import type { AccountFilter } from '../../api/generated/graphql';
import { roles } from './words';

export const states = ['all', 'on', 'off'] as const;

const parsers = {
  q: parseAsString.withDefault(''),
  role: parseAsArrayOf(parseAsStringLiteral(roles)).withDefault([]),
  state: parseAsStringLiteral(states).withDefault('all'),
};

/** The filters of the accounts as they stand in the URL, and how to change them; null clears all. */
export const useAccountFilters = () => useQueryStates(parsers, { history: 'push' });

type AccountFilters = ReturnType<typeof useAccountFilters>[0];

/** The filters as the API takes them; undefined when none is set. */
export function toAccountFilter({ q, role, state }: AccountFilters): AccountFilter | undefined {
  const filter: AccountFilter = {
    ...(q ? { search: q } : {}),
    ...(role.length > 0 ? { roles: role } : {}),
    ...(state === 'all' ? {} : { disabled: state === 'off' }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}
