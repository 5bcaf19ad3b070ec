import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';
import type { TableMap } from '../tables.js';

const columns = [
  'product_slug varchar(255) not null', 'site_url varchar(500) not null', 'name varchar(255) null', 'email varchar(255) null',
  'license_key varchar(255) null', 'expiration_date datetime null', 'grace_period_date datetime null', 'status varchar(32) null',
  'is_active tinyint not null default 1', 'is_fluent_license_check tinyint not null default 0', 'premium_license_id varchar(255) null',
  'last_checked_in_at datetime null', 'created_at datetime null', 'updated_at datetime null',
];

/** Creates the table of trials where the customer has none. It is found again by `locateTrials`. */
export function createTrials(tables: TableMap, dialect: Dialect): new () => MigrationInterface {
  return class Trials1763700006000 implements MigrationInterface {
    readonly name = 'Trials1763700006000';

    async up(runner: QueryRunner): Promise<void> {
      const location = tables.trial;
      const found = dialect.columnsOf(location.schema, location.name);
      if (((await runner.query(found.sql, found.values)) as unknown[]).length > 0) return;
      // Beside our own tables: in the customer's schema we may have no right to create any.
      const ours = { schema: null, name: location.name };
      await runner.query(dialect.createTable(ours, [dialect.generatedKey(false), ...columns]));
      await runner.query(dialect.createIndex(ours, `ix_${ours.name}_license_key`, ['license_key']));
    }

    /** Trials are data: nothing of ours drops them. */
    async down(): Promise<void> {}
  };
}
