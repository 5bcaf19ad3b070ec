import type { Config } from '../config.js';
import type { LockedFilters } from '../embed/locks.js';
import type { EmbedDashboard, Permission, Role } from '../graphql.generated.js';
import { isDemoAccount } from './demo-accounts.js';
import { isRole, permissionsOf } from './permissions.js';

/** Which rows a viewer sees. */
export type RowScope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'partner'; readonly partnerId: number }
  | { readonly kind: 'company'; readonly companyId: number }
  /** Rows that lie within each of them: a token's scope, and that of the account that made it as it is now. */
  | { readonly kind: 'all-of'; readonly scopes: readonly [RowScope, RowScope] };

/** By what a request proved who it is. */
export type Credential =
  | { readonly kind: 'session' }
  /** `id` and `name` of sw_api_tokens. */
  | { readonly kind: 'api-token'; readonly id: number; readonly name: string }
  /** A token issued elsewhere; `subject` is its `sub`. */
  | { readonly kind: 'external-token'; readonly subject: string }
  /** `id` of sw_embed_tokens, and what it was given: the dashboards whose operations it runs, and with which filters. See `server/embed`. */
  | {
      readonly kind: 'embed-token'; readonly id: number; readonly dashboards: readonly EmbedDashboard[]; readonly locked: LockedFilters;
      readonly origins: readonly string[]; readonly expiresAt: Date;
    };

/** Someone who signed in or came with a token, as the account row stood at most two seconds ago. */
export interface SignedInViewer {
  readonly kind: 'account';
  /** The account; of a token the one that made it; 0 for tokens issued elsewhere, which are of no account. */
  readonly accountId: number;
  /** Empty for whoever came with another credential than a session. */
  readonly sessionId: string;
  /** `external:` and the subject for tokens issued elsewhere, so that none passes for an account in the audit log. */
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: RowScope;
  readonly credential: Credential;
}

/** Nobody in particular: no token, or one that opens nothing. */
export interface Anonymous {
  readonly kind: 'anonymous';
}

export type Viewer = SignedInViewer | Anonymous;

export const anonymous: Anonymous = { kind: 'anonymous' };

/** What a viewer is made from: the columns of an account as the database returns them, the role unchecked. */
export type AccountRow = {
  accountId: number;
  email: string;
  displayName: string;
  role: string;
  partnerId: number | null;
  companyId: number | null;
  disabled: number;
};

/** The viewer of an account; null when the account opens nothing: disabled, of an unknown role, or without its scope. */
export function viewerFrom(
  account: AccountRow,
  sessionId: string,
  config: Pick<Config, 'DEMO' | 'VIEWER_SEES_MONEY'>,
): SignedInViewer | null {
  const { accountId, email, displayName, role } = account;
  if (account.disabled !== 0 || (!config.DEMO && isDemoAccount(email)) || !isRole(role)) return null;
  const scope = scopeOf(role, account);
  if (scope === null) return null;
  return { kind: 'account', accountId, sessionId, email, displayName, role, permissions: permissionsOf(role, config), scope, credential: { kind: 'session' } };
}

/** Fails closed: a tenant's account that names no tenant sees nothing at all, never everything. */
export function scopeOf(role: Role, { partnerId, companyId }: Pick<AccountRow, 'partnerId' | 'companyId'>): RowScope | null {
  switch (role) {
    case 'ADMIN':
    case 'ANALYST':
    case 'VIEWER':
      return { kind: 'everything' };
    case 'PARTNER':
      return isId(partnerId) ? { kind: 'partner', partnerId } : null;
    case 'COMPANY':
      return isId(companyId) ? { kind: 'company', companyId } : null;
  }
}

function isId(value: number | null): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
