import { channel } from 'node:diagnostics_channel';
import type { Sql } from 'sql-template-tag';
import type { DataSource, EntityManager } from 'typeorm';
import type { Config } from '../config.js';
import { DatabaseError } from '../errors.js';
import { isDriverError } from './dialect/driver-error.js';
import type { Connection, Dialect, PoolUse, ReplicaUse, Row, SqlValue } from './dialect/dialect.js';
import { mysqlDialect } from './dialect/mysql.js';
import { sqliteDialect } from './dialect/sqlite.js';
import { entities } from './entities.js';
import { existingTableMigrations, ownTableMigrations } from './migrations/index.js';
import { SharedReads } from './shared-reads.js';
import { tableMap, type TableMap } from './tables.js';

/** The channel of what is published after each statement. Metrics, traces and tests listen. */
export const STATEMENTS = 'seatwise:sql';

/** What is published of a statement. */
export interface StatementEvent {
  text: string;
  milliseconds: number;
}

const statements = channel(STATEMENTS);

/** Reads and writes inside one transaction. */
export interface Transaction {
  /** Rows of one statement, seen from inside the transaction. */
  read<T extends Row = Row>(statement: Sql): Promise<T[]>;
  /** Inserts rows; what the driver says of them. `told`: the statement as traces and metrics have it. */
  insert(text: string, values: readonly (SqlValue | Uint8Array)[], told?: string): Promise<unknown>;
  /** Inserts, updates and deletes of entities. */
  readonly manager: EntityManager;
}

function dialectFor(config: Config): Dialect {
  return config.DATABASE_URL === undefined ? sqliteDialect : mysqlDialect;
}

function connect(config: Config, dialect: Dialect): Promise<Connection> {
  const tables = tableMap(config);
  return dialect.connect({
    config,
    entities: entities(tables),
    migrations: [...existingTableMigrations(tables, dialect), ...ownTableMigrations(dialect)],
  });
}

/** The data source alone, for TypeORM's command line. */
export async function dataSourceFor(config: Config): Promise<DataSource> {
  return (await connect(config, dialectFor(config))).writer;
}

/**
 * The database without any row scope: for start-up, for sign-in, and as the ground of ScopedDatabase. Resolvers never
 * see it. Every failure comes out as DatabaseError, without SQL or addresses in its message.
 */
export class Database {
  private readonly shared = new SharedReads();

  private constructor(
    readonly dialect: Dialect,
    private readonly connection: Connection,
    readonly config: Config,
    /** Where every scoped table is. */
    public tables: TableMap,
  ) {}

  static async open(config: Config): Promise<Database> {
    const dialect = dialectFor(config);
    const database = new Database(dialect, await connect(config, dialect), config, tableMap(config));
    await database.locateTrials();
    return database;
  }

  /** How the pool of connections is used at this moment; null: there is none. */
  poolUse(): PoolUse | null {
    return this.connection.poolUse();
  }

  /** How its replicas are used at this moment; null: there are none. */
  replicaUse(): ReplicaUse | null {
    return this.connection.replicaUse();
  }

  /** Trials stand in the customer's table or, where there is none, in one of ours beside the other own tables. */
  private async locateTrials(): Promise<void> {
    const { trial } = tableMap(this.config);
    if (trial.schema === null) return;
    const found = await this.read(this.dialect.columnsOf(trial.schema, trial.name));
    this.tables = { ...this.tables, trial: found.length > 0 ? trial : { ...trial, schema: null } };
  }

  /** Rows of one statement outside any transaction. The database cancels it after so many seconds. */
  async read<T extends Row = Row>(statement: Sql, seconds: number = this.config.STATEMENT_TIMEOUT_SECONDS): Promise<T[]> {
    return (await this.observed(statement.sql, () =>
      this.connection.read(statement.sql, statement.values as SqlValue[], seconds),
    seconds)) as T[];
  }

  /** The same, from a replica where there is one that has everything by now; shared by those who ask it at the same time. */
  async readCurrent<T extends Row = Row>({ sql: text, values }: Sql, seconds: number): Promise<readonly Readonly<T>[]> {
    const question = { text, values: values as SqlValue[], seconds };
    const rows = await this.shared.read(question, () => this.observed(text, () => this.connection.readCurrent(text, question.values, seconds), seconds));
    return rows as readonly Readonly<T>[];
  }

  /** All of the work or none of it. */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.guarded(() => this.connection.exclusively(() => this.connection.writer.transaction((manager) => work(this.within(manager)))));
  }

  /** The same for many inserts that are not waited for one by one. */
  async pipelined<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.guarded(() => this.connection.exclusively(() => this.connection.pipelined((manager) => work(this.within(manager)))));
  }

  private within(manager: EntityManager): Transaction {
    return {
      manager,
      insert: (text, values, told = text) => this.observed(told, () => this.connection.insertWithin(manager, text, values)),
      read: async <T extends Row>(statement: Sql) =>
        (await this.observed(statement.sql, () => this.connection.readWithin(manager, statement.sql, statement.values as SqlValue[]))) as T[],
    };
  }

  /** Brings the tables up to date. Existing tables of the customer are left exactly as they are. */
  async migrate(): Promise<void> {
    await this.connection.amongInstances(() => this.connection.writer.runMigrations());
  }

  /** Runs work that only one instance does at a time; null at once when another does. The signal tells that this no longer holds. */
  whileAlone<T>(name: string, work: (lost: AbortSignal) => Promise<T>): Promise<{ result: T } | null> {
    return this.guarded(() => this.connection.whileAlone(name, work));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async observed<T>(text: string, work: () => Promise<T>, seconds?: number): Promise<T> {
    const started = performance.now();
    try {
      return await this.guarded(work, seconds);
    } finally {
      if (statements.hasSubscribers) {
        statements.publish({ text, milliseconds: performance.now() - started } satisfies StatementEvent);
      }
    }
  }

  private async guarded<T>(work: () => Promise<T>, seconds: number = this.config.STATEMENT_TIMEOUT_SECONDS): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const fault = this.dialect.faultOf(error);
      // Errors of our own (refusals inside a transaction) are not the database's.
      if (error instanceof DatabaseError || (fault === 'other' && !isDriverError(error))) throw error;
      throw new DatabaseError(fault, error, seconds);
    }
  }
}
