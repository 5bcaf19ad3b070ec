import type { SqlValue } from '../../db/dialect/dialect.js';
import { insertRows } from '../../db/many-rows.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { Credential } from '../../auth/viewer.js';
import type { AuditRecord } from './entity.js';
import { recordedToken } from './token.js';

/** Who changed rows through an import, and when. */
export interface ImportedBy {
  importId: number;
  accountId: number;
  email: string;
  requestId: string;
  credential: Credential;
  now: Date;
}

/** One row that an import changed: what the log shows of it before and after. */
export interface ImportedChange {
  id: number;
  before: Readonly<Record<string, SqlValue>> | null;
  after: Readonly<Record<string, SqlValue>> | null;
}

const columns = ['action', 'entity_id', 'before_json', 'after_json', 'account_email', 'token_name'];

/** Adds the entries of up to a thousand rows of an import in one statement, in the transaction of the changes themselves. */
export async function recordImported(tx: ScopedTransaction, by: ImportedBy, entity: string, changes: readonly ImportedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { tokenId, tokenName } = recordedToken(by.credential);
  // Names and addresses are values, though all rows share them: texts of statements are traced.
  const rows = changes.map(({ id, before, after }) => [actionOf(before, after), String(id), json(before), json(after), by.email, tokenName]);
  await insertRows(tx, tx.writable('audit'), columns, rows, {
    at: by.now.toISOString().slice(0, 23).replace('T', ' '), account_id: by.accountId, request_id: by.requestId, entity, via: 'IMPORT', import_id: by.importId,
    token_id: tokenId,
  });
}

function actionOf(before: ImportedChange['before'], after: ImportedChange['after']): AuditRecord['action'] {
  if (before === null) return 'create';
  return after === null ? 'delete' : 'update';
}

function json(row: ImportedChange['before']): string | null {
  return row === null ? null : JSON.stringify(row);
}
