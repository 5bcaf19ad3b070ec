import { withPatches } from './problems';
import { isNewRow, patchesByRow, type Staged } from './staged';
import type { RowChange, RowEditing, RowResult } from './types';

/** What is staged as one change a row, with all its fields as they shall be. */
export function changesOf<Row>(staged: Staged, rowOf: (rowId: string) => Row | undefined, editing: RowEditing<Row>): RowChange<Row>[] {
  return [...patchesByRow(staged)].map(([rowId, patches]) => {
    const row = rowOf(rowId);
    return {
      rowId, row: isNewRow(rowId) ? null : row ?? null,
      values: withPatches(row ? editing.valuesOf(row) : {}, patches), changed: patches.map(({ field }) => field),
    };
  });
}

/** The changes that take a save back: rows hold again what they held, rows that were added go. */
export function inverseOf<Row>(
  changes: readonly RowChange<Row>[], results: readonly RowResult<Row>[], rowKey: (row: Row) => string, editing: RowEditing<Row>,
): RowChange<Row>[] {
  const saved = new Map(results.map(({ rowId, row }) => [rowId, row]));
  return changes.flatMap(({ rowId, row: before, changed }): RowChange<Row>[] => {
    const now = saved.get(rowId);
    if (!now) return [];
    if (before === null) return [{ rowId: rowKey(now), row: now, values: editing.valuesOf(now), changed: [], remove: true }];
    const stored = editing.valuesOf(before);
    const again = Object.fromEntries(changed.map((field) => [field, stored[field] ?? '']));
    return [{ rowId, row: now, values: { ...editing.valuesOf(now), ...again }, changed }];
  });
}
