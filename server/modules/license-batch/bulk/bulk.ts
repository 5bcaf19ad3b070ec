import type { Context } from '../../../context.js';
import type { BulkLicenseInput, UserError } from '../../../graphql.generated.js';
import { etag, refusable } from '../../change/change.js';
import { etagOf } from '../../change/etag.js';
import { Refusal } from '../../change/refusal.js';
import { licenseSubject } from '../../license/service.js';
import { licensesByIds } from '../../license/store.js';
import { writeLicenses } from '../write.js';
import { readInput, type Bulk } from './input.js';
import { planBulk, type PlannedRow } from './plan.js';

/** What a bulk action would do; figures are made from the rows when asked for. */
export interface BulkPreviewModel {
  token: string | null;
  planned: PlannedRow[];
  userErrors: UserError[];
}

/** What a bulk action did. */
export interface BulkResult {
  affected: number;
  createdIds: number[];
  userErrors: UserError[];
}

/** What an action would do to the chosen rounds, without doing it. */
export async function previewBulk(context: Context, input: BulkLicenseInput): Promise<BulkPreviewModel> {
  const { bulk, errors } = readInput(input);
  if (bulk === null) return { token: null, planned: [], userErrors: errors };
  const rows = (await licensesByIds(context.db, bulk.ids)).filter((row) => row !== null);
  const planned = await planBulk(context.db, bulk, rows);
  return { token: planned.some(({ write }) => write !== null) ? tokenOf(context, bulk, planned) : null, planned, userErrors: [] };
}

/** Does in one transaction what a preview showed, provided that it would still show the same. */
export async function applyBulk(context: Context, input: BulkLicenseInput, token: string): Promise<BulkResult> {
  const nothing = (userErrors: UserError[]) => ({ affected: 0, createdIds: [], userErrors });
  const { bulk, errors } = readInput(input);
  if (bulk === null) return nothing(errors);
  const { row: result, userErrors } = await refusable(context, async (tx): Promise<BulkResult> => {
    // In the order of their ids: two calls that want the same rows wait for each other instead of each for the other.
    const locked = await licensesByIds(tx, [...bulk.ids].sort((a, b) => a - b), true);
    const planned = await planBulk(tx, bulk, locked.filter((row) => row !== null));
    if (tokenOf(context, bulk, planned) !== token) throw new Refusal([changedSince]);
    const writes = planned.flatMap(({ write }) => write ?? []);
    const after = await writeLicenses(context, tx, writes);
    const createdIds = after.flatMap((row, index) => (row !== null && writes[index]?.before === null ? [row.id] : []));
    return { affected: writes.length, createdIds, userErrors: [] };
  });
  return result ?? nothing(userErrors);
}

const changedSince: UserError = {
  field: ['token'], code: 'CONFLICT', message: 'The licences were changed since the preview. Nothing was done. Look at the new preview and apply that.',
};

/** Stands for the input, the state of every chosen row and what would become of it: whatever differs then, the token differs. */
function tokenOf(context: Context, { wish }: Bulk, planned: readonly PlannedRow[]): string {
  const rows = planned.map(({ id, row, write, skippedBecause }) =>
    [id, row && etag(context, licenseSubject, row), write?.values ?? null, skippedBecause]);
  return etagOf(`bulk ${context.config.JWT_SECRET}`, [wish, rows]);
}
