import { useEffect, useRef, useState } from 'react';

import type { Pages } from '../usePages';
import type { GridColumn } from '../types';
import { fieldsOf } from './cells';
import { readTable, writeTable } from './clipboard';
import { type Fill, fillDown, fillOut, fillRight } from './fill';
import { type Placement, placeTable } from './paste';
import type { Values } from './problems';
import { type Bounds, type Place, placesOf } from './range';
import type { RowEditing } from './types';
import type { RowEdit, StagedEdits } from './useStaged';
import { pastedWords } from './words';

interface Actions<Row> {
  edits: StagedEdits<Row>;
  editing: RowEditing<Row>;
  pages: Pages<Row>;
  columns: readonly GridColumn<Row>[];
  rowKey(row: Row): string;
  /** Selects what was changed. */
  select(bounds: Bounds): void;
  say(words: string): void;
}

/** A cell as it was copied here: exactly, where a text says less than the value. */
interface Copied {
  field: string | undefined;
  values: Values;
}

/** What the clipboard and the keys do to the selected cells: copy, paste, clear and fill, each as one group to undo. */
export function useActions<Row>({ edits, editing, pages, columns, rowKey, select, say }: Actions<Row>) {
  const { rows } = edits;
  const [overflow, setOverflow] = useState<Placement | null>(null);
  /** What was copied here last: a name that two owners share, an amount with its currency. */
  const copied = useRef<{ text: string; cells: Copied[][] }>({ text: '', cells: [] });
  /** A paste that waits for rows to be read. */
  const [waiting, setWaiting] = useState<{ text: string; bounds: Bounds } | null>(null);

  const at = ({ row: index, column: columnIndex }: Place) => {
    const row = rows[index];
    const column = columns[columnIndex];
    return row && column ? { row, rowId: rowKey(row), column, edit: column.edit } : undefined;
  };
  const textOf = (place: Place): string => {
    const cell = at(place);
    if (!cell) return '';
    return cell.edit ? cell.edit.write(edits.valuesOf(cell.rowId)) : String(cell.column.value(cell.row) ?? '');
  };
  const exact = (place: Place): Values => {
    const cell = at(place);
    if (!cell?.edit) return {};
    const values = edits.valuesOf(cell.rowId);
    return Object.fromEntries(fieldsOf(cell.edit).map((field) => [field, values[field] ?? '']));
  };

  const copy = (bounds: Bounds): string => {
    const places = Array.from({ length: bounds.bottom - bounds.top + 1 }, (_, row) =>
      Array.from({ length: bounds.right - bounds.left + 1 }, (_cell, column) => ({ row: bounds.top + row, column: bounds.left + column })));
    const text = writeTable(places.map((row) => row.map(textOf)));
    copied.current = { text, cells: places.map((row) => row.map((place) => ({ field: at(place)?.edit?.field, values: exact(place) }))) };
    return text;
  };
  /** What a pasted cell was copied from, when it was copied here and from a cell of the same field. */
  const origin = ({ row, column }: Place, { top, left }: Bounds, field: string): Values | undefined => {
    const { cells } = copied.current;
    const from = cells[(row - top) % cells.length];
    const cell = from?.[(column - left) % from.length];
    return cell?.field === field ? cell.values : undefined;
  };

  const put = (placement: Placement, added: readonly string[], own: boolean) => {
    const list: RowEdit[] = [];
    let readOnly = 0;
    for (const cell of placement.cells) {
      const edit = columns[cell.column]?.edit;
      const row = rows[cell.row];
      const rowId = row ? rowKey(row) : added[cell.row - rows.length];
      if (rowId === undefined) continue;
      if (edit) list.push({ rowId, values: (own ? origin(cell, placement.bounds, edit.field) : undefined) ?? edit.read(cell.text) });
      else readOnly += 1;
    }
    const fresh = added.map((rowId): RowEdit => ({ rowId, values: editing.defaults }));
    edits.edit([...fresh, ...list]);
    select({ ...placement.bounds, bottom: Math.min(placement.bounds.bottom, rows.length + added.length - 1) });
    say(pastedWords(list.length, readOnly, placement.cutColumns));
  };

  /** Pastes at the selection. Rows that can be read on are read first; whether to add others is asked. */
  const paste = (text: string, bounds: Bounds, mayRead = true) => {
    const placement = placeTable(readTable(text), bounds, { rows: rows.length, columns: columns.length });
    if (placement.missingRows > 0 && pages.hasMore && mayRead) {
      say('Reading the rows that follow.');
      void pages.readTo(placement.bounds.bottom + 1).then(() => setWaiting({ text, bounds }));
    } else if (placement.missingRows > 0) setOverflow(placement);
    else put(placement, [], text.trimEnd() === copied.current.text.trimEnd());
  };
  useEffect(() => {
    if (!waiting) return;
    setWaiting(null);
    paste(waiting.text, waiting.bounds, false);
  }, [waiting]);

  const fill = (fills: readonly Fill[]) => {
    const list = fills.flatMap(({ from, to }): RowEdit[] => {
      const source = at(from);
      const target = at(to);
      if (!source || !target?.edit) return [];
      const values = source.edit?.field === target.edit.field ? exact(from) : target.edit.read(textOf(from));
      return [{ rowId: target.rowId, values }];
    });
    edits.edit(list);
    say(list.length > 0 ? `${list.length} ${list.length === 1 ? 'cell' : 'cells'} filled.` : 'Nothing to fill.');
  };

  return {
    copy, paste,
    clear: (bounds: Bounds) => edits.edit(placesOf(bounds).flatMap((place): RowEdit[] => {
      const cell = at(place);
      return cell?.edit ? [{ rowId: cell.rowId, values: { [cell.edit.field]: '' } }] : [];
    })),
    fillDown: (bounds: Bounds) => fill(fillDown(bounds)),
    fillRight: (bounds: Bounds) => fill(fillRight(bounds)),
    fillOut: (source: Bounds, target: Bounds) => fill(fillOut(source, target)),
    /** A paste that waits for an answer: whether to add the rows that are missing. */
    overflow,
    answer: (how: 'add' | 'cut' | 'cancel') => {
      setOverflow(null);
      if (overflow && how !== 'cancel') put(overflow, how === 'add' ? edits.addRows(overflow.missingRows) : [], false);
    },
  };
}
