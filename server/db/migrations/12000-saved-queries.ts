import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

const table = { schema: null, name: 'sw_saved_queries' };

/** Ad-hoc queries that people keep, and the ones they share. */
export function createSavedQueries(dialect: Dialect): new () => MigrationInterface {
  const { textCollation } = dialect;
  const text = (definition: string) => (textCollation === null ? definition : `${definition} collate ${textCollation}`);
  return class SavedQueries1763700012000 implements MigrationInterface {
    readonly name = 'SavedQueries1763700012000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(dialect.createTable(table, [
        dialect.generatedKey(false), 'owner_id int not null', `${text('name varchar(100)')} not null`, `${text('description varchar(300)')} null`,
        `${text('document text')} not null`, `${text('variables text')} null`, 'shared tinyint not null default 0', 'view varchar(8) not null',
        `${text('rows_path varchar(200)')} null`, `${text('chart_json text')} null`, 'created_at datetime(3) not null', 'changed_at datetime(3) not null',
      ]));
      await runner.query(dialect.createIndex(table, 'ix_sw_saved_queries_owner_id', ['owner_id']));
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`drop table ${table.name}`);
    }
  };
}
