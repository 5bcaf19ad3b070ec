import { useRef } from 'react';
import { Cell, type CellRendererProps } from 'react-data-grid';

import { type Cells, fieldsOf, placeOf, useCells } from './cells';
import { CellLayer } from './CellLayer';
import { CellNote } from './CellNote';
import classes from './editing.module.css';
import { cellCount, contains, type Place } from './range';
import { isNewRow } from './staged';
import type { CellEdit } from './types';

/** What is staged in a cell, and what stood there before. */
function stagedIn(cells: Cells, rowId: string, edit: CellEdit | undefined): { staged: boolean; was: string | undefined } {
  const staged = edit !== undefined && fieldsOf(edit).some((field) => cells.patchOf(rowId, field));
  return { staged, was: staged && edit && !isNewRow(rowId) ? `Was ${edit.show(cells.storedOf(rowId))}` : undefined };
}

/** Edges of the rectangle that run along a cell; they are drawn by shadows, which take no room. */
function edgesOf({ bounds }: Cells, place: Place): string | undefined {
  if (!bounds || cellCount(bounds) < 2 || !contains(bounds, place)) return undefined;
  const { row, column } = place;
  return [row === bounds.top && 'top', row === bounds.bottom && 'bottom', column === bounds.left && 'left', column === bounds.right && 'right'].filter(Boolean).join(' ');
}

/** A cell that shows what is staged in it, what is wrong with it, and whether it is selected. */
export function EditableCell<Row>(props: CellRendererProps<Row, unknown>) {
  const cells = useCells();
  const box = useRef<HTMLDivElement>(null);
  const { rowIdx, column, isCellActive } = props;
  const rowId = cells.rowIdAt(rowIdx);
  const edit = cells.editOf(column.key);
  const place = placeOf(rowIdx, column.idx);
  const edges = edgesOf(cells, place);
  const { staged, was } = stagedIn(cells, rowId, edit);
  const problem = edit && cells.problemOf(rowId, edit.field);
  const note = isCellActive ? problem : undefined;
  return (
    <>
      <Cell
        {...props}
        ref={box}
        className={classes.cell}
        data-active={isCellActive || undefined}
        data-range={edges}
        data-preview={(cells.preview && contains(cells.preview, place)) || undefined}
        data-staged={staged || undefined}
        data-invalid={problem ? true : undefined}
        aria-selected={isCellActive || edges !== undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? cells.noteId : undefined}
        title={problem ?? was}
        onMouseEnter={() => cells.enter(place)}
      />
      {note && edit && (
        <CellLayer anchor={box}>
          <CellNote
            id={cells.noteId} problem={note} near={cells.nearOf(edit.field, cells.valuesOf(rowId)[edit.field])}
            onTake={(option) => {
              cells.learn(option);
              cells.edit([{ rowId, values: { [edit.field]: option.value } }]);
            }}
          />
        </CellLayer>
      )}
    </>
  );
}
