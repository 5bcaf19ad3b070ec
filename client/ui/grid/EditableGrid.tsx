import 'react-data-grid/lib/styles.css';

import { type ClipboardEvent, type Key, useCallback, useId, useMemo, useRef, useState } from 'react';
import { type CellMouseArgs, type CellMouseEvent, type CellRendererProps, DataGrid, type DataGridHandle } from 'react-data-grid';

import { format } from '../format';
import { useOpen } from '../useOpen';
import { toSort, toSortColumns } from './columns';
import { AddRowsDialog } from './editing/AddRowsDialog';
import { type Cells, CellsContext, isTyping, leadingColumns, placeOf } from './editing/cells';
import editingClasses from './editing/editing.module.css';
import { EditableCell } from './editing/EditableCell';
import { toEditableColumns } from './editing/columns';
import { cellCount, extentOf } from './editing/range';
import { cellKey, isNewRow } from './editing/staged';
import type { RowEditing } from './editing/types';
import { useActions } from './editing/useActions';
import { focusCell, useGridKeys } from './editing/useGridKeys';
import { useRange } from './editing/useRange';
import type { StagedEdits } from './editing/useStaged';
import { GridFoot } from './GridFoot';
import classes from './grid.module.css';
import { fromWindow, nearEnd, rowHeight } from './size';
import type { GridColumn, Sort } from './types';
import type { Pages } from './usePages';

interface EditableGridProps<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  pages: Pages<Row>;
  rowKey(row: Row): string;
  rowHref?(row: Row): string | undefined;
  sort: Sort;
  onSort(sort: Sort | null): void;
  edits: StagedEdits<Row>;
  editing: RowEditing<Row>;
  /** Ids of the rows that are chosen for bulk actions. */
  selected: ReadonlySet<string>;
  onSelected(ids: ReadonlySet<string>): void;
}

/** The grid for those who may change its rows: cells are edited in place, in ranges and by the clipboard, and staged until saved. */
export function EditableGrid<Row>({ label, columns, pages, rowKey, rowHref, sort, onSort, edits, editing, selected, onSelected }: EditableGridProps<Row>) {
  const open = useOpen();
  const noteId = useId();
  const grid = useRef<DataGridHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const startWith = useRef<'value' | 'text'>('text');
  const pressedActive = useRef(false);
  const active = useRef({ row: -1, column: -1 });
  const [said, say] = useState('');
  const { rows, problems } = edits;
  const data = useMemo(() => columns.filter((column) => !column.fixed), [columns]);
  const dataColumns = useMemo(() => toEditableColumns(columns, editing, rowKey), [columns, editing, rowKey]);
  const extent = { rows: rows.length, columns: data.length };

  const range = useRange(extent, (source, target) => actions.fillOut(source, target));
  const actions = useActions({
    edits, editing, pages, columns: data, rowKey, say,
    select: ({ top, left, bottom, right }) => range.setRange({ anchor: { row: top, column: left }, focus: { row: bottom, column: right } }),
  });
  const follow = (index: number, newTab: boolean) => {
    const row = rows[index];
    const href = row && !isNewRow(rowKey(row)) ? rowHref?.(row) : undefined;
    if (href) open(href, newTab);
  };
  const editOf = (columnKey: string) => columns.find(({ key }) => key === columnKey)?.edit;
  const openEditor = (rowIndex: number, columnIndex: number) => {
    if (!data[columnIndex - leadingColumns]?.edit) return false;
    startWith.current = 'value';
    grid.current?.setActivePosition({ idx: columnIndex, rowIdx: rowIndex }, { enableEditor: true });
    return true;
  };
  const onCellKeyDown = useGridKeys<Row>({
    extent, range: range.range, select: range.setRange, openEditor, follow, clear: actions.clear, fillDown: actions.fillDown, fillRight: actions.fillRight,
    scrollTo: ({ row, column }) => grid.current?.scrollToCell({ rowIdx: row, idx: column + leadingColumns }),
  });

  const onCellMouseDown = ({ rowIdx, column }: CellMouseArgs<Row>, event: CellMouseEvent) => {
    const place = placeOf(rowIdx, column.idx);
    pressedActive.current = false;
    // A link or a button does what it says; making its cell the active one would scroll the grid to it.
    if (event.target instanceof Element && event.target.closest('a, button')) event.preventGridDefault();
    if (event.button !== 0 || place.column < 0 || place.column >= data.length) return;
    if (event.target instanceof Element && event.target.closest('a, button, label')) return;
    if (event.shiftKey && range.range) {
      // The active cell stays where the range began, and no text is marked.
      event.preventGridDefault();
      event.preventDefault();
      range.setRange({ anchor: range.range.anchor, focus: place });
      return;
    }
    pressedActive.current = active.current.row === rowIdx && active.current.column === column.idx;
    range.press(place);
  };
  const onCellClick = ({ rowIdx, column }: CellMouseArgs<Row>, { shiftKey }: CellMouseEvent) => {
    const moved = range.bounds !== null && cellCount(range.bounds) > 1;
    if (pressedActive.current && !shiftKey && !moved) openEditor(rowIdx, column.idx);
  };

  const onClipboard = (event: ClipboardEvent) => {
    const { bounds } = range;
    if (!bounds || isTyping(event.target)) return;
    event.preventDefault();
    if (event.type === 'paste') {
      actions.paste(event.clipboardData.getData('text/plain'), bounds);
      return;
    }
    event.clipboardData.setData('text/plain', actions.copy(bounds));
    if (event.type === 'cut') actions.clear(bounds);
    say(`${format.integer(cellCount(bounds))} ${cellCount(bounds) === 1 ? 'cell' : 'cells'} copied.`);
  };

  const cells: Cells = {
    frame, noteId, startWith, bounds: range.bounds, preview: range.preview, editOf,
    rowIdAt: (index) => (rows[index] ? rowKey(rows[index]) : ''),
    patchOf: (rowId, field) => edits.staged.patches.get(cellKey(rowId, field)),
    problemOf: (rowId, field) => problems.get(cellKey(rowId, field)),
    storedOf: edits.storedOf, valuesOf: edits.valuesOf, nearOf: edits.nearOf, wouldBeWrong: edits.wouldBeWrong, edit: edits.edit,
    open: (rowId) => edits.open(rowId, edits.rowOf(rowId)), learn: editing.learn,
    enter: range.enter, holdHandle: range.holdHandle,
    move: (columnIndex, rowIndex, to) => {
      const row = rowIndex + (to === 'down' ? 1 : to === 'up' ? -1 : 0);
      const column = columnIndex + (to === 'right' ? 1 : to === 'left' ? -1 : 0);
      if (to === 'stay' || row < 0 || row >= rows.length || column < leadingColumns || column >= data.length + leadingColumns) return false;
      focusCell(grid.current, row, column);
      return true;
    },
  };
  const touched = [...edits.byRow.keys()].join(' ');
  const rowClass = useCallback(
    (row: Row) => (edits.byRow.has(rowKey(row)) ? editingClasses.touched : undefined),
    // Another set of rows only when other rows are touched: all rows are drawn anew then.
    [touched, rowKey],
  );
  const size = range.bounds && cellCount(range.bounds) > 1 ? extentOf(range.bounds) : null;

  return (
    <div
      ref={frame} className={`${classes.frame} ${editingClasses.frame}`} data-stale={pages.stale || undefined} aria-busy={pages.stale || pages.loadingMore}
      onCopy={onClipboard} onCut={onClipboard} onPaste={onClipboard}
    >
      <CellsContext value={cells}>
        <DataGrid
          ref={grid}
          className={`${classes.grid} ${editingClasses.grid}`}
          style={{ blockSize: 'auto', maxBlockSize: fromWindow }}
          aria-label={label}
          aria-rowcount={(pages.totalCount ?? pages.nodes.length) + (rows.length - pages.nodes.length) + 1}
          columns={dataColumns}
          rows={rows}
          rowKeyGetter={rowKey}
          rowHeight={rowHeight}
          headerRowHeight={rowHeight}
          rowClass={rowClass}
          sortColumns={toSortColumns(columns, sort)}
          onSortColumnsChange={(marked) => onSort(toSort(columns, marked))}
          selectedRows={selected}
          onSelectedRowsChange={onSelected}
          isRowSelectionDisabled={(row) => isNewRow(rowKey(row))}
          onActivePositionChange={({ rowIdx, column }) => {
            active.current = { row: rowIdx, column: column?.idx ?? -1 };
            const place = placeOf(rowIdx, column?.idx ?? -1);
            const inData = place.row >= 0 && place.column >= 0 && place.column < data.length;
            range.setRange(inData ? { anchor: place, focus: place } : null);
          }}
          onCellMouseDown={onCellMouseDown}
          onCellClick={onCellClick}
          onCellDoubleClick={({ rowIdx, column }, event) => {
            event.preventGridDefault();
            if (!openEditor(rowIdx, column.idx)) follow(rowIdx, event.ctrlKey || event.metaKey);
          }}
          onCellKeyDown={onCellKeyDown}
          // Without it Ctrl+V would open the editor; pasting is done above.
          onCellPaste={({ row }) => row}
          onScroll={(event) => nearEnd(event) && pages.loadMore()}
          renderers={renderers}
        />
      </CellsContext>
      <GridFoot pages={pages}>
        {size ? `${format.integer(size.rows)} × ${format.integer(size.columns)} cells selected` : said}
      </GridFoot>
      {actions.overflow && (
        <AddRowsDialog
          missing={actions.overflow.missingRows} fitting={actions.overflow.bounds.bottom - actions.overflow.bounds.top + 1 - actions.overflow.missingRows}
          onAnswer={actions.answer}
        />
      )}
    </div>
  );
}

const renderers = { renderCell: <Row,>(key: Key, props: CellRendererProps<Row, unknown>) => <EditableCell key={key} {...props} /> };
