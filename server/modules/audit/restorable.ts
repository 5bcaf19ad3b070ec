import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number } from '../../db/decode.js';
import { padded } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { AuditEntryRow } from './entry.js';

/** What can be brought back, by its name in the log, and the table that it came from. */
const restorable = { License: 'license', Company: 'company', Partner: 'partner', Product: 'product' } as const;
const tables = Object.entries(restorable) as [keyof typeof restorable, (typeof restorable)[keyof typeof restorable]][];

/** Entry `a` is the last word on something that is gone and could be brought back. */
export function isRestorable(db: ScopedTables): Sql {
  const still = tables.map(([entity, table]) => sql`
    (a.entity = ${entity} and not exists (select 1 from ${db.table(table, 'r')} where r.id = ${db.dialect.integerOf(raw('a.entity_id'))}))`);
  return sql`a.action = 'delete' and a.before_json is not null and (${join(still, ' or ')}) and not exists (
    select 1 from ${db.table('audit', 'b')} where b.entity = a.entity and b.entity_id = a.entity_id and b.id > a.id)`;
}

/** Whether an entry can be undone by restoring; all entries of a page share the statement. */
export function loadRestorable(context: Context, { id, action, entity, before }: AuditEntryRow): boolean | Promise<boolean> {
  if (action !== 'DELETE' || before === null || !Object.hasOwn(restorable, entity)) return false;
  return context.loaders.load('restorable', id, (ids) => areRestorable(context, ids));
}

async function areRestorable({ db }: Context, ids: readonly number[]): Promise<boolean[]> {
  const rows = await db.read(sql`select a.id as id from ${db.table('audit', 'a')} where a.id in (${join(padded(ids))}) and ${isRestorable(db)}`);
  const found = new Set(rows.map((row) => number(row, 'id')));
  return ids.map((id) => found.has(id));
}
