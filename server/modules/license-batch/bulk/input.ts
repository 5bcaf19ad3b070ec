import { checkText, idOf } from '../../change/checks.js';
import { Faults } from '../../change/refusal.js';
import type { BulkLicenseInput, UserError } from '../../../graphql.generated.js';
import { MAX_STATUS_LENGTH } from '../../license/rules.js';

const MAX_ROWS = 1000;
const MAX_MONTHS = 120;

/** What is to be done to every chosen round. */
export type Wish =
  | { kind: 'RENEW'; /** Null: as long as the round's own term. */ months: number | null }
  | { kind: 'SET_STATUS'; status: string }
  | { kind: 'SET_OWNER'; owner: { companyId: string } | { partnerId: string } }
  | { kind: 'DELETE' };

/** A bulk action whose input is right, but for rows that it names. */
export interface Bulk {
  ids: number[];
  wish: Wish;
}

/** The action, or everything that is wrong with the input. */
export function readInput(input: BulkLicenseInput): { bulk: Bulk; errors: [] } | { bulk: null; errors: UserError[] } {
  const faults = new Faults();
  const ids = checkIds(faults, input.ids);
  const wish = readWish(faults, input);
  return wish === null || faults.errors.length > 0 ? { bulk: null, errors: faults.errors } : { bulk: { ids, wish }, errors: [] };
}

function checkIds(faults: Faults, given: readonly (string | number)[]): number[] {
  if (given.length === 0) faults.add('ids', 'REQUIRED', 'No licence is chosen.');
  if (given.length > MAX_ROWS) faults.add('ids', 'INVALID', `At most ${MAX_ROWS} licences can be changed at once, not ${given.length}.`);
  const ids = given.map((id) => idOf(id));
  if (ids.includes(null)) faults.add('ids', 'INVALID', 'One of the ids is none.');
  if (new Set(ids).size < ids.length) faults.add('ids', 'DUPLICATE', 'A licence is chosen twice.');
  return ids.filter((id) => id !== null);
}

function readWish(faults: Faults, input: BulkLicenseInput): Wish | null {
  switch (input.action) {
    case 'RENEW':
      if (input.months != null && (input.months < 1 || input.months > MAX_MONTHS)) {
        faults.add('months', 'INVALID', `A term has 1 to ${MAX_MONTHS} months, not ${input.months}.`);
      }
      return { kind: 'RENEW', months: input.months ?? null };
    case 'SET_STATUS':
      return { kind: 'SET_STATUS', status: checkText(faults, 'status', 'Status', input.status, MAX_STATUS_LENGTH) };
    case 'SET_OWNER':
      return readOwner(faults, input);
    case 'DELETE':
      return { kind: 'DELETE' };
  }
}

function readOwner(faults: Faults, { companyId, partnerId }: BulkLicenseInput): Wish | null {
  if (companyId == null && partnerId == null) faults.add('companyId', 'REQUIRED', 'Name the new owner: a company or a partner.');
  if (companyId != null && partnerId != null) faults.add('partnerId', 'INVALID', 'Name one new owner: a company or a partner, not both.');
  if (companyId != null) return { kind: 'SET_OWNER', owner: { companyId } };
  return partnerId == null ? null : { kind: 'SET_OWNER', owner: { partnerId } };
}
