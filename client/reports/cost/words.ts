import type { ActiveUserBasis } from '../../api/generated/graphql';

/** What counts as active, as a heading says it. */
export const basisWord: Record<ActiveUserBasis, string> = {
  ACTIVE_USERS: 'per user with activity in the window',
  CHECKED_IN_LICENSES: 'per licence that checked in within the window',
};

/** What is counted, one and many. */
export const countWord: Record<ActiveUserBasis, readonly [one: string, many: string]> = {
  ACTIVE_USERS: ['active user', 'active users'],
  CHECKED_IN_LICENSES: ['licence checked in', 'licences checked in'],
};
