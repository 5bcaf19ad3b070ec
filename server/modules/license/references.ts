import sql, { join } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import { padded } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import { idOf } from '../change/checks.js';
import { licenseReferences, type LicenseDraft, type References } from './rules.js';

/** The rows that drafts refer to, as far as they exist within the viewer's scope: one statement a kind, however many drafts. */
export async function findReferences(db: ScopedTables, drafts: readonly LicenseDraft[]): Promise<References> {
  const found: Partial<Record<keyof References, Set<number>>> = {};
  for (const table of licenseReferences) found[table] = await existing(db, table, drafts.map((draft) => draft[`${table}Id`]));
  return found as References;
}

async function existing(db: ScopedTables, table: keyof References, named: readonly (string | number | null | undefined)[]): Promise<Set<number>> {
  const ids = new Set(named.map((id) => (id == null ? null : idOf(id))).filter((id) => id !== null));
  if (ids.size === 0) return new Set();
  const rows = await db.read(sql`select r.id as id from ${db.table(table, 'r')} where r.id in (${join(padded([...ids]))})`);
  return new Set(rows.map((row) => number(row, 'id')));
}
