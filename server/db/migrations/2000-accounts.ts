import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Accounts, their sessions, and the refresh tokens of each session (stored hashed). */
export class AccountTables1763700002000 implements MigrationInterface {
  readonly name = 'AccountTables1763700002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'sw_accounts',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'email', type: 'varchar', length: '254' },
          { name: 'display_name', type: 'varchar', length: '255' },
          { name: 'password_hash', type: 'varchar', length: '255' },
          { name: 'role', type: 'varchar', length: '16' },
          { name: 'partner_id', type: 'integer', isNullable: true },
          { name: 'company_id', type: 'integer', isNullable: true },
          { name: 'disabled', type: 'tinyint', default: 0 },
          { name: 'created_at', type: 'datetime', precision: 3 },
        ],
        indices: [new TableIndex({ name: 'ux_sw_accounts_email', columnNames: ['email'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'sw_sessions',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'account_id', type: 'integer' },
          { name: 'created_at', type: 'datetime', precision: 3 },
          { name: 'expires_at', type: 'datetime', precision: 3 },
          { name: 'revoked_at', type: 'datetime', precision: 3, isNullable: true },
          { name: 'revoked_because', type: 'varchar', length: '32', isNullable: true },
        ],
        indices: [new TableIndex({ name: 'ix_sw_sessions_account', columnNames: ['account_id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'sw_refresh_tokens',
        columns: [
          { name: 'token_hash', type: 'varchar', length: '64', isPrimary: true },
          { name: 'session_id', type: 'varchar', length: '36' },
          { name: 'created_at', type: 'datetime', precision: 3 },
          { name: 'used_at', type: 'datetime', precision: 3, isNullable: true },
        ],
        indices: [new TableIndex({ name: 'ix_sw_refresh_tokens_session', columnNames: ['session_id'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sw_refresh_tokens', 'sw_sessions', 'sw_accounts']) await runner.dropTable(table);
  }
}
