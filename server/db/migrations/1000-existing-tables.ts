import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';
import { existingTables, type ExistingTable, type TableMap } from '../tables.js';

interface Shape {
  /** Column definitions after the id, in words that both databases take. */
  columns: string[];
  indexes: string[][];
  bigId?: boolean;
}

/** The existing tables as found in the field. */
const shapes: Record<ExistingTable, Shape> = {
  partner: { columns: ['partner_name varchar(255) not null'], indexes: [] },
  company: {
    columns: ['company_name varchar(255) not null', 'active tinyint not null default 1', 'partner_id int null'],
    indexes: [['partner_id']],
  },
  product: { columns: ['code varchar(10) not null', 'label varchar(255) not null'], indexes: [] },
  license: {
    columns: [
      'company_id int null', 'partner_id int null', 'product_code_id int not null', 'start_date date not null',
      'end_date date null', 'number_of_licenses int not null', 'cost_per_license float not null',
      'total_cost float not null', 'currency varchar(3) not null', 'status varchar(10) not null',
    ],
    indexes: [['company_id'], ['partner_id']],
  },
  user: {
    columns: [
      'company_id int null', 'partner_id int null', 'active tinyint not null default 1', 'first_name varchar(255) null',
      'last_name varchar(255) null', 'email varchar(255) null',
    ],
    indexes: [['company_id'], ['partner_id']],
  },
  activity: {
    bigId: true,
    columns: [
      'user_id int null', '`timestamp` datetime not null', 'action varchar(64) null', 'status varchar(32) null',
      'notes text null', 'session_id varchar(64) null', 'waypoint_id int null', 'dma_id int null',
    ],
    indexes: [['user_id', 'timestamp']],
  },
};

/**
 * Creates the existing tables on a database that has none of them, so that a fresh start and a customer's database run
 * the same code. Where even one is there the database is a customer's: nothing is created, and the start-up check names
 * what is missing.
 */
export function createExistingTables(tables: TableMap, dialect: Dialect): new () => MigrationInterface {
  return class ExistingTables1763700001000 implements MigrationInterface {
    readonly name = 'ExistingTables1763700001000';

    async up(runner: QueryRunner): Promise<void> {
      for (const table of existingTables) {
        const columns = dialect.columnsOf(tables[table].schema, tables[table].name);
        const found = (await runner.query(columns.sql, columns.values)) as unknown[];
        if (found.length > 0) return;
      }
      for (const table of existingTables) await create(runner, dialect, tables, table);
    }

    /** Existing tables hold a customer's data: nothing of ours drops them. */
    async down(): Promise<void> {}
  };
}

async function create(runner: QueryRunner, dialect: Dialect, tables: TableMap, table: ExistingTable): Promise<void> {
  const location = tables[table];
  const { columns, indexes, bigId = false } = shapes[table];
  const createSchema = location.schema === null ? null : dialect.createSchema(location.schema);
  if (createSchema !== null) await runner.query(createSchema);
  await runner.query(dialect.createTable(location, [dialect.generatedKey(bigId), ...columns]));
  for (const columnNames of indexes) {
    await runner.query(dialect.createIndex(location, `ix_${location.name}_${columnNames.join('_')}`, columnNames));
  }
}
