import type { Context } from '../../context.js';
import type { AuditChannel } from '../../graphql.generated.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { AuditEntity, type AuditRecord } from './entity.js';

/** One change of one row, with its columns before and after. */
export interface Change {
  action: AuditRecord['action'];
  entity: string;
  entityId: number | string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Through what, where it is not what the request says of itself. */
  via?: AuditChannel;
}

/** Adds an entry to the audit log in the transaction of the change itself: there is never one without the other. */
export async function recordChange(context: Context, tx: ScopedTransaction, change: Change): Promise<void> {
  const { accountId, email } = context.signedIn();
  await tx.manager.insert(AuditEntity, {
    at: context.now,
    accountId,
    accountEmail: email,
    requestId: context.requestId,
    action: change.action,
    entity: change.entity,
    entityId: String(change.entityId),
    beforeJson: change.before === null ? null : JSON.stringify(change.before),
    via: change.via ?? context.channel,
    importId: null,
    afterJson: change.after === null ? null : JSON.stringify(change.after),
  });
}
