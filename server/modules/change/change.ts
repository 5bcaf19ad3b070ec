import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { DatabaseError } from '../../errors.js';
import type { UserError } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { etagOf } from './etag.js';
import { Refusal } from './refusal.js';

/** A kind of row that can be changed. */
export interface Subject<T extends { id: number }> {
  /** Name of the entity, in TypeORM and in the audit log. */
  entity: string;
  /** Name for people. */
  label: string;
  /** The columns that the etag and the audit log cover. */
  columns(row: T): Record<string, unknown>;
  /** Reads one row in scope and locks it until the transaction ends. */
  lock(tx: ScopedTransaction, id: number): Promise<T | null>;
}

/** The outcome of a mutation: the row as it now is, or why nothing changed. */
export interface Outcome<T> {
  row: T | null;
  userErrors: UserError[];
}

/** The etag of a row. */
export function etag<T extends { id: number }>({ config }: Context, subject: Subject<T>, row: T): string {
  return etagOf(config.JWT_SECRET, Object.values(subject.columns(row)));
}

/** Inserts a row whose values were checked inside the same transaction. */
export function create<T extends { id: number }>(
  context: Context,
  subject: Subject<T>,
  check: (tx: ScopedTransaction) => Promise<Omit<T, 'id'>>,
): Promise<Outcome<T>> {
  return refusable(context, async (tx) => {
    const values = await check(tx);
    const inserted = await tx.manager.insert(subject.entity, { ...values });
    const row = await subject.lock(tx, Number(inserted.identifiers[0]?.['id']));
    if (row === null) throw new Error(`The new ${subject.label} is not in the viewer's scope.`);
    await recordChange(context, tx, { action: 'create', entity: subject.entity, entityId: row.id, before: null, after: subject.columns(row) });
    return row;
  });
}

/** Changes a row, provided that it is still as the caller read it. */
export function update<T extends { id: number }>(
  context: Context,
  subject: Subject<T>,
  { id, etag: expected }: { id: number; etag: string },
  check: (tx: ScopedTransaction, row: T) => Promise<Partial<T>>,
): Promise<Outcome<T>> {
  return refusable(context, async (tx) => {
    const before = await lockUnchanged(context, tx, subject, id, expected);
    const values = changedOnly(before, await check(tx, before));
    if (Object.keys(values).length === 0) return before;
    await tx.manager.update<{ id: number }>(subject.entity, { id }, values);
    const after = await subject.lock(tx, id);
    await recordChange(context, tx, {
      action: 'update', entity: subject.entity, entityId: id, before: subject.columns(before),
      after: after === null ? null : subject.columns(after),
    });
    return after;
  });
}

/** Deletes a row, provided that it is still as the caller read it and that nothing refers to it. */
export function remove<T extends { id: number }>(
  context: Context,
  subject: Subject<T>,
  { id, etag: expected }: { id: number; etag: string },
  refuseIfUsed: (tx: ScopedTransaction, row: T) => Promise<void> = async () => {},
): Promise<Outcome<T>> {
  return refusable(context, async (tx) => {
    const before = await lockUnchanged(context, tx, subject, id, expected);
    await refuseIfUsed(tx, before);
    await tx.manager.delete(subject.entity, { id });
    await recordChange(context, tx, { action: 'delete', entity: subject.entity, entityId: id, before: subject.columns(before), after: null });
    return before;
  });
}

async function lockUnchanged<T extends { id: number }>(
  context: Context,
  tx: ScopedTransaction,
  subject: Subject<T>,
  id: number,
  expected: string,
): Promise<T> {
  const row = await subject.lock(tx, id);
  if (row === null) throw new Refusal([{ field: ['id'], code: 'NOT_FOUND', message: `There is no ${subject.label} with this id.` }]);
  if (etag(context, subject, row) !== expected) {
    throw new Refusal(
      [{ field: ['etag'], code: 'CONFLICT', message: `The ${subject.label} was changed since you read it. Compare and save again.` }],
      row,
    );
  }
  return row;
}

/** The values that differ from what the row has. */
export function changedOnly<T extends object>(before: T, values: Partial<T>): Partial<T> {
  const changed = Object.entries(values).filter(([name, value]) => value !== undefined && before[name as keyof T] !== value);
  return Object.fromEntries(changed) as Partial<T>;
}

/** Work in one transaction that may refuse: what it refuses becomes `userErrors`, and nothing is changed. */
export async function refusable<T>(context: Context, work: (tx: ScopedTransaction) => Promise<T | null>): Promise<Outcome<T>> {
  try {
    return { row: await context.db.transaction(work), userErrors: [] };
  } catch (error) {
    if (error instanceof Refusal) return { row: error.current as T | null, userErrors: error.errors };
    const refused = error instanceof DatabaseError ? databaseRefusal(error) : null;
    if (refused === null) throw error;
    return { row: null, userErrors: [refused] };
  } finally {
    // Rows read before the change must not answer questions asked after it.
    context.loaders.clear();
  }
}

function databaseRefusal({ fault }: DatabaseError): UserError | null {
  switch (fault) {
    case 'readOnly':
      return { field: [], code: 'READ_ONLY', message: 'The database allows Seatwise to read this table, not to change it.' };
    case 'duplicate':
      return { field: [], code: 'DUPLICATE', message: 'Another row has this value already.' };
    case 'inUse':
      return { field: [], code: 'IN_USE', message: 'Other rows still refer to this one.' };
    default:
      return null;
  }
}
