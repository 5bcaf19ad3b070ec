import type { LicensePosition, LifecycleStatus, UtilizationBand } from '../api/generated/graphql';

/** Which meaning of tokens.css a utilisation band has. */
export const bandMeaning: Record<UtilizationBand, string> = {
  OVER: 'over',
  WELL: 'well',
  UNDER: 'under',
  UNLICENSED: 'unlicensed',
};

/** Which meaning of tokens.css a life-cycle status has. */
export const statusMeaning: Record<LifecycleStatus, string> = {
  ACTIVE: 'well',
  EXPIRES_TODAY: 'over',
  IN_GRACE: 'under',
  EXPIRED: 'expired',
  SCHEDULED: 'scheduled',
  PERPETUAL: 'perpetual',
  INVALID: 'over',
};

/** Which meaning of tokens.css a licence position has. */
export const positionMeaning: Record<LicensePosition, string> = {
  DEFICIT: 'over',
  UNLICENSED: 'unlicensed',
  COMPLIANT: 'well',
  SURPLUS: 'under',
  UNUSED: 'expired',
  UNLIMITED: 'perpetual',
};
