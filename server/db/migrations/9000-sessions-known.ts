import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const instant = (name: string) => new TableColumn({ name, type: 'datetime', precision: 3, isNullable: true });

const added: Readonly<Record<string, TableColumn[]>> = {
  // What people know a session by when they look for the one that is not theirs.
  sw_sessions: [
    new TableColumn({ name: 'address', type: 'varchar', length: '64', isNullable: true }),
    new TableColumn({ name: 'user_agent', type: 'varchar', length: '255', isNullable: true }),
    instant('last_used_at'),
  ],
  sw_accounts: [instant('last_sign_in_at'), instant('credentials_changed_at')],
};

/** Sessions that can be told apart, and accounts that remember when they were last used and given a password. */
export class SessionsKnown1763700009000 implements MigrationInterface {
  readonly name = 'SessionsKnown1763700009000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(added)) await runner.addColumns(table, columns);
    await runner.query('update sw_accounts set last_sign_in_at = (select max(s.created_at) from sw_sessions s where s.account_id = sw_accounts.id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(added)) await runner.dropColumns(table, columns);
  }
}
