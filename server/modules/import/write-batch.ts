import sql, { join } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import { insertRows, updateRows, type Inserted } from '../../db/many-rows.js';
import { padded } from '../../db/page.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { recordImported, type ImportedBy, type ImportedChange } from '../audit/many.js';
import { changedColumns, recorded, type ImportTable, type StagedRow, type Value } from './subjects/table.js';

/** A row that an import wrote, with its id. */
export interface WrittenRow extends StagedRow {
  id: number;
  created: boolean;
}

/** The stored values of rows, which stay as they are until the transaction ends. */
export async function lockRows(tx: ScopedTransaction, { select, table, values }: ImportTable, ids: readonly number[]): Promise<Map<number, Value[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.read(sql`select ${select} from ${tx.table(table, 'x')} where x.id in (${join(padded(ids))}) ${tx.dialect.lockRows}`);
  return new Map(rows.map((row) => [number(row, 'id'), values(row)]));
}

/** Inserts the new rows of a batch; null when there are none. */
export async function insertNew(tx: ScopedTransaction, table: ImportTable, rows: readonly StagedRow[]): Promise<Inserted | null> {
  const created = rows.filter(({ id }) => id === null);
  if (created.length === 0) return null;
  return insertRows(tx, tx.writable(table.table), table.columns.map(([name]) => name), created.map(({ after }) => after));
}

/** Gives rows that are there their new values. Only columns that differ are set: rows that differ in the same ones share a statement. */
export async function changeRows(tx: ScopedTransaction, table: ImportTable, rows: readonly { id: number; from: readonly Value[]; to: readonly Value[] }[]): Promise<void> {
  const groups = new Map<string, { columns: number[]; rows: Value[][] }>();
  for (const { id, from, to } of rows) {
    const changed = changedColumns(table, from, to);
    const key = changed.join();
    const group = groups.get(key) ?? { columns: changed, rows: [] };
    groups.set(key, group);
    group.rows.push([id, ...changed.map((index) => to[index] ?? null)]);
  }
  for (const { columns, rows: changed } of groups.values()) {
    const named = columns.flatMap((index) => { const column = table.columns[index]; return column === undefined ? [] : [column]; });
    if (named.length > 0) await updateRows(tx, tx.writable(table.table), named, changed);
  }
}

/** The rows of a batch with the ids that they have or got. */
export function withIds(rows: readonly StagedRow[], firstId: number | null, idStep: number): WrittenRow[] {
  let created = 0;
  return rows.map((row) => (row.id === null ? { ...row, id: (firstId ?? 0) + created++ * idStep, created: true } : { ...row, id: row.id, created: false }));
}

/** The entries of the audit log for rows that an import wrote or, `back`, took back. */
export async function recordRows(tx: ScopedTransaction, by: ImportedBy, table: ImportTable, rows: readonly WrittenRow[], back = false): Promise<void> {
  await recordImported(tx, by, table.entity, rows.map(({ id, before, after }): ImportedChange => {
    const [was, is] = [before === null ? null : shown(tx, table, id, before), shown(tx, table, id, after)];
    return back ? { id, before: is, after: was } : { id, before: was, after: is };
  }));
}

/** As reading the row gives it: amounts as the FLOAT columns hold them. */
function shown(tx: ScopedTransaction, table: ImportTable, id: number, values: readonly Value[]): Record<string, Value> {
  const stored = values.map((value, index) => (value !== null && table.columns[index]?.[1] === 'double' ? tx.dialect.floatOf(Number(value)) : value));
  return recorded(table, id, stored);
}
