import { useState } from 'react';

import type { Pages } from '../usePages';
import { changesOf, inverseOf } from './changes';
import { type Choice, type Conflict, type Contest, contestsOf, decided } from './conflicts';
import type { Refused } from './problems';
import { patchesByRow, type Staged } from './staged';
import type { RowChange, RowEditing, RowResult, SaveResult } from './types';
import type { StagedEdits } from './useStaged';
import { extentWords, refusedWords, rowWords } from './words';

/** Rows someone else changed, and the cells that wait for a decision. */
export interface ConflictState<Row> {
  conflicts: readonly Conflict<Row>[];
  contests: readonly Contest[];
}

/** What the last save, or the attempt, has to say. */
interface Said {
  kind: 'none' | 'done' | 'failed';
  words: readonly string[];
}

const silent: Said = { kind: 'none', words: [] };

/** Saving what is staged in one go, deciding conflicts, and taking the last save back. */
export function useSaving<Row>(edits: StagedEdits<Row>, editing: RowEditing<Row>, pages: Pages<Row>, rowKey: (row: Row) => string) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>(silent);
  const [conflict, setConflict] = useState<ConflictState<Row> | null>(null);
  const [back, setBack] = useState<readonly RowChange<Row>[]>([]);

  /** Rows keep their places; only when rows came or went are they read again. */
  const take = (result: SaveResult<Row>, changes: readonly RowChange<Row>[]) => {
    if (changes.some(({ row, remove }) => row === null || remove)) pages.reload();
    else pages.replace(result.rows.flatMap(({ row }) => row ?? []), rowKey);
  };
  const refuse = (staged: Staged, rows: readonly RowResult<Row>[]) => {
    const byRow = patchesByRow(staged);
    edits.refuse(rows.flatMap(({ rowId, refusals }) => refusals.flatMap(({ field, message }): Refused[] => {
      const patches = byRow.get(rowId) ?? [];
      const own = patches.filter((patch) => patch.field === field);
      // What no staged cell is to blame for stands on all of the row's.
      return (own.length > 0 ? own : patches).map((patch) => ({ rowId, field: patch.field, value: patch.value, message }));
    })));
  };
  const meet = (staged: Staged, rows: readonly RowResult<Row>[]) => {
    const conflicts = rows.flatMap(({ rowId, row, conflict: met }) => (met && row ? [{ rowId, row, ...met }] : []));
    if (conflicts.length === 0) return;
    const byRow = patchesByRow(staged);
    setConflict({ conflicts, contests: conflicts.flatMap(({ rowId, row }) => contestsOf(rowId, byRow.get(rowId) ?? [], editing.valuesOf(row))) });
  };

  const send = async (staged: Staged, changes: readonly RowChange<Row>[]) => {
    setBusy(true);
    const result = await editing.save(changes, false);
    setBusy(false);
    if (result.saved) {
      setSaid({ kind: 'done', words: [`${extentWords(staged.patches.size, changes.length)} saved.`] });
      setBack(inverseOf(changes, result.rows, rowKey, editing));
      edits.clear();
      take(result, changes);
      return;
    }
    setSaid({ kind: 'failed', words: [...result.problems, ...refusedWords(result.rows, changes.length)] });
    refuse(staged, result.rows);
    meet(staged, result.rows);
  };

  /** Stands what is staged on the rows as they are now, each cell as it was decided, and saves again. */
  const decide = (choices: ReadonlyMap<string, Choice>) => {
    if (!conflict) return;
    const fresh = new Map(conflict.conflicts.map(({ rowId, row }) => [rowId, row]));
    const values = new Map([...fresh].map(([rowId, row]) => [rowId, editing.valuesOf(row)]));
    const next = decided(edits.staged, values, conflict.contests, choices);
    edits.settle(next, fresh);
    pages.replace([...fresh.values()], rowKey);
    setConflict(null);
    const changes = changesOf(next, (rowId) => fresh.get(rowId) ?? edits.rowOf(rowId), editing);
    if (changes.length > 0) void send(next, changes);
    else setSaid({ kind: 'done', words: ['Nothing is left to save: all cells hold what the others entered.'] });
  };

  const takeBack = async () => {
    setBusy(true);
    const result = await editing.save(back, true);
    setBusy(false);
    const met = result.rows.filter((row) => row.conflict).length;
    if (result.saved) {
      take(result, back);
      setSaid({ kind: 'done', words: ['The last save was undone.'] });
    } else {
      const meanwhile = met > 0 ? [`${rowWords(met)} changed since. Nothing was undone.`] : [];
      setSaid({ kind: 'failed', words: [...meanwhile, ...result.problems, ...refusedWords(result.rows, back.length)] });
    }
    setBack([]);
  };

  return {
    busy, said, conflict, decide,
    canTakeBack: back.length > 0 && edits.cells === 0,
    takeBack: () => void takeBack(),
    save: () => void send(edits.staged, changesOf(edits.staged, edits.rowOf, editing)),
    closeConflict: () => setConflict(null),
    hush: () => {
      setSaid(silent);
      setBack([]);
    },
  };
}

/** Saving from a grid. */
export type Saving<Row> = ReturnType<typeof useSaving<Row>>;
