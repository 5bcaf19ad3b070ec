import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

const table = { schema: null, name: 'sw_branding' };

/** How the portals of partners look: one row a partner that has a look of its own. */
export function createBranding(dialect: Dialect): new () => MigrationInterface {
  const { textCollation } = dialect;
  const text = (definition: string) => (textCollation === null ? definition : `${definition} collate ${textCollation}`);
  return class Branding1763700013000 implements MigrationInterface {
    readonly name = 'Branding1763700013000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(dialect.createTable(table, [
        'partner_id int not null primary key', `${text('display_name varchar(60)')} not null`, 'accent varchar(7) null',
        'logo_type varchar(4) null', 'logo_bytes int null', 'logo_sha256 varchar(64) null', 'logo mediumtext null',
      ]));
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`drop table ${table.name}`);
    }
  };
}
