import sql, { bulk, empty, raw } from 'sql-template-tag';
import type { Transaction } from './database.js';
import type { Dialect, SqlValue } from './dialect/dialect.js';

const ROWS_PER_STATEMENT = 1000;
/** SQLite takes 32,766 parameters a statement. */
const MOST_PARAMETERS = 32_000;

interface Target {
  /** A table of ours. */
  table: string;
  columns: readonly string[];
  /** The columns by which a row is found again; none: rows are only added. */
  unique?: readonly string[];
  /** What is set where the row is there: all columns but the unique ones, unless named. */
  updated?: readonly string[];
}

/** Adds rows to a table of ours, or brings those that are there up to date, many to a statement. */
export async function upsert(
  transaction: Transaction,
  dialect: Dialect,
  { table, columns, unique = [], updated = columns.filter((column) => !unique.includes(column)) }: Target,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const size = Math.min(ROWS_PER_STATEMENT, Math.floor(MOST_PARAMETERS / columns.length));
  const ending = unique.length === 0 ? empty : dialect.orUpdate(unique, updated);
  for (let from = 0; from < rows.length; from += size) {
    const statement = sql`insert into ${raw(table)} (${raw(columns.join(', '))}) values ${bulk(rows.slice(from, from + size))} ${ending}`;
    await transaction.manager.query(statement.sql, statement.values);
  }
}
