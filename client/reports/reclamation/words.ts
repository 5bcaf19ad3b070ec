import type { ActivityClass, ReclamationReason } from '../../api/generated/graphql';

/** How recently a licence was used, in words. */
export const classWord: Record<ActivityClass, string> = {
  ACTIVE: 'Active',
  DORMANT: 'Dormant',
  INACTIVE: 'Inactive',
  NEVER_USED: 'Never used',
  TOO_NEW: 'Too new to judge',
  NO_TELEMETRY: 'No telemetry',
};

/** Why seats can be reclaimed, in words. */
export const reasonWord: Record<ReclamationReason, string> = {
  OWNER_INACTIVE: 'Owner switched off',
  NEVER_USED: 'Never used',
  STALE: 'Not used lately',
  UNDERUSED: 'More seats than users',
};
