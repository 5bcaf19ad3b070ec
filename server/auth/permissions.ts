import type { Config } from '../config.js';
import type { Permission, Role } from '../graphql.generated.js';

const reads: readonly Permission[] = [
  'READ_LICENSES',
  'READ_COMPANIES',
  'READ_PRODUCTS',
  'READ_USERS',
  'READ_ACTIVITY',
  'READ_REPORTS',
];

const writes: readonly Permission[] = ['WRITE_LICENSES', 'WRITE_COMPANIES', 'WRITE_PARTNERS', 'WRITE_PRODUCTS'];

/** Providers, exchange rates and the price list are the installation's, not a tenant's. */
const installation: readonly Permission[] = ['READ_PROVIDERS', 'READ_RATES', 'READ_PRICES'];
const administration: readonly Permission[] = ['SYNC_PROVIDERS', 'WRITE_RATES', 'WRITE_PRICES', 'IMPORT_DATA', 'READ_AUDIT', 'MANAGE_ACCOUNTS'];
/** What a person does for himself: his sessions and password, and tokens for his machines. */
const personal: readonly Permission[] = ['USE_SESSION', 'USE_API_TOKENS'];
/** What tokens never hold, whatever their role: a token makes no tokens, and changes no account, session or password. */
export const neverByToken: ReadonlySet<Permission> = new Set(['USE_SESSION', 'USE_API_TOKENS', 'MANAGE_ACCOUNTS']);
/** What is kept under an account's name, or works only as long as an account does: tokens issued elsewhere have none. */
export const needsAccount: ReadonlySet<Permission> = new Set([...neverByToken, 'EMBED_DASHBOARDS', 'EXPLORE', 'IMPORT_DATA']);
/** Who changed what, and what is wrong, names accounts and rows of every tenant. */
const oversight: readonly Permission[] = ['READ_HISTORY', 'READ_QUALITY'];

/**
 * The role table. Every role is spelled out: none inherits from another, so that a permission given to one role never
 * reaches a second by accident. What PARTNER and COMPANY may read is confined to their rows by the row scope. A company
 * learns of no partner, not even of its own reseller.
 */
const roles: Readonly<Record<Role, readonly Permission[]>> = {
  ADMIN: ['SEE_ONESELF', 'INTROSPECT', ...reads, 'READ_PARTNERS', 'READ_MONEY', 'EXPORT_DATA', ...installation, ...oversight, ...writes, ...administration, ...personal, 'EMBED_DASHBOARDS', 'EXPLORE', 'WRITE_BRANDING'],
  ANALYST: ['SEE_ONESELF', 'INTROSPECT', ...reads, 'READ_PARTNERS', 'READ_MONEY', 'EXPORT_DATA', ...installation, ...oversight, ...personal, 'EXPLORE'],
  VIEWER: ['SEE_ONESELF', ...reads, 'READ_PARTNERS', 'EXPORT_DATA', ...personal],
  PARTNER: ['SEE_ONESELF', ...reads, 'READ_PARTNERS', 'READ_MONEY', 'EXPORT_DATA', ...personal, 'EMBED_DASHBOARDS'],
  COMPANY: ['SEE_ONESELF', ...reads, 'READ_MONEY', 'EXPORT_DATA', ...personal],
};

/** True for the name of a role: the column is plain text, and whatever else it holds must open nothing. */
export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}

/** What a role may do in this installation. */
export function permissionsOf(role: Role, config: Pick<Config, 'VIEWER_SEES_MONEY'>): ReadonlySet<Permission> {
  const permissions = new Set(roles[role]);
  if (role === 'VIEWER' && config.VIEWER_SEES_MONEY) permissions.add('READ_MONEY');
  return permissions;
}
