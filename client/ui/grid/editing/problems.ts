import { cellKey, isNewRow, type Patch, patchesByRow, type Staged } from './staged';

/** The fields of a row as texts. */
export type Values = Readonly<Record<string, string>>;

/** A message by field; empty or absent: nothing wrong. */
export type Check = (values: Values) => Readonly<Partial<Record<string, string>>>;

/** A value that the server refused, until the cell says something else. */
export interface Refused {
  rowId: string;
  field: string;
  value: string;
  message: string;
}

/** The row with what is staged. */
export const withPatches = (stored: Values, patches: readonly Patch[]): Values =>
  ({ ...stored, ...Object.fromEntries(patches.map(({ field, value }) => [field, value])) });

/**
 * What is wrong, by cell. A field that nobody touched counts only when the change made it wrong, such as an end before a
 * new start: what was wrong in the database before is no reason not to save something else.
 */
export function problemsOf(staged: Staged, storedOf: (rowId: string) => Values, check: Check, refused: readonly Refused[]): Map<string, string> {
  const problems = new Map<string, string>();
  for (const [rowId, patches] of patchesByRow(staged)) {
    const stored = storedOf(rowId);
    const now = withPatches(stored, patches);
    const before = isNewRow(rowId) ? {} : check(stored);
    const touched = new Set(patches.map(({ field }) => field));
    for (const [field, message] of Object.entries(check(now))) {
      if (message && (touched.has(field) || message !== before[field])) problems.set(cellKey(rowId, field), message);
    }
  }
  for (const { rowId, field, value, message } of refused) {
    const key = cellKey(rowId, field);
    if (staged.patches.get(key)?.value === value && !problems.has(key)) problems.set(key, message);
  }
  return problems;
}
