import { parseId } from '../../db/filter.js';
import type { CreateLicenseInput, LicenseChange, UpdateLicenseInput, UserError } from '../../graphql.generated.js';
import { Faults } from '../change/refusal.js';

/** More changes than a grid of one's own making; a file of them is an import. */
const MAX_CHANGES = 2000;
const MAX_KEY_LENGTH = 64;

/** A change whose shape is right: what is to happen to which row. */
export type Wanted =
  | { kind: 'create'; key: string; input: CreateLicenseInput }
  | { kind: 'update'; key: string; id: number; etag: string; input: UpdateLicenseInput }
  | { kind: 'delete'; key: string; id: number; etag: string }
  | { kind: 'refused'; key: string; errors: UserError[] };

/** What is wrong with the call as a whole. */
export function checkCall(changes: readonly LicenseChange[]): UserError[] {
  const faults = new Faults(['changes']);
  if (changes.length > MAX_CHANGES) {
    return [{ field: ['changes'], code: 'INVALID', message: `At most ${MAX_CHANGES} changes can be saved at once, not ${changes.length}.` }];
  }
  const seen = new Set<string>();
  changes.forEach(({ key }, index) => {
    const at = new Faults(['changes', String(index)]);
    if (key === '') at.add('key', 'REQUIRED', 'Every change needs a key.');
    else if (key.length > MAX_KEY_LENGTH) at.add('key', 'TOO_LONG', `A key has at most ${MAX_KEY_LENGTH} characters.`);
    else if (seen.has(key)) at.add('key', 'DUPLICATE', `Two changes have the key ${key}.`);
    seen.add(key);
    faults.errors.push(...at.errors);
  });
  return faults.errors;
}

/** The changes by their shape. A row can be changed by one of them only: what would two etags of one row mean? */
export function readCall(changes: readonly LicenseChange[]): Wanted[] {
  const taken = new Set<number>();
  return changes.map((change) => {
    const wanted = readChange(change);
    if (wanted.kind !== 'update' && wanted.kind !== 'delete') return wanted;
    if (taken.has(wanted.id)) return refused(change, 'id', 'DUPLICATE', 'Another change of this call is about the same licence.');
    taken.add(wanted.id);
    return wanted;
  });
}

function readChange(change: LicenseChange): Wanted {
  const { key } = change;
  const kinds = [change.create != null, change.update != null, change.delete === true].filter(Boolean).length;
  if (kinds !== 1) {
    return { kind: 'refused', key, errors: [{ field: [], code: 'INVALID', message: 'A change is exactly one of create, update and delete.' }] };
  }
  if (change.create != null) {
    if (change.id != null) return refused(change, 'id', 'INVALID', 'A new licence gets its id from the database.');
    return { kind: 'create', key, input: change.create };
  }
  if (change.id == null) return refused(change, 'id', 'REQUIRED', 'The id says which licence to change.');
  if (change.etag == null) return refused(change, 'etag', 'REQUIRED', 'The etag says in which state the licence was read.');
  const row = { key, id: parseId(change.id, 'changes.id'), etag: change.etag };
  return change.update == null ? { kind: 'delete', ...row } : { kind: 'update', ...row, input: change.update };
}

function refused({ key }: LicenseChange, field: string, code: UserError['code'], message: string): Wanted {
  return { kind: 'refused', key, errors: [{ field: [field], code, message }] };
}
