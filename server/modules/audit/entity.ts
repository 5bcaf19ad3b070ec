import { EntitySchema } from 'typeorm';
import type { AuditChannel } from '../../graphql.generated.js';

/** One change of one row. */
export interface AuditRecord {
  id: number;
  at: Date;
  accountId: number | null;
  accountEmail: string | null;
  requestId: string;
  action: 'create' | 'update' | 'delete' | 'restore' | 'load' | 'sync';
  entity: string;
  entityId: string;
  beforeJson: string | null;
  afterJson: string | null;
  /** Null in entries from before channels were recorded. */
  via: AuditChannel | null;
  /** The import that the change was part of. */
  importId: number | null;
  /** The token that the change came with, as it was called then; null: a session, or Seatwise itself. */
  tokenId: number | null;
  tokenName: string | null;
}

export const AuditEntity = new EntitySchema<AuditRecord>({
  name: 'AuditEntry',
  tableName: 'sw_audit_log',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    at: { type: 'datetime', precision: 3 },
    accountId: { type: 'int', name: 'account_id', nullable: true },
    accountEmail: { type: 'varchar', length: 254, name: 'account_email', nullable: true },
    requestId: { type: 'varchar', length: 64, name: 'request_id' },
    action: { type: 'varchar', length: 16 },
    entity: { type: 'varchar', length: 32 },
    entityId: { type: 'varchar', length: 64, name: 'entity_id' },
    beforeJson: { type: 'text', name: 'before_json', nullable: true },
    afterJson: { type: 'text', name: 'after_json', nullable: true },
    via: { type: 'varchar', length: 16, nullable: true },
    importId: { type: 'int', name: 'import_id', nullable: true },
    tokenId: { type: 'int', name: 'token_id', nullable: true },
    tokenName: { type: 'varchar', length: 255, name: 'token_name', nullable: true },
  },
});
