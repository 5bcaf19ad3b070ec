import type { Config } from '../config.js';
import type { Permission, Role } from '../graphql.generated.js';
import { isDemoAccount } from './demo-accounts.js';
import { isRole, permissionsOf } from './permissions.js';

/** Which rows a viewer sees. */
export type RowScope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'partner'; readonly partnerId: number }
  | { readonly kind: 'company'; readonly companyId: number };

/** Someone who signed in, as the account row stood at most two seconds ago. */
export interface SignedInViewer {
  readonly kind: 'account';
  readonly accountId: number;
  readonly sessionId: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: RowScope;
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
  return { kind: 'account', accountId, sessionId, email, displayName, role, permissions: permissionsOf(role, config), scope };
}

/** Fails closed: a tenant's account that names no tenant sees nothing at all, never everything. */
function scopeOf(role: Role, { partnerId, companyId }: AccountRow): RowScope | null {
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
