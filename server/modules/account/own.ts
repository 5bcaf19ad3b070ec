import { AccountEntity } from '../../auth/entity.js';
import { endSession, endSessionsOf } from '../../auth/open-sessions.js';
import { hashPassword } from '../../auth/passwords.js';
import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { ChangePasswordInput, UserError } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { refusable } from '../change/change.js';
import { Faults, Refusal } from '../change/refusal.js';
import { lockAdministrators } from './administrators.js';
import { checkPassword } from './checks.js';
import { ACCOUNT, SESSION } from './entity.js';

/** Changes the viewer's own password; all of his other sessions end. What is wrong, nothing when it is done. */
export async function changePassword(context: Context, { currentPassword, newPassword }: ChangePasswordInput): Promise<UserError[]> {
  const viewer = context.signedIn();
  const faults = new Faults();
  checkPassword(faults, 'newPassword', newPassword);
  if (newPassword === currentPassword) faults.add('newPassword', 'INVALID', 'The new password is the current one.');
  if (faults.errors.length > 0) return faults.errors;
  const confirmed = await context.sessions.confirm(viewer, currentPassword, context.address);
  if (typeof confirmed !== 'string') return [{ ...confirmed.error, field: ['input', 'currentPassword'] }];
  const passwordHash = await hashPassword(newPassword);
  const { accountId, sessionId, email, displayName } = viewer;
  const { userErrors } = await refusable(context, async (tx) => {
    const values = { passwordHash, credentialsChangedAt: context.now };
    // Only while the password is the one that was confirmed: somebody else may have just given it another.
    const changed = await tx.manager.update(AccountEntity, { id: accountId, passwordHash: confirmed, disabled: 0 }, values);
    if (changed.affected !== 1) throw new Refusal([{ field: ['input', 'currentPassword'], code: 'WRONG_CREDENTIALS', message: 'This is not your current password.' }]);
    const endedSessions = await endSessionsOf(tx.manager, { accountId, but: sessionId, reason: 'password-changed' }, context.now);
    const who = { id: accountId, email, displayName };
    await recordChange(context, tx, {
      action: 'update', entity: ACCOUNT, entityId: accountId, before: { ...who, credentialsChangedAt: null, endedSessions: 0 },
      after: { ...who, credentialsChangedAt: context.now.toISOString(), endedSessions },
    });
    return true;
  });
  context.sessions.forgetAccount(accountId);
  return userErrors;
}

/** Ids of sessions are texts of one form; anything else is none. */
const SESSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ends one of the viewer's own sessions; any other one answers as if it did not exist. */
export function revokeOwnSession(context: Context, id: string | number): Promise<UserError[]> {
  const { accountId } = context.signedIn();
  return revoke(context, id, (tx, sessionId) => endSession(tx.manager, { id: sessionId, accountId, reason: 'ended-by-owner' }, context.now));
}

/** Ends a session of any account. */
export function revokeAnySession(context: Context, id: string | number): Promise<UserError[]> {
  return revoke(context, id, async (tx, sessionId) => {
    await lockAdministrators(context, tx);
    return endSession(tx.manager, { id: sessionId, reason: 'ended-by-administrator' }, context.now);
  });
}

type End = (tx: ScopedTransaction, sessionId: string) => ReturnType<typeof endSession>;

async function revoke(context: Context, id: string | number, end: End): Promise<UserError[]> {
  const sessionId = String(id);
  const { userErrors } = await refusable(context, async (tx) => {
    const ended = SESSION_ID.test(sessionId) ? await end(tx, sessionId) : null;
    if (ended === null || ended.expiresAt <= context.now) {
      throw new Refusal([{ field: ['id'], code: 'NOT_FOUND', message: 'There is no open session with this id.' }]);
    }
    const account = await tx.manager.findOneBy(AccountEntity, { id: ended.accountId });
    const { createdAt, address, userAgent, revokedBecause } = ended;
    const session = { email: account?.email ?? null, createdAt, address, userAgent };
    await recordChange(context, tx, {
      action: 'update', entity: SESSION, entityId: sessionId, before: { ...session, endedBecause: null }, after: { ...session, endedBecause: revokedBecause },
    });
    return true;
  });
  context.sessions.forget(sessionId);
  return userErrors;
}
