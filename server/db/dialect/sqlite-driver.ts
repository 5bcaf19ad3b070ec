import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';

type Bindable = string | number | bigint | null | Uint8Array;

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

  constructor(path: string, { readonly = false, timeout = 5000 }: OpenOptions = {}) {
    this.#database = new DatabaseSync(path, { readOnly: readonly, timeout });
  }

  prepare(text: string): SqliteStatement {
    return new SqliteStatement(this.#database.prepare(text === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : text));
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
  readonly reader: boolean;
  readonly #statement: StatementSyncInstance;

  constructor(statement: StatementSyncInstance) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(...values: unknown[]): Record<string, unknown>[] {
    return this.#statement.all(...values.map(bindable)) as Record<string, unknown>[];
  }

  run(...values: unknown[]): { changes: number; lastInsertRowid: number | bigint } {
    return this.#statement.run(...values.map(bindable));
  }
}

/** A value as SQLite takes it. A Date would silently bind as null, so it is refused: callers pass text. */
function bindable(value: unknown): Bindable {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`SQLite cannot bind ${value instanceof Date ? 'a Date' : typeof value}`);
}
