import type { ApiTokenState, Permission } from '../../api/generated/graphql';
import { roleWord } from '../../ui/words';
import type { ApiToken } from './queries';

/** Whether a token opens anything, in words. */
export const stateWord: Record<ApiTokenState, string> = { ACTIVE: 'Active', SUSPENDED: 'Account off', EXPIRED: 'Expired', REVOKED: 'Revoked' };

const permissionWords: Partial<Record<Permission, string>> = {
  INTROSPECT: 'Read the schema', READ_LICENSES: 'Read licences', READ_COMPANIES: 'Read companies', READ_PARTNERS: 'Read partners', READ_PRODUCTS: 'Read products',
  READ_USERS: 'Read users', READ_ACTIVITY: 'Read activity', READ_REPORTS: 'Read dashboard and reports', READ_MONEY: 'Read prices and values', READ_PROVIDERS: 'Read providers',
  READ_RATES: 'Read exchange rates', READ_PRICES: 'Read the price list', READ_HISTORY: 'Read the history of rows', READ_AUDIT: 'Read the whole history',
  READ_QUALITY: 'Read data quality', EXPORT_DATA: 'Export lists', WRITE_LICENSES: 'Change licences', WRITE_COMPANIES: 'Change companies', WRITE_PARTNERS: 'Change partners',
  WRITE_PRODUCTS: 'Change products', WRITE_RATES: 'Change exchange rates', WRITE_PRICES: 'Change the price list', WRITE_BRANDING: 'Change how portals look',
  SYNC_PROVIDERS: 'Synchronise providers', IMPORT_DATA: 'Import files', EMBED_DASHBOARDS: 'Make embed tokens', EXPLORE: 'Keep queries', SEE_ONESELF: 'See itself',
};

/** A permission in words. */
export function permissionWord(permission: Permission): string {
  const name = permission.replaceAll('_', ' ').toLowerCase();
  return permissionWords[permission] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a token may be and see, in a line: "Partner Northwind, 3 permissions". */
export function grantWords({ role, partner, company, permissions }: Pick<ApiToken, 'role' | 'partner' | 'company' | 'permissions'>): string {
  const tenant = partner?.name ?? company?.name;
  const confined = permissions ? `, ${permissions.length} ${permissions.length === 1 ? 'permission' : 'permissions'}` : '';
  return `${roleWord[role]}${tenant ? ` ${tenant}` : ''}${confined}`;
}

/** How people know a token again. */
export const tokenHint = ({ ending }: Pick<ApiToken, 'ending'>): string => `swt_…${ending}`;
