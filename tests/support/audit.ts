import sql from 'sql-template-tag';
import type { TestApp } from './app.js';

/** One entry of the audit log, with the rows before and after as objects. */
export interface AuditEntry {
  action: string;
  entity: string;
  entityId: string;
  account: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** The audit log, oldest first. */
export async function auditLog({ database }: TestApp): Promise<AuditEntry[]> {
  const rows = await database.read(sql`select * from sw_audit_log order by id`);
  const parsed = (value: unknown) => (value === null ? null : (JSON.parse(value as string) as Record<string, unknown>));
  return rows.map((row) => ({
    action: String(row['action']),
    entity: String(row['entity']),
    entityId: String(row['entity_id']),
    account: row['account_email'] === null ? null : (row['account_email'] as string),
    before: parsed(row['before_json']),
    after: parsed(row['after_json']),
  }));
}
