import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

const table = { schema: null, name: 'sw_api_tokens' };

/** The token that a change came with, as it was called then; null: somebody was signed in, or Seatwise did it by itself. */
const audited = (collation: { collation?: string }) => [
  new TableColumn({ name: 'token_id', type: 'integer', isNullable: true }),
  new TableColumn({ name: 'token_name', type: 'varchar', length: '255', isNullable: true, ...collation }),
];

/** API tokens, stored as hashes, and the token in each entry of the audit log. */
export function createApiTokens(dialect: Dialect): new () => MigrationInterface {
  const { textCollation } = dialect;
  const text = (definition: string) => (textCollation === null ? definition : `${definition} collate ${textCollation}`);
  const added = audited(textCollation === null ? {} : { collation: textCollation });
  return class ApiTokens1763700010000 implements MigrationInterface {
    readonly name = 'ApiTokens1763700010000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(dialect.createTable(table, [
        dialect.generatedKey(false), 'account_id int not null', `${text('name varchar(100)')} not null`, 'token_hash varchar(64) not null',
        'ending varchar(4) not null', 'role varchar(16) not null', 'partner_id int null', 'company_id int null', 'permissions_json text null',
        'created_at datetime(3) not null', 'expires_at datetime(3) not null', 'revoked_at datetime(3) null',
        'last_used_at datetime(3) null', 'last_used_address varchar(64) null', 'constraint ux_sw_api_tokens_hash unique (token_hash)',
      ]));
      await runner.query(dialect.createIndex(table, 'ix_sw_api_tokens_account_id', ['account_id']));
      await runner.addColumns('sw_audit_log', added);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.dropColumns('sw_audit_log', added);
      await runner.query('drop table sw_api_tokens');
    }
  };
}
