import { type Bounds, boundsOf, type Extent, extentOf, type Place } from './range';

/** A text for a cell. Rows at or after the last one are rows that would have to be added. */
export interface PlacedText extends Place {
  text: string;
}

/** Where a pasted rectangle goes. */
export interface Placement {
  cells: PlacedText[];
  /** The rectangle it covers. */
  bounds: Bounds;
  /** Rows that are missing. */
  missingRows: number;
  /** Columns of the text that found no column. */
  cutColumns: number;
}

/** The selection is filled when the rectangle fits into it a whole number of times; else the rectangle begins at its corner. */
function covered(table: Extent, target: Bounds): Extent {
  const { rows, columns } = extentOf(target);
  return rows % table.rows === 0 && columns % table.columns === 0 ? { rows, columns } : table;
}

/** Puts a rectangle of texts on the selected cells; one value fills all of them. */
export function placeTable(table: readonly (readonly string[])[], target: Bounds, extent: Extent): Placement {
  const size = { rows: table.length, columns: table[0]?.length ?? 0 };
  const { rows, columns } = covered(size, target);
  const shown = Math.min(columns, extent.columns - target.left);
  const cells: PlacedText[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < shown; column += 1) {
      const text = table[row % size.rows]?.[column % size.columns] ?? '';
      cells.push({ row: target.top + row, column: target.left + column, text });
    }
  }
  const bounds = boundsOf({
    anchor: { row: target.top, column: target.left }, focus: { row: target.top + rows - 1, column: target.left + shown - 1 },
  });
  return { cells, bounds, missingRows: Math.max(0, bounds.bottom + 1 - extent.rows), cutColumns: columns - shown };
}
