/** A cell by what it holds: the id of its row and the field. */
export interface CellName {
  rowId: string;
  field: string;
}

/** A value put into a cell; `base` is what is stored, as text. */
export interface Patch extends CellName {
  base: string;
  value: string;
}

/** One step of one cell, to go either way; null: as stored. */
interface Change extends CellName {
  base: string;
  before: string | null;
  after: string | null;
}

/** What is typed, pasted and filled but not saved, and the way back. A group is what one action changed. */
export interface Staged {
  patches: ReadonlyMap<string, Patch>;
  undo: readonly (readonly Change[])[];
  redo: readonly (readonly Change[])[];
}

/** Rows that are not stored yet have ids that begin so; whatever is in them is a patch. */
export const newRowPrefix = 'new:';
/** Whether a row is not stored yet. */
export const isNewRow = (rowId: string) => rowId.startsWith(newRowPrefix);

/** Nothing staged, nothing to undo. */
export const nothingStaged: Staged = { patches: new Map(), undo: [], redo: [] };

/** The key of a cell. */
export const cellKey = (rowId: string, field: string) => `${rowId}\u0000${field}`;

function applied(patches: ReadonlyMap<string, Patch>, changes: readonly Change[], side: 'before' | 'after'): ReadonlyMap<string, Patch> {
  const next = new Map(patches);
  for (const change of changes) {
    const key = cellKey(change.rowId, change.field);
    const value = change[side];
    if (value === null) next.delete(key);
    else next.set(key, { rowId: change.rowId, field: change.field, base: change.base, value });
  }
  return next;
}

function done(staged: Staged, changes: readonly Change[]): Staged {
  if (changes.length === 0) return staged;
  return { patches: applied(staged.patches, changes, 'after'), undo: [...staged.undo, changes], redo: [] };
}

/** Puts values into cells as one group. A value equal to the stored one takes the patch away. */
export function stage(staged: Staged, edits: readonly Patch[]): Staged {
  const changes = new Map<string, Change>();
  for (const { rowId, field, base: stored, value } of edits) {
    const key = cellKey(rowId, field);
    const known = staged.patches.get(key);
    const base = known?.base ?? stored;
    const before = known?.value ?? null;
    const after = value === base && !isNewRow(rowId) ? null : value;
    if (after === before) changes.delete(key);
    else changes.set(key, { rowId, field, base, before, after });
  }
  return done(staged, [...changes.values()]);
}

/** Takes back everything, as one group: it can be undone like any other. */
export function discard(staged: Staged): Staged {
  return done(staged, [...staged.patches.values()].map(({ rowId, field, base, value }) => ({ rowId, field, base, before: value, after: null })));
}

/** Takes back the last group. */
export function undo(staged: Staged): Staged {
  const group = staged.undo.at(-1);
  if (!group) return staged;
  return { patches: applied(staged.patches, group, 'before'), undo: staged.undo.slice(0, -1), redo: [...staged.redo, group] };
}

/** Does the last group that was taken back once more. */
export function redo(staged: Staged): Staged {
  const group = staged.redo.at(-1);
  if (!group) return staged;
  return { patches: applied(staged.patches, group, 'after'), undo: [...staged.undo, group], redo: staged.redo.slice(0, -1) };
}

/** How much is staged. */
export function extentOfStaged(staged: Staged): { cells: number; rows: number } {
  return { cells: staged.patches.size, rows: new Set([...staged.patches.values()].map(({ rowId }) => rowId)).size };
}

/** The patches, row by row in the order in which the rows were first touched. */
export function patchesByRow(staged: Staged): Map<string, Patch[]> {
  const rows = new Map<string, Patch[]>();
  for (const patch of staged.patches.values()) {
    const known = rows.get(patch.rowId);
    if (known) known.push(patch);
    else rows.set(patch.rowId, [patch]);
  }
  return rows;
}

const renewed = (staged: Staged, patch: (one: Patch) => Patch | null, change: (one: Change) => Change): Staged => ({
  patches: new Map([...staged.patches].flatMap(([key, one]) => {
    const next = patch(one);
    return next ? [[key, next]] : [];
  })),
  undo: staged.undo.map((group) => group.map(change)),
  redo: staged.redo.map((group) => group.map(change)),
});

/** The row is stored differently now: patches stand on the new values, and those that say the same are gone. */
export function rebase(staged: Staged, rowId: string, stored: Record<string, string>): Staged {
  const onto = <T extends CellName & { base: string }>(one: T): T => (one.rowId === rowId ? { ...one, base: stored[one.field] ?? '' } : one);
  return renewed(staged, (one) => {
    const next = onto(one);
    return next.rowId === rowId && next.value === next.base ? null : next;
  }, onto);
}

/** A text turned out to mean a value: it is replaced wherever it stands in the field, without a step of its own to undo. */
export function amend(staged: Staged, field: string, from: string, to: string): Staged {
  const meant = (one: { field: string }, value: string | null) => (one.field === field && value === from ? to : value);
  return renewed(
    staged,
    (one) => {
      const value = meant(one, one.value) ?? one.value;
      return value === one.base && !isNewRow(one.rowId) ? null : { ...one, value };
    },
    (one) => ({ ...one, before: meant(one, one.before), after: meant(one, one.after) }),
  );
}
