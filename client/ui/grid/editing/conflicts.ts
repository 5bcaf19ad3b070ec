import type { Values } from './problems';
import { cellKey, type Patch, rebase, type Staged, stage } from './staged';

/** A row that someone else changed since it was read. */
export interface Conflict<Row> {
  rowId: string;
  /** As it is now. */
  row: Row;
  /** Who changed it last, as people read it; null: not known. */
  by: string | null;
  at: string | null;
}

/** A cell that both changed, to different values. */
export interface Contest {
  rowId: string;
  field: string;
  mine: string;
  theirs: string;
  was: string;
}

/** Whose value a cell keeps. */
export type Choice = 'mine' | 'theirs';

/** The cells of a row that wait for a decision; those only one side changed, or both to the same, do not. */
export function contestsOf(rowId: string, patches: readonly Patch[], theirs: Values): Contest[] {
  return patches
    .filter(({ field, base, value }) => (theirs[field] ?? '') !== base && (theirs[field] ?? '') !== value)
    .map(({ field, base, value }) => ({ rowId, field, mine: value, theirs: theirs[field] ?? '', was: base }));
}

/** Stands what is staged on the rows as they are now; cells decided for the other side lose their patch. */
export function decided(
  staged: Staged, rows: ReadonlyMap<string, Values>, contests: readonly Contest[], choices: ReadonlyMap<string, Choice>,
): Staged {
  let next = staged;
  for (const [rowId, stored] of rows) next = rebase(next, rowId, stored);
  const given = contests.filter(({ rowId, field }) => choices.get(cellKey(rowId, field)) === 'theirs');
  return stage(next, given.map(({ rowId, field, theirs }) => ({ rowId, field, base: theirs, value: theirs })));
}
