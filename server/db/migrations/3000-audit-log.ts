import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who changed what, when, and from what to what. Rows are only ever added. */
export class AuditLog1763700003000 implements MigrationInterface {
  readonly name = 'AuditLog1763700003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'sw_audit_log',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'at', type: 'datetime', precision: 3 },
          { name: 'account_id', type: 'integer', isNullable: true },
          { name: 'account_email', type: 'varchar', length: '254', isNullable: true },
          { name: 'request_id', type: 'varchar', length: '64' },
          { name: 'action', type: 'varchar', length: '16' },
          { name: 'entity', type: 'varchar', length: '32' },
          { name: 'entity_id', type: 'varchar', length: '64' },
          { name: 'before_json', type: 'text', isNullable: true },
          { name: 'after_json', type: 'text', isNullable: true },
        ],
        indices: [new TableIndex({ name: 'ix_sw_audit_log_entity', columnNames: ['entity', 'entity_id'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sw_audit_log');
  }
}
