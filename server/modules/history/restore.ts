import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { through } from '../audit/channel.js';
import { recordChange } from '../audit/service.js';
import { lastEntry, lockEntry } from '../audit/store.js';
import { refusable, type Outcome, type Subject } from '../change/change.js';
import { exists } from '../change/checks.js';
import { Refusal } from '../change/refusal.js';
import { companySubject } from '../company/service.js';
import type { CompanyRow } from '../company/entity.js';
import type { LicenseRow } from '../license/entity.js';
import { licenseSubject } from '../license/service.js';
import type { PartnerRow } from '../partner/entity.js';
import { partnerSubject } from '../partner/service.js';
import type { ProductRow } from '../product/entity.js';
import { checkProduct, productSubject } from '../product/service.js';

export function restoreLicense(context: Context, id: number): Promise<Outcome<LicenseRow>> {
  return restore(context, licenseSubject, id, (tx, { companyId, partnerId, productId }) =>
    refuseWithout(tx, 'licence', { company: companyId, partner: partnerId, product: productId }),
  );
}

export function restoreCompany(context: Context, id: number): Promise<Outcome<CompanyRow>> {
  return restore(context, companySubject, id, (tx, { partnerId }) => refuseWithout(tx, 'company', { partner: partnerId }));
}

export function restorePartner(context: Context, id: number): Promise<Outcome<PartnerRow>> {
  return restore(context, partnerSubject, id, async () => {});
}

export function restoreProduct(context: Context, id: number): Promise<Outcome<ProductRow>> {
  return restore(context, productSubject, id, async (tx, was) => void (await checkProduct(tx, was.id, was.code, was.label)));
}

/**
 * Inserts a deleted row as it last was, with its id. Not judged by the rules for new rows: what was wrong in it when it was
 * deleted comes back, too. `check` refuses what would be wrong only now.
 */
async function restore<T extends { id: number }>(
  context: Context,
  subject: Subject<T>,
  id: number,
  check: (tx: ScopedTransaction, was: T) => Promise<void>,
): Promise<Outcome<T>> {
  const seen = await lastEntry(context.db, subject.entity, id);
  const { row, userErrors } = await refusable(context, async (tx) => {
    if (seen !== null) await lockEntry(tx, seen.id);
    // Whoever had the lock before may have restored it: what counts is what is there now.
    const last = await lastEntry(tx, subject.entity, id);
    if ((await subject.lock(tx, id)) !== null) throw refusal('DUPLICATE', `A ${subject.label} with this id is there already.`);
    if (last?.action !== 'DELETE' || last.before === null) throw refusal('NOT_FOUND', `There is no deleted ${subject.label} with this id.`);
    const was = last.before as unknown as T;
    await check(tx, was);
    await tx.manager.insert(subject.entity, subject.columns(was));
    const restored = await subject.lock(tx, id);
    if (restored === null) throw new Error(`The restored ${subject.label} is not in the viewer's scope.`);
    await recordChange(through(context, 'HISTORY'), tx, {
      action: 'restore', entity: subject.entity, entityId: id, before: null, after: subject.columns(restored),
    });
    return restored;
  });
  // There is but one input to blame.
  return { row, userErrors: userErrors.map((error) => ({ ...error, field: ['id'] })) };
}

/** Refuses when a row that the deleted one referred to is gone. */
async function refuseWithout(tx: ScopedTransaction, label: string, references: Partial<Record<'company' | 'partner' | 'product', number | null>>): Promise<void> {
  const gone: string[] = [];
  for (const [table, id] of Object.entries(references) as ['company' | 'partner' | 'product', number | null][]) {
    if (id !== null && !(await exists(tx, table, id))) gone.push(`${table} ${id}`);
  }
  if (gone.length > 0) throw refusal('NOT_FOUND', `The ${gone.join(' and the ')} of this ${label} ${gone.length > 1 ? 'are' : 'is'} gone. Restore ${gone.length > 1 ? 'them' : 'it'} first.`);
}

function refusal(code: 'DUPLICATE' | 'NOT_FOUND', message: string): Refusal {
  return new Refusal([{ field: ['id'], code, message }]);
}
