import type { Sql } from 'sql-template-tag';
import type { DataSource, EntityManager, EntitySchema, MigrationInterface } from 'typeorm';
import type { Config } from '../../config.js';
import type { TableLocation } from '../tables.js';
import type { JsonColumn, ManyRows } from './many-rows.js';

export type SqlValue = string | number | null;
export type Row = Record<string, unknown>;

/** What went wrong in the database, in terms that the rest of the server understands. */
export type DatabaseFault = 'duplicate' | 'inUse' | 'readOnly' | 'unavailable' | 'full' | 'timeout' | 'other';

export interface ConnectOptions {
  config: Config;
  entities: EntitySchema[];
  migrations: (new () => MigrationInterface)[];
}

/** Connections of a pool: in use, at rest, and how much work waits for one. */
export interface PoolUse {
  busy: number;
  free: number;
  waiting: number;
}

/** Replicas that answer reads, and those that are left alone for a while since they were behind or away. */
export interface ReplicaUse {
  used: number;
  resting: number;
}

/** An open database: one path for writes and transactions, one for reads. */
export interface Connection {
  /** Migrations, and the transactions that write. */
  readonly writer: DataSource;
  /** How its pool is used at this moment; null: it has none. */
  poolUse(): PoolUse | null;
  /** How its replicas are used at this moment; null: it has none. */
  replicaUse(): ReplicaUse | null;
  /** One read outside a transaction, as a prepared statement, which the database itself cancels after so many seconds. */
  read(text: string, values: readonly SqlValue[], seconds: number): Promise<Row[]>;
  /** The same where it costs the writer least: a replica that has everything which was committed when this was asked for is as good. */
  readCurrent(text: string, values: readonly SqlValue[], seconds: number): Promise<Row[]>;
  /** The same inside a transaction of the writer: a prepared statement too, or fractions would lose their last digits in it. */
  readWithin(manager: EntityManager, text: string, values: readonly SqlValue[]): Promise<Row[]>;
  /** Inserts rows inside a transaction; what the driver says of them, for `firstIdOf`. Prepared where that is cheaper than writing the values into the text. */
  insertWithin(manager: EntityManager, text: string, values: readonly (SqlValue | Uint8Array)[]): Promise<unknown>;
  /** All of the work or none of it. Inserts that are not waited for reach the database before those ahead of them are done, where that is of use. */
  pipelined<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Runs work that writes; on a database with one writer, one at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work that no other instance on the same database does at the same time. */
  amongInstances<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work that only one instance does at a time; null at once when another does. The signal tells that this no longer holds. */
  whileAlone<T>(name: string, work: (lost: AbortSignal) => Promise<T>): Promise<{ result: T } | null>;
  close(): Promise<void>;
}

/** Every difference between the databases, each named by what it is for. */
export interface Dialect extends ManyRows {
  /** The system's name in traces, as OpenTelemetry's conventions have it. */
  readonly system: string;
  connect(options: ConnectOptions): Promise<Connection>;
  faultOf(error: unknown): DatabaseFault;
  /** Statement that creates a schema when it is absent; null where a schema is a file that is always there. */
  createSchema(schema: string): string | null;
  createTable(table: TableLocation, columns: readonly string[]): string;
  createIndex(table: TableLocation, name: string, columns: readonly string[]): string;
  /** Definition of a whole-number primary key `id` that the database counts up. */
  generatedKey(big: boolean): string;

  /** Rows `{ name }`: the columns of a table; none when the table does not exist. */
  columnsOf(schema: string | null, table: string): Sql;
  /** Rows `{ name, position, column_name }`: the indexes of a table with their columns in order. */
  indexColumnsOf(schema: string | null, table: string): Sql;

  /** True for a term without end: null, empty, `lifetime` or 9999-12-31. */
  hasNoEnd(endDate: Sql): Sql;
  /** A FLOAT amount times `factor`, as the nearest whole number; a half goes away from zero. */
  wholeUnits(amount: Sql, factor: Sql): Sql;
  /** The calendar day of a date and time that lies so many seconds later, comparable with a DATE. */
  dayOf(instant: Sql, shiftSeconds: number): Sql;
  /** A DATE so many days later, comparable with a DATE. */
  addDays(day: Sql, days: number): Sql;
  /** Days from one DATE to another: negative when `to` is earlier. */
  daysBetween(from: Sql, to: Sql): Sql;
  /** A whole quotient of two whole numbers, rounded half away from zero. */
  wholeQuotient(numerator: Sql, denominator: Sql): Sql;
  /** The month of a DATE as the number YYYYMM. */
  monthOf(day: Sql): Sql;
  /** Aggregate of a column of 32 bits: those that any row has. */
  unionOfBits(bits: string): Sql;
  /** A field of a JSON object that stands in a text, as the kind of value it is; null where it is null or absent. */
  jsonField(json: Sql, field: string, kind: 'text' | 'whole' | 'double' | 'day'): Sql;
  /** A whole number that stands in a text. */
  integerOf(text: Sql): Sql;
  /** A 64-bit or larger whole number as text, so that no digit is lost on the way out. */
  exactInteger(value: Sql): Sql;
  /** A text as the database should compare and order it: letter case ignored. */
  foldCase(text: Sql): Sql;
  /** A text compared letter by letter, case included. */
  exactText(text: Sql): Sql;
  /** Collation for texts of own tables that are compared with texts of the customer's; null where there is but one. */
  readonly textCollation: string | null;
  /** A text that can be listed with texts of other tables, whatever collations the tables were created with. */
  neutralText(text: Sql): Sql;
  /** The same for texts that are told apart letter by letter, such as hosts in lower case. */
  neutralExactText(text: Sql): Sql;
  /** The part of a text that stands before the first of a character; all of it where there is none. */
  before(text: Sql, character: string): Sql;
  /** A JSON list of whole numbers as a derived table `(id)`: more of them than a statement takes parameters. */
  numbersOf(json: string): Sql;
  /** A JSON list of lists as a derived table with these columns, in the order of the inner lists. */
  rowsOf(json: string, columns: readonly JsonColumn[]): Sql;
  /** The same, made once and with an index on the first column, a whole number that no two rows share: for joins to tens of thousands of rows. */
  keyedRowsOf(json: string, columns: readonly JsonColumn[]): Sql;
  /** Texts put together; null when one of them is. */
  concat(texts: readonly Sql[]): Sql;
  /** Something short that is equal only for equal texts: many texts are sorted and grouped faster by it. */
  shortKey(text: Sql): Sql;
  /** A number, or what is as cheap, that equal texts share and few others do: to look rows up by before the texts are compared. */
  roughKey(text: Sql): Sql;
  /** A value as text. */
  asText(value: Sql): Sql;
  /** A whole number to group all rows of a table by in the order they stand in: along an index on it each row would be looked up by itself. */
  inTableOrder(column: Sql): Sql;
  /** A join that reads what stands before it first. */
  readonly joinInOrder: Sql;
  /** End of an insert: where a row with the same `unique` columns is there, the `columns` of that row are set instead. */
  orUpdate(unique: readonly string[], columns: readonly string[]): Sql;
  /** The same with expressions, over the columns of that row and those that were given; each sees the row as it was if it stands before what it reads. */
  orChange(unique: readonly string[], changes: (given: (column: string) => Sql) => readonly (readonly [column: string, value: Sql])[]): Sql;
  /** Condition on rows of `t`, always true, by which statements over them are cancelled in time; null where the database has a clock. */
  readonly inTime: Sql | null;
  /** Locks the selected rows until the transaction ends; nothing where a writer is alone anyway. */
  readonly lockRows: Sql;
  /** At the end of a select inside a transaction: its rows stay as they are until it ends, and others may read and keep them too. */
  readonly keepRows: Sql;
}
