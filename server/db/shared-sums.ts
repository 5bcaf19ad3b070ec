import sql, { join, raw, type Sql } from 'sql-template-tag';
import { number } from './decode.js';
import type { ScopedTables } from './scoped.js';

/** Whole numbers by a key, which is one too, for several statements of a request to read. */
export interface SharedSums {
  /** A derived table (key, …columns): next to no work to read again. */
  table: Sql;
  /** A column added up over all keys. */
  total: (column: string) => Promise<number>;
}

/** As many keys as are held: two or three megabytes as JSON, and some tens while they are read. */
const MOST_KEYS = 100_000;

/**
 * What the parts add up to by their key: each is a statement for rows (key, …columns) without nulls, a key in one row, and the database works
 * on them side by side. They are read here and now; where the keys are too many to be held, the table is the parts themselves.
 */
export async function sharedSums(db: ScopedTables, key: string, columns: readonly string[], parts: readonly Sql[], most = MOST_KEYS): Promise<SharedSums> {
  const read = await Promise.all(parts.map((part) => db.read(sql`select * from (${part}) s limit ${raw(String(most + 1))}`)));
  const places = columns.map((column, index) => [index + 1, column] as const);
  const none = columns.map(() => 0);
  // One array a key, and nothing else made for each row: there are tens of thousands.
  const sums = new Map<number, number[]>();
  for (const rows of read) {
    for (const row of rows) {
      const value = number(row, key);
      let sum = sums.get(value);
      if (sum === undefined) sums.set(value, (sum = [value, ...none]));
      for (const [index, column] of places) sum[index] = (sum[index] ?? 0) + number(row, column);
    }
  }
  if (sums.size > most) return unheld(db, key, columns, parts);
  const rows = [...sums.values()];
  return {
    table: db.dialect.keyedRowsOf(JSON.stringify(rows), [key, ...columns].map((column) => [column, 'whole'] as const)),
    total: async (column) => rows.reduce((total, row) => total + (row[columns.indexOf(column) + 1] ?? 0), 0),
  };
}

/** The same from the parts, worked out whenever it is read. */
function unheld(db: ScopedTables, key: string, columns: readonly string[], parts: readonly Sql[]): SharedSums {
  const [by, added] = [raw(`s.${key}`), raw(columns.map((column) => `sum(s.${column}) as ${column}`).join(', '))];
  const table = sql`(select ${by} as ${raw(key)}, ${added} from (${join(parts, ' union all ')}) s group by ${by})`;
  return {
    table,
    total: async (column) => {
      const halves = await db.read(sql`select k.half as half, sum(k.counted) as counted from (
        select case when ${by} < 0 then 0 else 1 end as half, s.${raw(column)} as counted from ${table} s) k group by k.half`);
      return halves.reduce((total, row) => total + number(row, 'counted'), 0);
    },
  };
}
