import sql, { raw } from 'sql-template-tag';
import { In, IsNull, LessThan } from 'typeorm';
import { accountColumns, storedInstant } from '../auth/session-store.js';
import type { AccountRow } from '../auth/viewer.js';
import type { Database } from '../db/database.js';
import { instantOrNull, number, text } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { tableReference } from '../db/tables.js';
import { EmbedTokenEntity } from './entity.js';

/** An embed token that has neither ended nor been revoked, with the account that made it. */
export interface PresentedEmbedToken {
  id: number;
  grantJson: string;
  seal: string;
  expiresAt: Date;
  maker: AccountRow;
}

/** The token with this digest; null when there is none, or it has ended or was revoked. */
export async function presentedEmbedToken(database: Database, tokenHash: string, now: Date): Promise<PresentedEmbedToken | null> {
  const [row] = await database.read<AccountRow & Row>(sql`
    select ${accountColumns}, e.id as embed_id, e.grant_json as grant_json, e.seal as seal, e.expires_at as expires_at
    from sw_embed_tokens e join sw_accounts a on a.id = e.account_id
    where e.token_hash = ${tokenHash} and e.revoked_at is null and e.expires_at > ${storedInstant(now)}`);
  if (row === undefined) return null;
  const { accountId, email, displayName, role, partnerId, companyId, disabled } = row;
  return {
    id: number(row, 'embed_id'), grantJson: text(row, 'grant_json'), seal: text(row, 'seal'), expiresAt: new Date(instantOrNull(row['expires_at']) ?? 0),
    maker: { accountId, email, displayName, role, partnerId, companyId, disabled },
  };
}

/** True when the company is one of the partner's now. */
export async function isCompanyOf(database: Database, companyId: number, partnerId: number): Promise<boolean> {
  const rows = await database.read(sql`
    select 1 as found from ${tableReference(database.tables.company)} t where t.id = ${companyId} and t.partner_id = ${partnerId}`);
  return rows.length > 0;
}

const MINUTE_MS = 60_000;

/** Notes that a page shows the token, unless that was noted within the minute. */
export async function noteShown(database: Database, id: number, now: Date): Promise<void> {
  await database.transaction(async ({ manager }) => {
    const first = await manager.update(EmbedTokenEntity, { id, lastShownAt: IsNull() }, { lastShownAt: now });
    if (first.affected !== 1) await manager.update(EmbedTokenEntity, { id, lastShownAt: LessThan(new Date(now.getTime() - MINUTE_MS)) }, { lastShownAt: now });
  });
}

const DELETED_AT_ONCE = 500;
const WEEK_MS = 7 * 86_400_000;

/** Deletes tokens that ended more than a week ago, some at a time: pages that renew theirs every hour leave many. How many. */
export async function deleteEndedEmbedTokens(database: Database, now: Date): Promise<number> {
  // Looked up outside the transaction: a range in a delete would lock the gaps that new tokens are inserted into.
  const ended = await database.read<{ id: number }>(
    sql`select e.id as id from sw_embed_tokens e where e.expires_at < ${storedInstant(new Date(now.getTime() - WEEK_MS))} limit ${raw(String(DELETED_AT_ONCE))}`,
  );
  if (ended.length > 0) await database.transaction(({ manager }) => manager.delete(EmbedTokenEntity, { id: In(ended.map(({ id }) => id)) }));
  return ended.length;
}
