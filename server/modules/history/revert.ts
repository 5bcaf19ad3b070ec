import type { Context } from '../../context.js';
import type { UpdateLicenseInput, UserError, UserErrorCode } from '../../graphql.generated.js';
import { through } from '../audit/channel.js';
import type { RecordedState } from '../audit/entry.js';
import { changesOf, type FieldChange } from '../audit/fields.js';
import { entryOf } from '../audit/store.js';
import type { Outcome } from '../change/change.js';
import { LICENSE, type LicenseRow } from '../license/entity.js';
import { updateLicense } from '../license/service.js';

/** Which change of which round, and how much of it. */
export interface Reversal {
  id: number;
  etag: string;
  entryId: number;
  /** Null: every field that it changed. */
  fields: readonly string[] | null;
}

const revertible = ['companyId', 'partnerId', 'productId', 'startDate', 'endDate', 'seats', 'unitCost', 'currency', 'status'] as const;
type Revertible = (typeof revertible)[number];

/** Sets fields of a round to what they were before one change of it, by the rules of any update. */
export async function revertLicense(context: Context, { id, etag, entryId, fields }: Reversal): Promise<Outcome<LicenseRow>> {
  const entry = await entryOf(context.db, LICENSE, id, entryId);
  if (entry === null) return refused(['entryId'], 'NOT_FOUND', 'There is no such change of this licence.');
  if (entry.before === null) return refused(['entryId'], 'INVALID', 'Before this change there was no licence to go back to.');
  const changes = changesOf(entry);
  const unknown = fields?.find((field) => !changes.some((change) => change.field === field));
  if (unknown !== undefined) return refused(['fields'], 'INVALID', `This change did not touch ${unknown.slice(0, 40)}.`);
  const chosen = withBothOwners(changes.map(({ field }) => field), fields).filter((field) => isRevertible(field));
  if (chosen.length === 0) return refused(['fields'], 'INVALID', 'The total follows from seats and unit cost: restore those.');
  const { row, userErrors } = await updateLicense(through(context, 'HISTORY'), { id, etag }, earlierValues(entry.before, changes, chosen));
  return { row, userErrors: userErrors.map(asFieldsError) };
}

/** A round has one owner: when a change moved it from one kind to the other, both columns go back together. */
function withBothOwners(changed: readonly string[], fields: readonly string[] | null): string[] {
  const isOwner = (field: string) => field === 'companyId' || field === 'partnerId';
  if (fields === null) return [...changed];
  return changed.filter((field) => fields.includes(field) || (isOwner(field) && fields.some(isOwner)));
}

function isRevertible(field: string): field is Revertible {
  return revertible.some((name) => name === field);
}

/** Money goes back as the decimal that it reads as, everything else as recorded. */
function earlierValues(before: RecordedState, changes: readonly FieldChange[], chosen: readonly Revertible[]): UpdateLicenseInput {
  const unitCost = changes.find(({ field }) => field === 'unitCost')?.before;
  return Object.fromEntries(chosen.map((field) => [field, field === 'unitCost' ? unitCost : before[field]]));
}

/** The update blames fields of its input; here they stand in `fields`. */
function asFieldsError(error: UserError): UserError {
  const [first, ...rest] = error.field;
  return first === 'input' ? { ...error, field: ['fields', ...rest] } : error;
}

function refused(field: string[], code: UserErrorCode, message: string): Outcome<LicenseRow> {
  return { row: null, userErrors: [{ field, code, message }] };
}
