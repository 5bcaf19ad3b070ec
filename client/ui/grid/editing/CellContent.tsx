import type { ReactNode } from 'react';

import { fieldsOf, placeOf, useCells } from './cells';
import classes from './editing.module.css';
import { isNewRow } from './staged';

interface CellContentProps {
  columnKey: string;
  columnIndex: number;
  rowIndex: number;
  /** What the cell shows while nothing is staged in it. */
  children: ReactNode;
}

/** The content of a cell: the staged value where there is one; in the last cell of the selection the handle to fill from. */
export function CellContent({ columnKey, columnIndex, rowIndex, children }: CellContentProps) {
  const { rowIdAt, editOf, patchOf, valuesOf, storedOf, bounds, preview, holdHandle } = useCells();
  const rowId = rowIdAt(rowIndex);
  const edit = editOf(columnKey);
  const staged = edit !== undefined && fieldsOf(edit).some((field) => patchOf(rowId, field));
  const { row, column } = placeOf(rowIndex, columnIndex);
  const last = edit !== undefined && preview === null && bounds?.bottom === row && bounds.right === column;
  return (
    <>
      {staged ? edit.show(valuesOf(rowId)) : isNewRow(rowId) ? '' : children}
      {staged && !isNewRow(rowId) && <span className="sw-visually-hidden">, not saved, was {edit.show(storedOf(rowId))}</span>}
      {last && (
        <span
          aria-hidden className={classes.handle}
          onMouseDown={(event) => {
            event.preventDefault();
            event.stopPropagation();
            holdHandle();
          }}
        />
      )}
    </>
  );
}
