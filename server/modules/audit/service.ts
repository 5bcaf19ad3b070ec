import type { Context } from '../../context.js';
import type { AuditChannel } from '../../graphql.generated.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { AuditEntity, type AuditRecord } from './entity.js';
import { recordedToken } from './token.js';

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

/** Entries of one statement: far from the limits of either database on parameters and bytes. */
const ENTRIES_PER_STATEMENT = 500;

/** Adds an entry to the audit log in the transaction of the change itself: there is never one without the other. */
export function recordChange(context: Context, tx: ScopedTransaction, change: Change): Promise<void> {
  return recordChanges(context, tx, [change]);
}

/** The same for many changes, in their order. */
export async function recordChanges(context: Context, tx: ScopedTransaction, changes: readonly Change[]): Promise<void> {
  const { accountId, email, credential } = context.signedIn();
  const token = recordedToken(credential);
  const entries = changes.map((change) => ({
    at: context.now,
    // A token issued elsewhere is of no account.
    accountId: credential.kind === 'external-token' ? null : accountId,
    accountEmail: email,
    requestId: context.requestId,
    action: change.action,
    entity: change.entity,
    entityId: String(change.entityId),
    beforeJson: change.before === null ? null : JSON.stringify(change.before),
    via: change.via ?? context.channel,
    importId: null,
    ...token,
    afterJson: change.after === null ? null : JSON.stringify(change.after),
  }));
  for (let from = 0; from < entries.length; from += ENTRIES_PER_STATEMENT) {
    await tx.manager.insert(AuditEntity, entries.slice(from, from + ENTRIES_PER_STATEMENT));
  }
}
