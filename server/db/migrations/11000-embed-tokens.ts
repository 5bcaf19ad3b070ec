import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

const table = { schema: null, name: 'sw_embed_tokens' };

/** Tokens that show dashboards in other pages. The columns are what `server/embed/entity.ts` says. */
export function createEmbedTokens(dialect: Dialect): new () => MigrationInterface {
  const text = (definition: string) => (dialect.textCollation === null ? definition : `${definition} collate ${dialect.textCollation}`);
  return class EmbedTokens1763700011000 implements MigrationInterface {
    readonly name = 'EmbedTokens1763700011000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(dialect.createTable(table, [
        dialect.generatedKey(false), 'token_hash varchar(64) not null unique', `${text('name varchar(100)')} not null`, 'account_id int not null',
        `${text('grant_json mediumtext')} not null`, 'seal varchar(64) not null', 'created_at datetime(3) not null', 'expires_at datetime(3) not null',
        'revoked_at datetime(3) null', 'last_shown_at datetime(3) null',
      ]));
      await runner.query(dialect.createIndex(table, 'ix_sw_embed_tokens_account', ['account_id']));
      await runner.query(dialect.createIndex(table, 'ix_sw_embed_tokens_expires', ['expires_at']));
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query('drop table sw_embed_tokens');
    }
  };
}
