import sql, { join, raw, type Sql } from 'sql-template-tag';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { Database } from '../db/database.js';
import { padded } from '../db/page.js';
import { AccountEntity, RefreshTokenEntity, SessionEntity } from './entity.js';
import type { AccountRow } from './viewer.js';

/** Why a session was ended before its time. */
export type RevocationReason =
  | 'signed-out' | 'refresh-token-reused' | 'ended-by-owner' | 'ended-by-administrator' | 'password-changed' | 'account-changed';

/** An account with what its password is checked against. */
export type CredentialRow = AccountRow & { passwordHash: string };

/** The session and account of a refresh token; `sessionOpen` is 0 or 1, `usedAt` is null when the token has not been used yet. */
export type PresentedToken = AccountRow & { sessionId: string; expiresAt: Date; usedAt: Date | null; sessionOpen: number };

/**
 * So long a used token still gets a successor: a page that was left while it renewed its session never saw the first one. The usual leeway
 * of rotating tokens; a copy that turns up later ends the session.
 */
const REUSE_LEEWAY_MS = 10_000;

/** Columns of accounts called `a`, under the names of AccountRow. */
export const accountColumns = sql`a.id as accountId, a.email as email, a.display_name as displayName, a.role as role,
  a.partner_id as partnerId, a.company_id as companyId, a.disabled as disabled`;

/**
 * The account with exactly this e-mail, in lower case. Compared again here: the database's collation also lets accents
 * and trailing blanks pass as equal, and each such spelling would have a budget of guesses of its own.
 */
export async function accountByEmail(database: Database, email: string): Promise<CredentialRow | null> {
  const rows = await database.read<CredentialRow>(
    sql`select ${accountColumns}, a.password_hash as passwordHash from sw_accounts a where a.email = ${email}`,
  );
  return rows.find((row) => row.email === email) ?? null;
}

/** A session, and the account that it is said to be of. */
export interface SessionOfAccount {
  sessionId: string;
  accountId: number;
}

/** The accounts of sessions that are open now; null where the session is not, or belongs to another account. */
export async function accountsOfSessions(database: Database, sessions: readonly SessionOfAccount[], now: Date): Promise<(AccountRow | null)[]> {
  const rows = await database.read<AccountRow & { sessionId: string }>(sql`
    select ${accountColumns}, s.id as sessionId from sw_sessions s join sw_accounts a on a.id = s.account_id
    where s.id in (${join(padded(sessions.map(({ sessionId }) => sessionId)))}) and ${isOpen(now)}`);
  const accounts = new Map(rows.map((row) => [row.sessionId, row]));
  return sessions.map(({ sessionId, accountId }) => {
    const account = accounts.get(sessionId);
    return account?.accountId === accountId ? account : null;
  });
}

/** What is known about a refresh token; null when it was never issued. */
export async function presentedToken(database: Database, tokenHash: string, now: Date): Promise<PresentedToken | null> {
  const [row] = await database.read<Omit<PresentedToken, 'expiresAt' | 'usedAt'> & { expiresAt: unknown; usedAt: unknown }>(sql`
    select ${accountColumns}, s.id as sessionId, s.expires_at as expiresAt, r.used_at as usedAt,
      (case when ${isOpen(now)} then 1 else 0 end) as sessionOpen
    from sw_refresh_tokens r join sw_sessions s on s.id = r.session_id join sw_accounts a on a.id = s.account_id
    where r.token_hash = ${tokenHash}`);
  return row === undefined ? null : { ...row, expiresAt: instantOf(row.expiresAt), usedAt: row.usedAt === null ? null : instantOf(row.usedAt) };
}

/** A session that is about to begin; `passwordHash` is what the password was checked against. */
export interface NewSession {
  sessionId: string;
  accountId: number;
  passwordHash: string;
  tokenHash: string;
  expiresAt: Date;
  address: string;
  userAgent: string | null;
}

/**
 * Opens a session with its first refresh token. False when the account was switched off or got another password while this
 * one was being checked: the sessions that ended with it must not be followed by one more.
 */
export async function openSession(database: Database, session: NewSession, now: Date): Promise<boolean> {
  return database.transaction(async ({ manager }) => {
    const { sessionId, accountId, passwordHash, expiresAt, tokenHash, address, userAgent } = session;
    const known = await manager.update(AccountEntity, { id: accountId, passwordHash, disabled: 0 }, { lastSignInAt: now });
    if (known.affected !== 1) return false;
    await manager.insert(SessionEntity, { id: sessionId, accountId, createdAt: now, expiresAt, address, userAgent });
    await manager.insert(RefreshTokenEntity, { tokenHash, sessionId, createdAt: now, usedAt: null });
    return true;
  });
}

/**
 * Exchanges a refresh token for the next. False when it was used longer ago than the leeway; then the session is over. Uses at the same
 * time are within it, whichever is first, so nothing needs to be decided between them.
 */
export async function rotateToken(
  database: Database,
  token: { sessionId: string; tokenHash: string; usedAt: Date | null; nextHash: string },
  now: Date,
): Promise<boolean> {
  const { sessionId, tokenHash, usedAt, nextHash } = token;
  if (usedAt !== null && now.getTime() - usedAt.getTime() > REUSE_LEEWAY_MS) {
    await revokeSession(database, sessionId, 'refresh-token-reused', now);
    return false;
  }
  await database.transaction(async ({ manager }) => {
    await manager.update(RefreshTokenEntity, { tokenHash, usedAt: IsNull() }, { usedAt: now });
    await manager.insert(RefreshTokenEntity, { tokenHash: nextHash, sessionId, createdAt: now, usedAt: null });
    await manager.update(SessionEntity, { id: sessionId }, { lastUsedAt: now });
  });
  return true;
}

/** Ends a session for good; the first reason stays. */
export async function revokeSession(database: Database, sessionId: string, reason: RevocationReason, now: Date): Promise<void> {
  await database.transaction(({ manager }) => revoke(manager, sessionId, reason, now));
}

async function revoke(manager: EntityManager, sessionId: string, reason: RevocationReason, now: Date): Promise<void> {
  await manager.update(SessionEntity, { id: sessionId, revokedAt: IsNull() }, { revokedAt: now, revokedBecause: reason });
}

const DELETED_AT_ONCE = 500;

/** Deletes sessions that expired before `now`, with their tokens, some at a time. How many: call again until it is 0. */
export async function deleteExpiredSessions(database: Database, now: Date): Promise<number> {
  // Looked up outside the transaction: a range in a delete would lock the gaps that new sign-ins insert into.
  const expired = await database.read<{ id: string }>(
    sql`select s.id as id from sw_sessions s where s.expires_at <= ${storedInstant(now)} limit ${raw(String(DELETED_AT_ONCE))}`,
  );
  if (expired.length === 0) return 0;
  const ids = In(expired.map(({ id }) => id));
  await database.transaction(async ({ manager }) => {
    await manager.delete(RefreshTokenEntity, { sessionId: ids });
    await manager.delete(SessionEntity, { id: ids });
  });
  return expired.length;
}

/** The session of alias `s` has neither ended nor expired. */
export function isOpen(now: Date): Sql {
  return sql`(s.revoked_at is null and s.expires_at > ${storedInstant(now)})`;
}

/** An instant as both databases compare it with the column: UTC text with milliseconds. */
export function storedInstant(instant: Date): string {
  return instant.toISOString().slice(0, -1).replace('T', ' ');
}

/** The column as the driver returns it: a Date, or on SQLite the text of `storedInstant`. */
function instantOf(stored: unknown): Date {
  return stored instanceof Date ? stored : new Date(`${String(stored).replace(' ', 'T')}Z`);
}
