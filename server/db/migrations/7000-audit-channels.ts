import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const added = [
  new TableColumn({ name: 'via', type: 'varchar', length: '16', isNullable: true }),
  new TableColumn({ name: 'import_id', type: 'integer', isNullable: true }),
];
const indices = [
  new TableIndex({ name: 'ix_sw_audit_log_at', columnNames: ['at'] }),
  new TableIndex({ name: 'ix_sw_audit_log_import', columnNames: ['import_id'] }),
];

/** Through what a change came (an AuditChannel; null in older entries: not known), and the import it was part of. */
export class AuditChannels1763700007000 implements MigrationInterface {
  readonly name = 'AuditChannels1763700007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('sw_audit_log', added);
    await runner.createIndices('sw_audit_log', indices);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of indices) await runner.dropIndex('sw_audit_log', index);
    await runner.dropColumns('sw_audit_log', added);
  }
}
