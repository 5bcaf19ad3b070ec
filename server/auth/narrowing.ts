import type { Config } from '../config.js';
import type { Permission, Role } from '../graphql.generated.js';
import { isRole, neverByToken, permissionsOf } from './permissions.js';
import { scopeOf, viewerFrom, type AccountRow, type Credential, type RowScope, type SignedInViewer } from './viewer.js';

/** What a token was given when it was made. */
export interface TokenGrant {
  role: string;
  partnerId: number | null;
  companyId: number | null;
  /** Null: all that its role holds. */
  permissions: ReadonlySet<Permission> | null;
}

/** The widest first. A token may be of its maker's role or of one further down. */
const widestFirst: readonly Role[] = ['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY'];

/** The roles of tokens that an account of this role may make, the widest first. */
export function rolesWithin(role: Role): readonly Role[] {
  return widestFirst.slice(widestFirst.indexOf(role));
}

/** Rows that are within both. */
export function within(token: RowScope, maker: RowScope): RowScope {
  if (token.kind === 'everything') return maker;
  if (maker.kind === 'everything' || isSame(token, maker)) return token;
  return { kind: 'all-of', scopes: [token, maker] };
}

function isSame(one: RowScope, other: RowScope): boolean {
  return (one.kind === 'partner' && other.kind === 'partner' && one.partnerId === other.partnerId)
    || (one.kind === 'company' && other.kind === 'company' && one.companyId === other.companyId);
}

/** What a token of this role may do at most. */
export function tokenPermissions(role: Role, config: Pick<Config, 'VIEWER_SEES_MONEY'>): Permission[] {
  return [...permissionsOf(role, config)].filter((permission) => !neverByToken.has(permission));
}

/**
 * The viewer of a token: what it was given, narrowed by what the account that made it holds now. Null when that account
 * opens nothing any more. A maker who lost rights takes them from his tokens; one who gained some gives them nothing.
 */
export function viewerOfToken(
  grant: TokenGrant, maker: AccountRow, credential: Credential, config: Pick<Config, 'DEMO' | 'VIEWER_SEES_MONEY'>,
): SignedInViewer | null {
  const now = viewerFrom(maker, '', config);
  if (now === null || !isRole(grant.role)) return null;
  const scope = scopeOf(grant.role, grant);
  if (scope === null) return null;
  const chosen = grant.permissions;
  // Whoever holds a token may see whose it is and what it opens.
  const held = tokenPermissions(grant.role, config)
    .filter((permission) => now.permissions.has(permission) && (chosen === null || chosen.has(permission) || permission === 'SEE_ONESELF'));
  const role = rolesWithin(now.role).includes(grant.role) ? grant.role : now.role;
  return { ...now, role, permissions: new Set(held), scope: within(scope, now.scope), credential };
}
