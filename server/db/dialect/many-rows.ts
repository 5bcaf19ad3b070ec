import sql, { join, raw, type Sql } from 'sql-template-tag';

/** A column of rows that come as JSON, with what it holds. */
export type JsonColumn = readonly [name: string, kind: 'whole' | 'double' | 'text' | 'instant'];

/** What differs between the databases where many rows are written at once. */
export interface ManyRows {
  /** Sets columns of `table` to those of the same name in the derived table `source`, where the ids are equal. */
  updateFrom(table: Sql, source: Sql, columns: readonly string[]): Sql;
  /** A value that stands in the text of a statement, whatever it holds: a text as its bytes. */
  literal(value: string | number | null): string;
  /** The id of the first row that an insert of so many made, from what the driver said. Ids of one insert are `idStep` apart. */
  firstIdOf(inserted: unknown, rows: number): number;
  /** Reads `{ step }`: how far apart the ids are that one insert makes. */
  readonly idStep: Sql;
  /** An amount as a FLOAT column gives it back. */
  floatOf(amount: number): number;
}

/** MariaDB and MySQL. */
export const mysqlManyRows: ManyRows = {
  updateFrom: (table, source, columns) => sql`
    update ${table} t join ${source} s on t.id = s.id set ${join(columns.map((column) => raw(`t.${column} = s.${column}`)))}`,
  literal: (value) => (typeof value === 'string' ? `_utf8mb4 x'${hex(value)}'` : String(value)),
  firstIdOf: (inserted) => Number((inserted as { insertId: number }).insertId),
  idStep: sql`select @@auto_increment_increment as step`,
  floatOf: Math.fround,
};

/** The embedded database: an insert tells its last id, and a FLOAT is a double. */
export const sqliteManyRows: ManyRows = {
  updateFrom: (table, source, columns) => sql`
    update ${table} as t set ${join(columns.map((column) => raw(`${column} = s.${column}`)))} from ${source} s where t.id = s.id`,
  literal: (value) => (typeof value === 'string' ? `cast(x'${hex(value)}' as text)` : String(value)),
  firstIdOf: (inserted, rows) => Number(inserted) - rows + 1,
  idStep: sql`select 1 as step`,
  floatOf: (amount) => amount,
};

const hex = (text: string): string => Buffer.from(text).toString('hex');
