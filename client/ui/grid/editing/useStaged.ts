import { useCallback, useMemo, useRef, useState } from 'react';

import { problemsOf, type Refused, type Values, withPatches } from './problems';
import { amend, discard, isNewRow, newRowPrefix, nothingStaged, type Patch, patchesByRow, redo, type Staged, stage, undo } from './staged';
import { type RowEditing, unknownMark } from './types';
import { useLookUps } from './useLookUps';

/** Values for fields of a row. */
export interface RowEdit {
  rowId: string;
  values: Values;
}

interface State<Row> {
  staged: Staged;
  /** Rows as they were when the first edit was staged: what a save is compared with. */
  held: ReadonlyMap<string, Row>;
  refused: readonly Refused[];
}

const unknownIn = (edits: readonly RowEdit[]) =>
  edits.flatMap(({ values }) => Object.entries(values)).filter(([, value]) => value.startsWith(unknownMark));

/** The staged edits of a grid: what is shown, what is wrong, and every way to change it. */
export function useStaged<Row>(loaded: readonly Row[], rowKey: (row: Row) => string, editing: RowEditing<Row>) {
  const [state, setState] = useState<State<Row>>({ staged: nothingStaged, held: new Map(), refused: [] });
  const blanks = useRef(new Map<string, Row>());
  /** Rows whose editor is open, as they were when it opened: what others change meanwhile is a conflict, not the value that was seen. */
  const opened = useRef(new Map<string, Row>());
  const { staged, held, refused } = state;
  const byRow = useMemo(() => patchesByRow(staged), [staged]);
  const rows = useMemo(() => {
    const added = [...byRow.keys()].filter(isNewRow).flatMap((id) => blanks.current.get(id) ?? []);
    return added.length > 0 ? [...loaded, ...added] : loaded;
  }, [loaded, byRow]);
  const byId = useMemo(() => new Map(rows.map((row) => [rowKey(row), row])), [rows, rowKey]);

  const rowOf = (rowId: string) => held.get(rowId) ?? opened.current.get(rowId) ?? byId.get(rowId) ?? blanks.current.get(rowId);
  const storedOf = (rowId: string): Values => {
    const row = rowOf(rowId);
    return row ? editing.valuesOf(row) : {};
  };
  const valuesOf = (rowId: string): Values => withPatches(storedOf(rowId), byRow.get(rowId) ?? []);
  const lookUps = useLookUps(editing, (field, text, value) => {
    setState((now) => ({ ...now, staged: amend(now.staged, field, unknownMark + text, value) }));
  });
  const problems = useMemo(
    () => problemsOf(staged, storedOf, (values) => lookUps.named(editing.check(values), values), refused),
    // Stored rows change only together with what is staged on them.
    [staged, refused, lookUps.known, editing],
  );

  const change = (step: (staged: Staged) => Staged) => setState((now) => ({ ...now, staged: step(now.staged) }));
  const edit = (edits: readonly RowEdit[]) => {
    const patches = edits.flatMap(({ rowId, values }) => {
      const stored = storedOf(rowId);
      return Object.entries(values).map(([field, value]): Patch => ({ rowId, field, base: stored[field] ?? '', value }));
    });
    setState((now) => {
      const next = new Map(now.held);
      for (const { rowId } of edits) {
        const row = opened.current.get(rowId) ?? byId.get(rowId);
        // With nothing staged on it any more, a row is as it was read last.
        if (row && !isNewRow(rowId) && (!next.has(rowId) || !byRow.has(rowId))) next.set(rowId, row);
      }
      return { ...now, staged: stage(now.staged, patches), held: next };
    });
    lookUps.ask(unknownIn(edits).map(([field, value]) => ({ field, text: value.slice(unknownMark.length) })));
  };

  const open = useCallback((rowId: string, row: Row | undefined) => {
    if (row) opened.current.set(rowId, row);
    return () => void opened.current.delete(rowId);
  }, []);

  const nextNew = useRef(0);
  /** Ids for rows to be added; they are there as soon as something is staged in them. */
  const addRows = useCallback((count: number) => Array.from({ length: count }, () => {
    nextNew.current += 1;
    const id = `${newRowPrefix}${nextNew.current}`;
    blanks.current.set(id, editing.blank(id));
    return id;
  }), [editing]);

  return {
    staged, byRow, rows, byId, problems, rowOf, storedOf, valuesOf, edit, open, addRows,
    lookingUp: lookUps.pending, nearOf: lookUps.nearOf,
    /** What would be wrong with a row if it held these values. */
    wouldBeWrong: (rowId: string, values: Values) => {
      const now = { ...valuesOf(rowId), ...values };
      const wrong = lookUps.named(editing.check(now), now);
      return Object.keys(values).map((field) => wrong[field]).find(Boolean);
    },
    /** How many cells are staged. */
    cells: staged.patches.size,
    canUndo: staged.undo.length > 0, canRedo: staged.redo.length > 0,
    undo: () => change(undo), redo: () => change(redo), discard: () => change(discard),
    refuse: (list: readonly Refused[]) => setState((now) => ({ ...now, refused: list })),
    /** Stands what is staged on other rows. */
    settle: (next: Staged, fresh: ReadonlyMap<string, Row>) =>
      setState((now) => ({ staged: next, held: new Map([...now.held, ...fresh]), refused: [] })),
    /** All is saved: nothing is staged and nothing can be undone here any more. */
    clear: () => setState({ staged: nothingStaged, held: new Map(), refused: [] }),
  };
}

/** The staged edits of a grid. */
export type StagedEdits<Row> = ReturnType<typeof useStaged<Row>>;
