import sql, { raw } from 'sql-template-tag';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { ExistingTable } from '../../db/tables.js';
import type { Faults } from './refusal.js';
import { Refusal } from './refusal.js';

/** NUL ends a text early on one database, half of a surrogate pair is stored as another character on both. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** A text of 1 to `maximum` characters, trimmed. */
export function checkText(faults: Faults, field: string, label: string, value: string | null | undefined, maximum: number): string {
  const text = (value ?? '').trim();
  if (UNSTORABLE.test(text)) faults.add(field, 'INVALID', `${label} holds a character that cannot be stored.`);
  else if (text === '') faults.add(field, 'REQUIRED', `${label} is required.`);
  else if ([...text].length > maximum) faults.add(field, 'TOO_LONG', `${label} has at most ${maximum} characters, not ${[...text].length}.`);
  return text;
}

/** True when a row with this id exists within the viewer's scope. */
export async function exists(tx: ScopedTransaction, table: ExistingTable, id: number): Promise<boolean> {
  const rows = await tx.read(sql`select 1 as found from ${tx.table(table, 'r')} where r.id = ${id}`);
  return rows.length > 0;
}

/** An id as a number; null when it is none that a row could have. */
export function idOf(id: string | number): number | null {
  return /^[1-9]\d{0,9}$/.test(String(id)) ? Number(id) : null;
}

/** An optional reference as a number; an id that is none or not in scope is a fault. */
export async function checkReference(
  tx: ScopedTransaction,
  faults: Faults,
  field: string,
  table: ExistingTable,
  id: string | number | null | undefined,
): Promise<number | null> {
  if (id == null) return null;
  const value = idOf(id);
  if (value === null || !(await exists(tx, table, value))) {
    faults.add(field, 'NOT_FOUND', `There is no ${table} with the id ${String(id).slice(0, 20)}.`);
    return null;
  }
  return value;
}

/** Refuses with IN_USE when rows of other tables refer to the row. `references` are (table, column) pairs. */
export async function refuseWhileReferenced(
  tx: ScopedTransaction,
  label: string,
  id: number,
  references: readonly (readonly [ExistingTable, string, string])[],
): Promise<void> {
  const used: string[] = [];
  for (const [table, column, what] of references) {
    const [row] = await tx.read(
      sql`select count(*) as n from ${tx.table(table, 'r')} where r.${raw(column)} = ${id}`,
    );
    const count = Number(row?.['n'] ?? 0);
    if (count > 0) used.push(`${count} ${what}`);
  }
  if (used.length === 0) return;
  throw new Refusal([{ field: ['id'], code: 'IN_USE', message: `The ${label} still has ${used.join(' and ')}. Move or delete them first.` }]);
}
