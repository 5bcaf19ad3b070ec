import { IsNull, MoreThan } from 'typeorm';
import { ApiTokenEntity, type ApiTokenRecord } from '../../auth/api-token-entity.js';
import { newApiToken } from '../../auth/api-tokens.js';
import { rolesWithin, tokenPermissions } from '../../auth/narrowing.js';
import { tenantsOf } from '../../auth/row-scope.js';
import type { SignedInViewer } from '../../auth/viewer.js';
import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { unauthenticated } from '../../errors.js';
import type { ApiTokenRole, CreateApiTokenInput, Permission, Role, UserError } from '../../graphql.generated.js';
import { isOpenStill, lockAdministrators } from '../account/administrators.js';
import { checkScope } from '../account/checks.js';
import { recordChange } from '../audit/service.js';
import { refusable } from '../change/change.js';
import { checkText, idOf } from '../change/checks.js';
import { Faults, Refusal } from '../change/refusal.js';
import { API_TOKEN, type ListedApiToken } from './entity.js';

const MAX_NAME_LENGTH = 100;
const MAX_DAYS = 365;
const DAY_MS = 86_400_000;
const MOST_OPEN = 100;

/** A token that was just made: the only time that it is known. */
export interface MadeApiToken {
  token: string;
  apiToken: ListedApiToken;
}

/** The roles that the viewer may give to tokens, each with what such a token may do at most. */
export function grantableRoles({ config }: Context, viewer: SignedInViewer): ApiTokenRole[] {
  return rolesWithin(viewer.role).map((role) => ({
    role, permissions: tokenPermissions(role, config).filter((permission) => viewer.permissions.has(permission)),
  }));
}

/** Makes a token of at most the viewer's own rights. */
export async function createApiToken(context: Context, input: CreateApiTokenInput): Promise<{ made: MadeApiToken | null; userErrors: UserError[] }> {
  const viewer = context.signedIn();
  const { row: made, userErrors } = await refusable(context, async (tx): Promise<MadeApiToken> => {
    // What opened the door may be two seconds old; a session that has ended since then must not leave a token behind.
    if (!(await isOpenStill(tx, viewer.sessionId))) throw unauthenticated();
    const faults = new Faults();
    const name = checkText(faults, 'name', 'Name', input.name, MAX_NAME_LENGTH);
    const { role } = input;
    if (!rolesWithin(viewer.role).includes(role)) faults.add('role', 'INVALID', `A token of the role ${role} could do more than your own role ${viewer.role}.`);
    const scope = await checkScope(tx, faults, role, input, tenantsOf(viewer.scope));
    const permissions = checkPermissions(context, faults, viewer, role, input.permissions ?? null);
    const days = input.expiresInDays;
    if (days < 1 || days > MAX_DAYS) faults.add('expiresInDays', 'INVALID', `A token lives for 1 to ${MAX_DAYS} days.`);
    faults.refuseIfAny();
    await refuseTooMany(context, tx, viewer.accountId);
    const { token, hash, ending } = newApiToken();
    const expiresAt = new Date(context.now.getTime() + days * DAY_MS);
    const shown = { accountId: viewer.accountId, name, ending, role, ...scope };
    const inserted = await tx.manager.insert(ApiTokenEntity, {
      ...shown, tokenHash: hash, permissionsJson: permissions && JSON.stringify(permissions), createdAt: context.now, expiresAt,
    });
    const id = Number(inserted.identifiers[0]?.['id']);
    const apiToken: ListedApiToken = {
      id, ...shown, permissions, createdAt: context.now.toISOString(), expiresAt: expiresAt.toISOString(),
      revokedAt: null, lastUsedAt: null, lastUsedAddress: null, suspended: false,
    };
    await recordChange(context, tx, {
      action: 'create', entity: API_TOKEN, entityId: id, before: null, after: { ...recorded({ ...shown, id, expiresAt, permissions }), email: viewer.email },
    });
    return { token, apiToken };
  });
  return { made, userErrors };
}

/** The chosen permissions without repetitions; null: all that the role holds. */
function checkPermissions(context: Context, faults: Faults, viewer: SignedInViewer, role: Role, chosen: readonly Permission[] | null): Permission[] | null {
  if (chosen === null) return null;
  const grantable = grantableRoles(context, viewer).find((grant) => grant.role === role)?.permissions;
  // Without a role that may be given there is nothing to compare with, and that is told already.
  const beyond = grantable === undefined ? [] : chosen.filter((permission) => !grantable.includes(permission));
  if (chosen.length === 0) faults.add('permissions', 'INVALID', 'A token without any permission opens nothing. Omit the list for all that the role holds.');
  if (beyond.length > 0) faults.add('permissions', 'INVALID', `A token that you give the role ${role} cannot hold ${[...new Set(beyond)].join(', ')}.`);
  return [...new Set(chosen)];
}

async function refuseTooMany({ now }: Context, { manager }: ScopedTransaction, accountId: number): Promise<void> {
  const open = await manager.countBy(ApiTokenEntity, { accountId, revokedAt: IsNull(), expiresAt: MoreThan(now) });
  if (open >= MOST_OPEN) throw new Refusal([{ field: [], code: 'INVALID', message: `You have ${open} open tokens. Revoke some that are not used any more.` }]);
}

/** Ends one of the viewer's own tokens; any other one answers as if it did not exist. */
export function revokeOwnApiToken(context: Context, id: string | number): Promise<UserError[]> {
  const { accountId } = context.signedIn();
  return revoke(context, id, async () => ({ accountId }));
}

/** Ends a token of any account. */
export function revokeAnyApiToken(context: Context, id: string | number): Promise<UserError[]> {
  return revoke(context, id, async (tx) => {
    await lockAdministrators(context, tx);
    return {};
  });
}

async function revoke(context: Context, given: string | number, among: (tx: ScopedTransaction) => Promise<{ accountId?: number }>): Promise<UserError[]> {
  const id = idOf(given);
  const { userErrors } = await refusable(context, async (tx) => {
    const which = { ...(await among(tx)), id: id ?? 0, revokedAt: IsNull(), expiresAt: MoreThan(context.now) };
    const ended = await tx.manager.update(ApiTokenEntity, which, { revokedAt: context.now });
    const token = ended.affected === 1 ? await tx.manager.findOneBy(ApiTokenEntity, { id: which.id }) : null;
    if (token === null) throw new Refusal([{ field: ['id'], code: 'NOT_FOUND', message: 'There is no open token with this id.' }]);
    const state = recorded({ ...token, permissions: null });
    await recordChange(context, tx, {
      action: 'update', entity: API_TOKEN, entityId: token.id, before: { ...state, revokedAt: null }, after: { ...state, revokedAt: context.now.toISOString() },
    });
    return true;
  });
  if (id !== null) context.apiTokens.forget(id);
  return userErrors;
}

/** What the audit log says of a token; never its hash. */
function recorded(token: Pick<ApiTokenRecord, 'id' | 'accountId' | 'name' | 'ending' | 'role' | 'partnerId' | 'companyId' | 'expiresAt'> & { permissions: Permission[] | null }): Record<string, unknown> {
  const { id, accountId, name, ending, role, partnerId, companyId, expiresAt, permissions } = token;
  return { id, accountId, name, ending, role, partnerId, companyId, permissions, expiresAt };
}
