import sql, { join } from 'sql-template-tag';
import { In } from 'typeorm';
import { AccountEntity } from '../../auth/entity.js';
import { instantOrNull, number, numberOrNull, textOrNull } from '../../db/decode.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { LastChange } from '../../graphql.generated.js';
import { LICENSE } from '../license/entity.js';

/** Who changed rounds last and when, by id, as far as the audit log knows. */
export async function lastChanges(tx: ScopedTransaction, ids: readonly number[]): Promise<Map<number, LastChange>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.read(sql`
    select a.entity_id as id, a.at as at, a.account_id as account_id, a.account_email as email from ${tx.table('audit', 'a')} where a.id in (
      select max(b.id) from ${tx.table('audit', 'b')} where b.entity = ${LICENSE} and b.entity_id in (${join(ids.map(String))}) group by b.entity_id)`);
  const names = await namesOf(tx, rows.map((row) => numberOrNull(row, 'account_id')));
  return new Map(rows.map((row) => [
    number(row, 'id'),
    { at: instantOrNull(row['at']) ?? '', by: textOrNull(row, 'email'), byName: names.get(numberOrNull(row, 'account_id')) ?? null },
  ]));
}

async function namesOf({ manager }: ScopedTransaction, ids: readonly (number | null)[]): Promise<Map<number | null, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const accounts = known.length === 0 ? [] : await manager.find(AccountEntity, { select: { id: true, displayName: true }, where: { id: In(known) } });
  return new Map(accounts.map(({ id, displayName }) => [id, displayName]));
}
