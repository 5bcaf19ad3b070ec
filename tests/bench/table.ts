import type { ScopedTable } from '../../server/db/tables.js';

export type Cell = string | number | null;

/** Rows of one table, made one by one: the log does not fit in memory. */
export interface Generated {
  table: ScopedTable;
  columns: readonly string[];
  count: number;
  rows: () => Iterable<readonly Cell[]>;
}

/** The day at which everything is judged; the log ends with it. */
export const AS_OF = '2026-06-30';

export const DAY_MS = 86_400_000;
/** Midnight of AS_OF. */
export const asOf = Date.parse(`${AS_OF}T00:00:00Z`);

/** The day that lies so many days after AS_OF. */
export const day = (offset: number): string => new Date(asOf + offset * DAY_MS).toISOString().slice(0, 10);

/** Rows that a function makes of their ids. The function is made anew for each pass, so that its chances repeat. */
export function table(name: ScopedTable, columns: readonly string[], count: number, maker: () => (id: number) => readonly Cell[]): Generated {
  return {
    table: name,
    columns,
    count,
    *rows() {
      const row = maker();
      for (let id = 1; id <= count; id += 1) yield row(id);
    },
  };
}
