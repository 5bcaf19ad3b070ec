import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { deleteMany, insertMany, updateMany } from '../../db/write-many.js';
import { recordChanges, type Change } from '../audit/service.js';
import { changedOnly } from '../change/change.js';
import { LICENSE, type LicenseRecord, type LicenseRow } from '../license/entity.js';
import type { LicenseValues } from '../license/rules.js';
import { licenseSubject } from '../license/service.js';
import { licensesByIds } from '../license/store.js';

/** A change of one round that was checked: without `before` it is created, without `values` it is deleted. */
export interface LicenseWrite {
  /** The row as it stands, locked by this transaction. */
  before: LicenseRow | null;
  values: LicenseValues | null;
}

/**
 * Writes many changes of rounds and their entries in the audit log with few statements, and gives the rows as they then
 * are, in the order of the changes: null for a deleted one. A change that changes nothing leaves no entry.
 */
export async function writeLicenses(context: Context, tx: ScopedTransaction, writes: readonly LicenseWrite[]): Promise<(LicenseRow | null)[]> {
  const { manager } = tx;
  await deleteMany(manager, LICENSE, writes.flatMap(({ before, values }) => (values === null && before !== null ? [before.id] : [])));
  const updates = writes.flatMap(({ before, values }) =>
    before === null || values === null ? [] : [{ id: before.id, values: { ...changedOnly<LicenseRecord>(before, values) } }]);
  await updateMany(manager, LICENSE, updates.filter(({ values }) => Object.keys(values).length > 0));
  const createdIds = await insertMany(tx, LICENSE, writes.flatMap(({ before, values }) => (before === null && values !== null ? [{ ...values }] : [])));
  const after = await rowsAfter(tx, writes, createdIds);
  await recordChanges(context, tx, writes.flatMap(({ before }, index) => entryOf(before, after[index] ?? null)));
  return after;
}

async function rowsAfter(tx: ScopedTransaction, writes: readonly LicenseWrite[], createdIds: readonly number[]): Promise<(LicenseRow | null)[]> {
  const created = createdIds[Symbol.iterator]();
  const ids = writes.map(({ before, values }) => (values === null ? null : (before?.id ?? created.next().value ?? null)));
  const wanted = ids.filter((id) => id !== null);
  const byId = new Map((wanted.length === 0 ? [] : await licensesByIds(tx, wanted)).map((row) => [row?.id, row]));
  return ids.map((id, index) => {
    const row = id === null ? null : (byId.get(id) ?? null);
    if (row === null && writes[index]?.values != null) throw new Error('A licence that was written is not in the viewer\'s scope.');
    return row;
  });
}

function entryOf(before: LicenseRow | null, after: LicenseRow | null): Change[] {
  const row = after ?? before;
  if (row === null) return [];
  const [was, is] = [before, after].map((state) => (state === null ? null : licenseSubject.columns(state)));
  if (was != null && is != null && JSON.stringify(was) === JSON.stringify(is)) return [];
  const action = before === null ? 'create' : after === null ? 'delete' : 'update';
  return [{ action, entity: LICENSE, entityId: row.id, before: was ?? null, after: is ?? null }];
}
