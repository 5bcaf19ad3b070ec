import type { ScopedTables } from '../../../db/scoped.js';
import { Faults } from '../../change/refusal.js';
import { changedOnly } from '../../change/change.js';
import type { LicenseRecord, LicenseRow } from '../../license/entity.js';
import { findReferences } from '../../license/references.js';
import { checkDraft, checkUpdate, updatedDraft, type LicenseDraft, type References } from '../../license/rules.js';
import type { LicenseWrite } from '../write.js';
import { findFollowers } from './followers.js';
import type { Bulk, Wish } from './input.js';
import { nextTerm } from './term.js';

const STATUS_OF_NEW = 'Active';

/** What a bulk action would do to one chosen round: a write, or the reason why there is none. */
export interface PlannedRow {
  id: number;
  row: LicenseRow | null;
  write: LicenseWrite | null;
  skippedBecause: string | null;
}

/** What rows are judged by, read for all of them at once. */
interface Knowledge {
  references: References;
  followers: ReadonlyMap<number, number>;
}

/** What an action would do to rounds as they are, in the order chosen. `rows`: those that were found. */
export async function planBulk(db: ScopedTables, { ids, wish }: Bulk, rows: readonly LicenseRow[]): Promise<PlannedRow[]> {
  const known: Knowledge = {
    references: await findReferences(db, rows.map((row) => draftOf(row, wish))),
    followers: wish.kind === 'RENEW' ? await findFollowers(db, rows) : new Map(),
  };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id) ?? null;
    const planned = row === null ? 'There is no licence with this id.' : planRow(row, wish, known);
    return typeof planned === 'string' ? { id, row, write: null, skippedBecause: planned } : { id, row, write: planned, skippedBecause: null };
  });
}

function draftOf(row: LicenseRow, wish: Wish): LicenseDraft {
  return updatedDraft(row, wish.kind === 'SET_OWNER' ? wish.owner : {});
}

/** The write, or why the row is left as it is. */
function planRow(row: LicenseRow, wish: Wish, known: Knowledge): LicenseWrite | string {
  switch (wish.kind) {
    case 'RENEW':
      return planRenewal(row, wish.months, known);
    case 'SET_STATUS':
      return planUpdate(row, { status: wish.status }, known, `Its status is ${wish.status} already.`);
    case 'SET_OWNER':
      return planUpdate(row, wish.owner, known, 'It belongs to this owner already.');
    case 'DELETE':
      return { before: row, values: null };
  }
}

function planUpdate(row: LicenseRow, input: Parameters<typeof checkUpdate>[1], { references }: Knowledge, same: string): LicenseWrite | string {
  const faults = new Faults();
  const values = checkUpdate(row, input, references, faults);
  if (values === null) return reasons(faults);
  return Object.keys(changedOnly<LicenseRecord>(row, values)).length === 0 ? same : { before: row, values };
}

function planRenewal(row: LicenseRow, months: number | null, { references, followers }: Knowledge): LicenseWrite | string {
  const { startDate, endDate } = row;
  if (endDate === null) return 'It has no end.';
  if (endDate < startDate) return `Its end date ${endDate} is before its start date ${startDate}.`;
  const follower = followers.get(row.id);
  if (follower !== undefined) return `Licence ${follower} follows it already.`;
  const term = nextTerm({ startDate, endDate }, months);
  if (term === null) return 'The new term would end after the last day that can be stored.';
  const faults = new Faults();
  const values = checkDraft({ ...updatedDraft(row, {}), ...term, status: STATUS_OF_NEW }, references, faults);
  return values === null ? reasons(faults) : { before: null, values };
}

function reasons({ errors }: Faults): string {
  return errors.map(({ message }) => message).join(' ');
}
