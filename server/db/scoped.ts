import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { EntityManager } from 'typeorm';
import { seesEverything, visibleColumns, visibleWhen, type TableReferences } from '../auth/row-scope.js';
import type { RowScope } from '../auth/viewer.js';
import { unauthenticated } from '../errors.js';
import type { Database, Transaction } from './database.js';
import type { Dialect, Row, SqlValue } from './dialect/dialect.js';
import { scopedTables, tableReference, type ScopedTable } from './tables.js';

/** Stands in every statement that names a scoped table; `read` refuses a statement without it. */
const SCOPE_MARK = '/*scoped*/';

/** The tables as one viewer may see them. Statements are composed from here and run by whoever holds the connection. */
export interface ScopedTables {
  readonly dialect: Dialect;
  /** A table reference `… alias` that holds only the rows the viewer may see. Throws without a viewer. */
  table(name: ScopedTable, alias: string): Sql;
  /** A table of ours that holds nothing of any tenant, for every signed-in viewer. Throws without a viewer. */
  sharedTable(name: SharedTable, alias: string): Sql;
  /** Rows that others may be reading as well. */
  read<T extends Row = Row>(statement: Sql): Promise<readonly Readonly<T>[]>;
}

/** Own tables that hold nothing of any tenant. */
export type SharedTable =
  | 'sw_exchange_rates' | 'sw_price_list' | 'sw_sync_state' | 'sw_sync_runs' | 'sw_trial_history'
  | 'sw_import_jobs' | 'sw_import_chunks' | 'sw_import_batches' | 'sw_import_errors' | 'sw_import_progress' | 'sw_import_mappings'
  // Each account's own; `server/modules/embed/store.ts` reads no other's.
  | 'sw_embed_tokens'
  // Who was seen when, by the numbers of the users alone: `server/modules/activity` joins them to the users that the viewer may see.
  | 'sw_seen_days' | 'sw_user_activity';

/** Scoped reads and entity writes inside one transaction. */
export interface ScopedTransaction extends ScopedTables {
  readonly manager: EntityManager;
  /** Inserts rows into a table named by `writable` or one of ours; what the driver says of them. `told`: the statement as traces and metrics have it. */
  insert(text: string, values: readonly (SqlValue | Uint8Array)[], told?: string): Promise<unknown>;
  /** The name of a table to write many rows to. A viewer confined to a tenant has none: whatever rows they would be, nobody would have looked. */
  writable(name: ScopedTable): Sql;
}

/**
 * The only door from modules and reports to the tables. Table names come from `table()` alone, which adds the viewer's
 * row scope, so that no statement can be written without it.
 */
export class ScopedDatabase implements ScopedTables {
  private readonly references: TableReferences;

  constructor(
    private readonly database: Database,
    private readonly scope: RowScope | null,
    /** How long a statement outside a transaction may take. */
    private readonly statementSeconds: number = database.config.STATEMENT_TIMEOUT_SECONDS,
  ) {
    this.references = Object.fromEntries(
      scopedTables.map((table) => [table, tableReference(database.tables[table])]),
    ) as Record<ScopedTable, Sql>;
  }

  get dialect(): Dialect {
    return this.database.dialect;
  }

  table(name: ScopedTable, alias: string): Sql {
    if (this.scope === null) throw unauthenticated();
    const condition = visibleWhen(this.scope, name, this.references, this.dialect);
    const source = this.references[name];
    const conditions = [condition, this.dialect.inTime].filter((part) => part !== null);
    const rows = conditions.length === 0 ? source
      : sql`(select ${visibleColumns(this.scope, name, this.references, this.dialect)} from ${source} t where ${join(conditions, ' and ')})`;
    return sql`${rows} ${raw(SCOPE_MARK)} ${raw(alias)}`;
  }

  sharedTable(name: SharedTable, alias: string): Sql {
    if (this.scope === null) throw unauthenticated();
    return raw(`${name} ${SCOPE_MARK} ${alias}`);
  }

  async read<T extends Row = Row>(statement: Sql): Promise<readonly Readonly<T>[]> {
    return this.database.readCurrent<T>(this.checked(statement), this.statementSeconds);
  }

  /** All of the work or none of it, with the same scope inside. */
  transaction<T>(work: (transaction: ScopedTransaction) => Promise<T>): Promise<T> {
    return this.database.transaction((transaction) => work(this.inside(transaction)));
  }

  /** The same for many inserts that are not waited for one by one: only in here may statements be under way beside each other. */
  pipelined<T>(work: (transaction: ScopedTransaction) => Promise<T>): Promise<T> {
    return this.database.pipelined((transaction) => work(this.inside(transaction)));
  }

  private inside(transaction: Transaction): ScopedTransaction {
    return {
      dialect: this.dialect,
      manager: transaction.manager,
      insert: (text, values, told) => transaction.insert(text, values, told),
      table: (name, alias) => this.table(name, alias),
      sharedTable: (name, alias) => this.sharedTable(name, alias),
      read: (statement) => transaction.read(this.checked(statement)),
      writable: (name) => {
        if (this.scope === null || !seesEverything(this.scope)) throw unauthenticated();
        return this.references[name];
      },
    };
  }

  private checked(statement: Sql): Sql {
    if (this.scope === null) throw unauthenticated();
    if (!statement.sql.includes(SCOPE_MARK)) throw new Error('A statement names no scoped table.');
    return statement;
  }
}
