import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { LicenseChange, UserError } from '../../graphql.generated.js';
import { etag, refusable } from '../change/change.js';
import { Faults } from '../change/refusal.js';
import type { LicenseRow } from '../license/entity.js';
import { findReferences } from '../license/references.js';
import { checkDraft, checkUpdate, updatedDraft, type References } from '../license/rules.js';
import { licenseSubject } from '../license/service.js';
import { licensesByIds } from '../license/store.js';
import { checkCall, readCall, type Wanted } from './call.js';
import { lastChanges, type LastChangeModel } from './last-change.js';
import { writeLicenses, type LicenseWrite } from './write.js';

/** What became of one change. */
export interface ChangeResult {
  key: string;
  license: LicenseRow | null;
  deletedId: string | null;
  lastChange: LastChangeModel | null;
  userErrors: UserError[];
}

/** What became of all changes. */
export interface ChangesResult {
  saved: boolean;
  results: ChangeResult[];
  userErrors: UserError[];
}

/** Saves several changes of rounds in one transaction, or none of them and tells every reason. */
export async function changeLicenses(context: Context, changes: readonly LicenseChange[]): Promise<ChangesResult> {
  const unsaved = (userErrors: UserError[]) => ({ saved: false, results: changes.map(({ key }) => resultOf(key)), userErrors });
  const wrong = checkCall(changes);
  if (wrong.length > 0) return unsaved(wrong);
  const wanted = readCall(changes);
  const { row: result, userErrors } = await refusable(context, (tx) => saveAll(context, tx, wanted));
  return result ?? unsaved(userErrors);
}

async function saveAll(context: Context, tx: ScopedTransaction, wanted: readonly Wanted[]): Promise<ChangesResult> {
  const rows = await lockRows(tx, wanted);
  const references = await findReferences(tx, wanted.flatMap((change) => draftOf(change, rows)));
  const checked = wanted.map((change) => checkChange(context, change, rows, references));
  if (checked.some(({ write }) => write === null)) return { saved: false, results: await refusals(tx, checked), userErrors: [] };
  const after = await writeLicenses(context, tx, checked.flatMap(({ write }) => write ?? []));
  const results = checked.map(({ key, write }, index) => ({
    ...resultOf(key), license: after[index] ?? null, deletedId: write?.values === null ? String(write.before?.id) : null,
  }));
  return { saved: true, results, userErrors: [] };
}

type Rows = ReadonlyMap<number, LicenseRow>;

async function lockRows(tx: ScopedTransaction, wanted: readonly Wanted[]): Promise<Rows> {
  // In the order of their ids: two calls that want the same rows wait for each other instead of each for the other.
  const ids = wanted.flatMap((change) => ('id' in change ? [change.id] : [])).sort((a, b) => a - b);
  const rows = ids.length === 0 ? [] : await licensesByIds(tx, ids, true);
  return new Map(rows.flatMap((row) => (row === null ? [] : [[row.id, row]])));
}

function draftOf(change: Wanted, rows: Rows) {
  if (change.kind === 'create') return [change.input];
  const row = change.kind === 'update' ? rows.get(change.id) : undefined;
  return change.kind === 'update' && row !== undefined ? [updatedDraft(row, change.input)] : [];
}

/** A change with what is to be written, or why it must not be. */
interface Checked {
  key: string;
  write: LicenseWrite | null;
  errors: UserError[];
  /** The row as someone else left it. */
  current: LicenseRow | null;
}

function checkChange(context: Context, change: Wanted, rows: Rows, references: References): Checked {
  const { key } = change;
  const refused = (errors: UserError[], current: LicenseRow | null = null): Checked => ({ key, write: null, errors, current });
  if (change.kind === 'refused') return refused(change.errors);
  if (change.kind === 'create') {
    const faults = new Faults(['create']);
    const values = checkDraft(change.input, references, faults);
    return values === null ? refused(faults.errors) : { key, write: { before: null, values }, errors: [], current: null };
  }
  const row = rows.get(change.id);
  if (row === undefined) return refused([{ field: ['id'], code: 'NOT_FOUND', message: 'There is no licence with this id.' }]);
  if (etag(context, licenseSubject, row) !== change.etag) {
    return refused([{ field: ['etag'], code: 'CONFLICT', message: 'The licence was changed since you read it. Compare and save again.' }], row);
  }
  const faults = new Faults(['update']);
  const values = change.kind === 'delete' ? null : checkUpdate(row, change.input, references, faults);
  return faults.errors.length > 0 ? refused(faults.errors) : { key, write: { before: row, values }, errors: [], current: null };
}

async function refusals(tx: ScopedTransaction, checked: readonly Checked[]): Promise<ChangeResult[]> {
  const latest = await lastChanges(tx, checked.flatMap(({ current }) => current?.id ?? []));
  return checked.map(({ key, errors, current }) => ({
    ...resultOf(key), license: current, lastChange: (current && latest.get(current.id)) ?? null, userErrors: errors,
  }));
}

function resultOf(key: string): ChangeResult {
  return { key, license: null, deletedId: null, lastChange: null, userErrors: [] };
}
