import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EmbedDashboard, Permission, Role } from '../graphql.generated.js';
import type { LockedFilters } from './locks.js';

/** What an embed token was given when it was made. */
export interface EmbedGrant {
  /** The role whose view of the rows it has: PARTNER or COMPANY with a scope, else that of its maker. */
  readonly role: Role;
  readonly partnerId: number | null;
  readonly companyId: number | null;
  readonly permissions: readonly Permission[];
  readonly dashboards: readonly EmbedDashboard[];
  readonly locked: LockedFilters;
  readonly origins: readonly string[];
  /** The API token with which it was made, and with which it ends; absent where somebody signed in made it. */
  readonly apiTokenId?: number;
}

/** What an embed token may do at most: read what its dashboards show, and take away what they show. */
export const embedPermissions: readonly Permission[] = [
  'READ_LICENSES', 'READ_COMPANIES', 'READ_PARTNERS', 'READ_PRODUCTS', 'READ_ACTIVITY', 'READ_REPORTS', 'READ_MONEY', 'EXPORT_DATA',
];

const PREFIX = 'swe_';
const TOKEN = /^swe_[A-Za-z0-9_-]{43}$/;

/** 256 random bits, and a prefix that says what they open to whoever finds them. */
export function newEmbedToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** True for a text that claims to be an embed token, a valid one or not: nothing else ever reads it. */
export function claimsToBeEmbedToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** The digest under which the token is stored; null for a text that is none. */
export function embedTokenHash(token: string): string | null {
  return TOKEN.test(token) ? createHash('sha256').update(token).digest('hex') : null;
}

/** What the seal of a token covers. */
export interface Sealed {
  tokenHash: string;
  accountId: number;
  grantJson: string;
  expiresAt: Date;
}

/**
 * A digest over all that a token was given, keyed with the server's secret: a row that was widened in the database opens
 * nothing, whoever could write there.
 */
export function sealOf(secret: string, { tokenHash, accountId, grantJson, expiresAt }: Sealed): string {
  const text = JSON.stringify([tokenHash, accountId, grantJson, expiresAt.toISOString()]);
  return createHmac('sha256', `embed token ${secret}`).update(text).digest('hex');
}

/** True when the row is as it was made. */
export function isSealed(secret: string, seal: string, sealed: Sealed): boolean {
  const [expected, found] = [Buffer.from(sealOf(secret, sealed)), Buffer.from(seal)];
  return expected.length === found.length && timingSafeEqual(expected, found);
}
