import sql from 'sql-template-tag';
import { instantOrNull, number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { execute, insertRows, own } from '../../db/many-rows.js';
import type { ScopedTables, ScopedTransaction } from '../../db/scoped.js';
import type { ImportDateFormat, ImportNumberFormat, ImportSubject } from '../../graphql.generated.js';
import { storedAt } from './job-store.js';

/** What one column means, by its name. */
export interface MappingColumn {
  name: string;
  field: string;
  dateFormat: ImportDateFormat | null;
  numberFormat: ImportNumberFormat | null;
}

/** Columns and formats under a name. */
export interface MappingRow {
  id: number;
  subject: ImportSubject;
  name: string;
  savedAt: string;
  columns: MappingColumn[];
}

/** Saved mappings, by name. */
export async function readMappings(db: ScopedTables, subject: ImportSubject): Promise<MappingRow[]> {
  const rows = await db.read(sql`select m.* from ${db.sharedTable('sw_import_mappings', 'm')} where m.subject = ${subject} order by m.name, m.id`);
  return rows.map(decode);
}

/** One mapping; null when there is none. */
export async function readMapping(db: ScopedTables, id: number): Promise<MappingRow | null> {
  const [row] = await db.read(sql`select m.* from ${db.sharedTable('sw_import_mappings', 'm')} where m.id = ${id}`);
  return row === undefined ? null : decode(row);
}

/** Keeps a mapping in place of the one that has its name; its id. */
export async function replaceMapping(tx: ScopedTransaction, subject: ImportSubject, name: string, columns: readonly MappingColumn[], now: Date): Promise<number> {
  await execute(tx, sql`delete from sw_import_mappings where subject = ${subject} and name = ${name}`);
  const { firstId } = await insertRows(tx, own('sw_import_mappings'), ['subject', 'name', 'saved_at', 'columns_json'], [[subject, name, storedAt(now), JSON.stringify(columns)]]);
  return firstId;
}

export function deleteMapping(tx: ScopedTransaction, id: number): Promise<number> {
  return execute(tx, sql`delete from sw_import_mappings where id = ${id}`);
}

function decode(row: Row): MappingRow {
  return {
    id: number(row, 'id'), subject: text(row, 'subject') as ImportSubject, name: text(row, 'name'), savedAt: instantOrNull(row['saved_at']) ?? '',
    columns: JSON.parse(text(row, 'columns_json')) as MappingColumn[],
  };
}
