import sql, { join } from 'sql-template-tag';
import { instantOrNull, number, numberOrNull, textOrNull } from '../../db/decode.js';
import { padded } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import { LICENSE } from '../license/entity.js';

/** Who changed a round last. The name of the account is looked up when asked for. */
export interface LastChangeModel {
  at: string;
  by: string | null;
  accountId: number | null;
}

/** Who changed rounds last and when, by id, as far as the audit log knows. */
export async function lastChanges(db: ScopedTables, ids: readonly number[]): Promise<Map<number, LastChangeModel>> {
  if (ids.length === 0) return new Map();
  const rows = await db.read(sql`
    select a.entity_id as id, a.at as at, a.account_id as account_id, a.account_email as email from ${db.table('audit', 'a')} where a.id in (
      select max(b.id) from ${db.table('audit', 'b')} where b.entity = ${LICENSE} and b.entity_id in (${join(padded(ids).map(String))}) group by b.entity_id)`);
  return new Map(rows.map((row) => [
    number(row, 'id'), { at: instantOrNull(row['at']) ?? '', by: textOrNull(row, 'email'), accountId: numberOrNull(row, 'account_id') },
  ]));
}
