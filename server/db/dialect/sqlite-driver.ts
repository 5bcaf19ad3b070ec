import { raw, type Sql } from 'sql-template-tag';
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import type { Row } from './dialect.js';

type Bindable = string | number | bigint | null | Uint8Array;

const IN_TIME = 'sw_in_time';
const OVERDUE = 'The statement took longer than its limit';
/** SQLITE_INTERRUPT. */
export const INTERRUPTED = 9;
/** Rows that are read between two looks at the clock, less one: a power of two. A look at every row would take twice the time. */
const BETWEEN_LOOKS = 63;

/**
 * A condition on the rows of `t` that always holds. The module has neither an interrupt nor a progress handler, and a statement
 * holds up its thread, which for changes is the server's; so the statement itself looks at the clock as it reads, and fails when its time is over.
 */
export const rowsInTime: Sql = raw(`((t.rowid & ${BETWEEN_LOOKS}) <> 0 or ${IN_TIME}())`);

interface OpenOptions {
  readonly?: boolean;
  timeout?: number;
}

/**
 * The `node:sqlite` API in the shape that TypeORM's SQLite driver calls. Deferred transactions are opened IMMEDIATE: two
 * processes that read and then write would otherwise fail with BUSY_SNAPSHOT whatever the time-out.
 */
export class SqliteDriver {
  readonly #database: InstanceType<typeof DatabaseSync>;
  /** When the statement that runs now is to end, on the clock of `performance`. */
  #end = Infinity;
  #overdue = false;

  constructor(path: string, { readonly = false, timeout = 5000 }: OpenOptions = {}) {
    this.#database = new DatabaseSync(path, { readOnly: readonly, timeout });
    this.#database.function(IN_TIME, () => {
      this.#overdue ||= performance.now() > this.#end;
      if (this.#overdue) throw new Error(OVERDUE);
      return 1;
    });
  }

  /** Runs the work, one statement, and cancels it when it takes longer: see `rowsInTime`. */
  within<T>(seconds: number, work: () => T): T {
    this.#end = performance.now() + seconds * 1000;
    try {
      return work();
    } catch (error) {
      // The module makes an error of its own out of what a function throws.
      throw this.#overdue ? Object.assign(new Error(OVERDUE, { cause: error }), { errcode: INTERRUPTED }) : error;
    } finally {
      this.#end = Infinity;
      this.#overdue = false;
    }
  }

  prepare(text: string): SqliteStatement {
    return new SqliteStatement(this.#database.prepare(text === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : text));
  }

  /** Makes a file's tables known under the name of a schema. */
  attach(schema: string, file: string): void {
    this.prepare(`attach database ? as \`${schema}\``).run(file);
  }

  exec(text: string): void {
    this.#database.exec(text);
  }

  pragma(text: string): unknown[] {
    return this.#database.prepare(`PRAGMA ${text}`).all();
  }

  close(): void {
    this.#database.close();
  }
}

export class SqliteStatement {
  /** The columns of its rows, as it gave them last; none where it gives no rows. */
  names: readonly string[];
  readonly reader: boolean;
  readonly #statement: StatementSyncInstance;

  constructor(statement: StatementSyncInstance) {
    this.#statement = statement;
    this.names = this.#columns();
    this.reader = this.names.length > 0;
    statement.setReturnArrays(true);
  }

  all(...values: unknown[]): Row[] {
    const lists = this.lists(...values);
    return namedRows(this.names, lists);
  }

  /** Rows as lists of their values: the module gives them in half the time that it takes for objects. */
  lists(...values: unknown[]): unknown[][] {
    const lists = this.#statement.all(...values.map(bindable)) as unknown[][];
    // Another process may have changed the table since it was prepared.
    if (lists[0] !== undefined && lists[0].length !== this.names.length) this.names = this.#columns();
    return lists;
  }

  #columns(): string[] {
    return this.#statement.columns().map(({ name }) => name);
  }

  run(...values: unknown[]): { changes: number; lastInsertRowid: number | bigint } {
    return this.#statement.run(...values.map(bindable));
  }
}

/** Lists of values as rows. */
export function namedRows(names: readonly string[], lists: readonly (readonly unknown[])[]): Row[] {
  return lists.map((list) => {
    const row: Row = {};
    // Hundreds of thousands of values a second: counted, without an iterator.
    for (let index = 0; index < names.length; index += 1) row[names[index] ?? ''] = list[index];
    return row;
  });
}

/** A value as SQLite takes it. A Date would silently bind as null, so it is refused: callers pass text. */
function bindable(value: unknown): Bindable {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`SQLite cannot bind ${value instanceof Date ? 'a Date' : typeof value}`);
}
