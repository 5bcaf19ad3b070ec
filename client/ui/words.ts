import type { LicenseSource, LifecycleStatus, OwnerType, Role, UtilizationBand } from '../api/generated/graphql';

/** A derived status in words. */
export const statusWord: Record<LifecycleStatus, string> = {
  ACTIVE: 'Active',
  EXPIRES_TODAY: 'Expires today',
  IN_GRACE: 'In grace',
  SCHEDULED: 'Scheduled',
  PERPETUAL: 'Perpetual',
  EXPIRED: 'Expired',
  INVALID: 'Invalid',
};

/** A band of utilisation in words. */
export const bandWord: Record<UtilizationBand, string> = {
  OVER: 'Over-used',
  WELL: 'Well used',
  UNDER: 'Under-used',
  UNLICENSED: 'Unlicensed',
};

/** Where a licence stands, in words. */
export const sourceWord: Record<LicenseSource, string> = {
  PORTAL: 'Portal',
  TRIAL: 'Trials',
  EXTERNAL: 'External',
};

/** Kinds of owner in words, one and many. */
export const ownerWord: Record<OwnerType, [one: string, many: string]> = {
  COMPANY: ['company', 'companies'],
  PARTNER: ['partner', 'partners'],
};

/** A role in words. */
export const roleWord: Record<Role, string> = {
  ADMIN: 'Administrator',
  ANALYST: 'Analyst',
  VIEWER: 'Viewer',
  PARTNER: 'Partner',
  COMPANY: 'Company',
};
