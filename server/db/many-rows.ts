import { LRUCache } from 'lru-cache';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { SqlValue } from './dialect/dialect.js';
import type { JsonColumn } from './dialect/many-rows.js';
import type { ScopedTransaction } from './scoped.js';

/** Rows that were inserted by one statement: their ids follow each other. */
export interface Inserted {
  firstId: number;
  rows: number;
}

/**
 * Inserts up to a thousand rows in one statement: the least that a row can cost. What all of them share in further columns stands in the
 * text of the statement, which many statements have in common, instead of being sent with each row. Nothing that tells of a person belongs there.
 */
export async function insertRows(
  tx: ScopedTransaction, table: Sql, columns: readonly string[], rows: readonly (readonly (SqlValue | Uint8Array)[])[],
  shared: Readonly<Record<string, SqlValue>> = {},
): Promise<Inserted> {
  const marks = `(${[...Object.values(shared).map((value) => tx.dialect.literal(value)), ...columns.map(() => '?')].join(', ')})`;
  const names = [...Object.keys(shared), ...columns];
  const head = `insert into ${table.sql} (${names.join(', ')}) values `;
  // Whoever traces statements is told of one row, and of no value.
  const inserted = await tx.insert(insertText(head, marks, rows.length), cellsOf(rows, columns.length), `${head}(${names.map(() => '?').join(', ')})`);
  return { firstId: tx.dialect.firstIdOf(inserted, rows.length), rows: rows.length };
}

/** The cells of rows, one row after the other: `flat` takes several times as long. */
function cellsOf<T>(rows: readonly (readonly T[])[], width: number): T[] {
  const cells = new Array<T>(rows.length * width);
  let at = 0;
  for (const row of rows) for (const cell of row) cells[at++] = cell;
  return cells;
}

/** The texts of the latest inserts: many statements have one in common, and it is long. */
const insertTexts = new LRUCache<string, string>({ max: 20 });

function insertText(head: string, marks: string, rows: number): string {
  const key = `${rows} ${head}${marks}`;
  const text = insertTexts.get(key) ?? `${head}${`${marks}, `.repeat(rows - 1)}${marks}`;
  insertTexts.set(key, text);
  return text;
}

/** How far apart the ids are that one insert makes. */
export async function idStep({ manager, dialect }: ScopedTransaction): Promise<number> {
  const [row] = await manager.query<{ step: number }[]>(dialect.idStep.sql);
  return Number(row?.step ?? 1);
}

/** Sets columns of many rows, each to values of its own, in one statement. A row begins with its id. */
export async function updateRows(tx: ScopedTransaction, table: Sql, columns: readonly JsonColumn[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
  const source = tx.dialect.rowsOf(JSON.stringify(rows), [['id', 'whole'], ...columns]);
  const statement = tx.dialect.updateFrom(table, source, columns.map(([name]) => name));
  await run(tx, statement.sql, statement.values);
}

/** Deletes rows by id. */
export async function deleteRows(tx: ScopedTransaction, table: Sql, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await execute(tx, sql`delete from ${table} where id in (${join(ids)})`);
}

/** Runs a statement that changes rows; their number. */
export async function execute(tx: ScopedTransaction, statement: Sql): Promise<number> {
  return (await run(tx, statement.sql, statement.values)).affected ?? 0;
}

/** A table of ours as the target of a statement that writes. */
export function own(name: `sw_${string}`): Sql {
  return raw(name);
}

async function run({ manager }: ScopedTransaction, text: string, values: readonly unknown[]): Promise<{ raw: unknown; affected?: number | undefined }> {
  const runner = manager.queryRunner;
  if (runner === undefined) throw new Error('Rows are written inside a transaction.');
  return runner.query(text, [...values], true) as Promise<{ raw: unknown; affected?: number }>;
}
