import { useEffect, useRef } from 'react';
import type { CellKeyboardEvent, CellKeyDownArgs, DataGridHandle } from 'react-data-grid';

import { leadingColumns, placeOf } from './cells';
import { type Arrow, type Bounds, boundsOf, cellCount, type Extent, extended, type Place, type Range, rangeAt } from './range';

interface Keys {
  extent: Extent;
  range: Range | null;
  select(range: Range): void;
  scrollTo(place: Place): void;
  /** Opens the editor of a cell with its value; false when it has none. */
  openEditor(rowIndex: number, columnIndex: number): boolean;
  /** Enter on a cell that can't be edited. */
  follow(rowIndex: number, newTab: boolean): void;
  clear(bounds: Bounds): void;
  fillDown(bounds: Bounds): void;
  fillRight(bounds: Bounds): void;
}

const isArrow = (key: string): key is Arrow => /^Arrow(Up|Down|Left|Right)$/.test(key);

/** The keys of an active cell, beyond moving: selecting, editing, clearing, filling; Escape, then Tab leaves the grid. */
export function useGridKeys<Row>(keys: Keys) {
  const leaving = useRef(false);
  return (args: CellKeyDownArgs<Row>, event: CellKeyboardEvent) => {
    if (args.mode !== 'ACTIVE') return;
    const wasLeaving = leaving.current;
    leaving.current = false;
    const place = placeOf(args.rowIdx, args.column?.idx ?? -1);
    const inData = place.row >= 0 && place.column >= 0 && place.column < keys.extent.columns;
    const range = keys.range ?? (inData ? rangeAt(place) : null);
    const { key } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    const handled = () => {
      event.preventGridDefault();
      event.preventDefault();
    };
    if (key === 'Tab' && wasLeaving) {
      event.preventGridDefault();
    } else if (key === 'Escape') {
      leaving.current = true;
      if (range) keys.select(rangeAt(range.anchor));
      handled();
    } else if (!inData || !range) {
      return;
    } else if (isArrow(key) && event.shiftKey) {
      const next = extended(range, key, ctrl, keys.extent);
      keys.select(next);
      keys.scrollTo(next.focus);
      handled();
    } else if (isArrow(key) && cellCount(boundsOf(range)) > 1) {
      keys.select(rangeAt(place));
    } else if (key === 'F2' || key === 'Enter') {
      // On a link or a button inside the cell Enter is its own.
      if (key === 'Enter' && event.target instanceof Element && event.target.closest('a, button')) return;
      if (!keys.openEditor(args.rowIdx, place.column + leadingColumns) && key === 'Enter') keys.follow(args.rowIdx, ctrl);
      handled();
    } else if (key === 'Delete' || key === 'Backspace') {
      keys.clear(boundsOf(range));
      handled();
    } else if (ctrl && !event.shiftKey && (key === 'd' || key === 'r')) {
      (key === 'd' ? keys.fillDown : keys.fillRight)(boundsOf(range));
      handled();
    } else if (ctrl && key === 'a') {
      keys.select({ anchor: { row: 0, column: 0 }, focus: { row: keys.extent.rows - 1, column: keys.extent.columns - 1 } });
      handled();
    }
  };
}

interface PageKeys {
  save: (() => void) | null;
  undo(): void;
  redo(): void;
}

/** Ctrl+S saves, Ctrl+Z undoes, Ctrl+Shift+Z or Ctrl+Y does again, wherever on the page the focus is, texts excepted. */
export function usePageKeys({ save, undo, redo }: PageKeys, isTyping: (target: EventTarget | null) => boolean) {
  const latest = useRef({ save, undo, redo });
  latest.current = { save, undo, redo };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 's' && latest.current.save) latest.current.save();
      else if (key === 'z' && !isTyping(event.target)) (event.shiftKey ? latest.current.redo : latest.current.undo)();
      else if (key === 'y' && !isTyping(event.target)) latest.current.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isTyping]);
}

/** Moves the focus of the grid to a cell. */
export function focusCell(grid: DataGridHandle | null, rowIndex: number, columnIndex: number): void {
  grid?.setActivePosition({ idx: columnIndex, rowIdx: rowIndex }, { shouldFocus: true });
}
