import sql from 'sql-template-tag';
import { IsNull } from 'typeorm';
import { closedAccounts } from '../../auth/demo-accounts.js';
import { AccountEntity, SessionEntity } from '../../auth/entity.js';
import type { Context } from '../../context.js';
import { number, text } from '../../db/decode.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { forbidden } from '../../errors.js';

const ADMIN = 'ADMIN' as const;

/**
 * The ids of the administrators who can sign in, none of whom changes until the transaction ends. Throws FORBIDDEN when the
 * viewer is not among them: what a request was allowed when it arrived may be two seconds old, long enough for somebody who
 * was switched off to give himself another account.
 */
export async function lockAdministrators(context: Context, tx: ScopedTransaction): Promise<ReadonlySet<number>> {
  // An update that changes nothing locks on every database, in the order of the ids, before anything is read.
  await tx.manager.update(AccountEntity, { role: ADMIN }, { role: ADMIN });
  const rows = await tx.read(sql`
    select x.id as id, x.email as email from ${tx.table('account', 'x')} where x.role = ${ADMIN} and x.disabled = 0 ${tx.dialect.lockRows}`);
  const closed = closedAccounts(context.config);
  const ids = new Set(rows.filter((row) => !closed.includes(text(row, 'email'))).map((row) => number(row, 'id')));
  const { accountId, sessionId } = context.signedIn();
  if (!ids.has(accountId) || !(await isOpenStill(tx, sessionId))) throw forbidden('MANAGE_ACCOUNTS');
  return ids;
}

/** True when the session is open at this moment, read within the transaction. */
export function isOpenStill({ manager }: ScopedTransaction, sessionId: string): Promise<boolean> {
  return manager.existsBy(SessionEntity, { id: sessionId, revokedAt: IsNull() });
}
