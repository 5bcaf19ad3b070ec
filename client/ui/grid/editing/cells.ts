import { createContext, type RefObject, use } from 'react';

import type { Values } from './problems';
import type { Bounds, Place } from './range';
import type { Patch } from './staged';
import type { CellEdit, Option } from './types';
import type { RowEdit } from './useStaged';

/** Where to go when an editor closes. */
export type Move = 'down' | 'up' | 'right' | 'left' | 'stay';

/** What the cells of an editable grid know of each other. */
export interface Cells {
  /** The box around the grid, in which layers are placed. */
  frame: RefObject<HTMLElement | null>;
  /** Id of the note that says what is wrong with the active cell. */
  noteId: string;
  /** The selected rectangle, and the one that dragging the handle would fill. */
  bounds: Bounds | null;
  preview: Bounds | null;
  /** Whether an editor opens with the value or with what is typed. */
  startWith: RefObject<'value' | 'text'>;
  rowIdAt(index: number): string;
  editOf(columnKey: string): CellEdit | undefined;
  patchOf(rowId: string, field: string): Patch | undefined;
  problemOf(rowId: string, field: string): string | undefined;
  storedOf(rowId: string): Values;
  valuesOf(rowId: string): Values;
  nearOf(field: string, value: string | undefined): readonly Option[];
  wouldBeWrong(rowId: string, values: Values): string | undefined;
  edit(edits: readonly RowEdit[]): void;
  /** An editor of the row is open, until the result is called. */
  open(rowId: string): () => void;
  learn(option: Option): void;
  /** The pointer came over a cell, or took hold of the handle. */
  enter(place: Place): void;
  holdHandle(): void;
  /** The editor of a cell is done: on to the next one. False when there is none that way. */
  move(columnIndex: number, rowIndex: number, to: Move): boolean;
}

/** Given by the editable grid. */
export const CellsContext = createContext<Cells | null>(null);

/** The grid around a cell. */
export function useCells(): Cells {
  const cells = use(CellsContext);
  if (!cells) throw new Error('A cell outside of an editable grid');
  return cells;
}

/** The checkbox of a row stands in front of the columns. */
export const leadingColumns = 1;

/** The place of a cell among those that hold data. */
export const placeOf = (rowIndex: number, columnIndex: number): Place => ({ row: rowIndex, column: columnIndex - leadingColumns });

/** All fields that a cell shows. */
export const fieldsOf = (edit: CellEdit): readonly string[] => [edit.field, ...(edit.along ?? [])];

/** Where keys and the clipboard belong to a text, not to the grid. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog] *');
