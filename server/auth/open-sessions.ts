import sql, { join, raw } from 'sql-template-tag';
import { IsNull, Not, type EntityManager } from 'typeorm';
import type { Database } from '../db/database.js';
import { instantOrNull, number, text, textOrNull } from '../db/decode.js';
import { padded } from '../db/page.js';
import { SessionEntity, type SessionRecord } from './entity.js';
import { isOpen, type RevocationReason } from './session-store.js';

/** A session as people see it: everything but what opens something. */
export interface OpenSession {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  address: string | null;
  userAgent: string | null;
}

/** A program that signs in at each call leaves thousands. */
const MOST_OF_AN_ACCOUNT = 100;

/** The open sessions of each account, the latest first. They belong to people, not to tenants, so no row scope applies: callers name the accounts. */
export async function openSessions(database: Database, accountIds: readonly number[], now: Date): Promise<OpenSession[][]> {
  const rows = await database.read(sql`
    select n.* from (
      select s.id as id, s.account_id as account_id, s.created_at as created_at, coalesce(s.last_used_at, s.created_at) as last_used_at,
        s.expires_at as expires_at, s.address as address, s.user_agent as user_agent,
        row_number() over (partition by s.account_id order by s.created_at desc, s.id) as position
      from sw_sessions s where s.account_id in (${join(padded(accountIds))}) and ${isOpen(now)}
    ) n where n.position <= ${raw(String(MOST_OF_AN_ACCOUNT))} order by n.account_id, n.position`);
  const byAccount = new Map<number, OpenSession[]>(accountIds.map((id) => [id, []]));
  for (const row of rows) {
    byAccount.get(number(row, 'account_id'))?.push({
      id: text(row, 'id'),
      createdAt: instantOrNull(row['created_at']) ?? '',
      lastUsedAt: instantOrNull(row['last_used_at']) ?? '',
      expiresAt: instantOrNull(row['expires_at']) ?? '',
      address: textOrNull(row, 'address'),
      userAgent: textOrNull(row, 'user_agent'),
    });
  }
  return accountIds.map((id) => byAccount.get(id) ?? []);
}

/** Ends all sessions of an account, but for one that may go on. How many ended. */
export async function endSessionsOf(
  manager: EntityManager,
  { accountId, but, reason }: { accountId: number; but?: string; reason: RevocationReason },
  now: Date,
): Promise<number> {
  const others = but === undefined ? {} : { id: Not(but) };
  const ended = await manager.update(SessionEntity, { accountId, revokedAt: IsNull(), ...others }, { revokedAt: now, revokedBecause: reason });
  return ended.affected ?? 0;
}

/** Ends one session, of the given account where one is given; null when there is no such session or it is over. */
export async function endSession(
  manager: EntityManager,
  session: { id: string; accountId?: number; reason: RevocationReason },
  now: Date,
): Promise<SessionRecord | null> {
  const { reason, ...which } = session;
  const ended = await manager.update(SessionEntity, { ...which, revokedAt: IsNull() }, { revokedAt: now, revokedBecause: reason });
  return ended.affected === 1 ? manager.findOneBy(SessionEntity, { id: session.id }) : null;
}
