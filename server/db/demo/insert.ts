import sql, { bulk, raw, type Sql } from 'sql-template-tag';
import type { Transaction } from '../database.js';
import type { SqlValue } from '../dialect/dialect.js';

/** Called after each step of a long piece of work. */
export type Progress = (step: string, done: number, total: number) => void;

/** Rows for one table. */
export interface Filling {
  step: string;
  table: Sql;
  columns: string[];
  rows: SqlValue[][];
}

const ROWS_PER_STATEMENT = 1000;
/** SQLite takes 32,766 parameters a statement. */
const MOST_PARAMETERS = 32_000;

/** Adds rows to a table, many to a statement. The columns are names of ours, the values are parameters. */
export async function insertRows(
  transaction: Transaction,
  table: Sql,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  report: (done: number) => void,
): Promise<void> {
  const names = raw(columns.map((column) => `\`${column}\``).join(', '));
  const size = Math.min(ROWS_PER_STATEMENT, Math.floor(MOST_PARAMETERS / columns.length));
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    const statement = sql`insert into ${table} (${names}) values ${bulk(part)}`;
    await transaction.manager.query(statement.sql, statement.values);
    report(from + part.length);
  }
}
