import type { LicenseSource, LicenseSubStatus } from '../../api/generated/graphql';

/** What the source says beside the dates; nothing reads as nothing. */
export const subStatusWord: Record<LicenseSubStatus, string> = {
  NONE: '',
  TRIAL: 'Trial',
  CONVERTED: 'Converted',
  REVERTED: 'Reverted',
  INACTIVE: 'Switched off',
};

/** Where one licence stands. */
export const oneSourceWord: Record<LicenseSource, string> = { PORTAL: 'Portal', TRIAL: 'Trial', EXTERNAL: 'External' };
