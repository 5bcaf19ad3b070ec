/** A cell by its place: rows from 0, columns from 0. */
export interface Place {
  row: number;
  column: number;
}

/** A rectangle of cells: where it began, which is the active cell, and where it was drawn to. */
export interface Range {
  anchor: Place;
  focus: Place;
}

/** The edges of a rectangle, all of them inside it. */
export interface Bounds {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** How many rows and columns there are. */
export interface Extent {
  rows: number;
  columns: number;
}

/** The keys that move the end of a range. */
export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** A range of one cell. */
export const rangeAt = (place: Place): Range => ({ anchor: place, focus: place });

/** The edges of a range. */
export function boundsOf({ anchor, focus }: Range): Bounds {
  return {
    top: Math.min(anchor.row, focus.row), left: Math.min(anchor.column, focus.column),
    bottom: Math.max(anchor.row, focus.row), right: Math.max(anchor.column, focus.column),
  };
}

/** Whether a cell lies within. */
export const contains = ({ top, left, bottom, right }: Bounds, { row, column }: Place) =>
  row >= top && row <= bottom && column >= left && column <= right;

/** Rows and columns of a rectangle. */
export const extentOf = ({ top, left, bottom, right }: Bounds): Extent => ({ rows: bottom - top + 1, columns: right - left + 1 });

/** How many cells it has. */
export function cellCount(bounds: Bounds): number {
  const { rows, columns } = extentOf(bounds);
  return rows * columns;
}

/** The cells of a rectangle, row by row. */
export function placesOf({ top, left, bottom, right }: Bounds): Place[] {
  const places: Place[] = [];
  for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) places.push({ row, column });
  return places;
}

const steps: Record<Arrow, Place> = {
  ArrowUp: { row: -1, column: 0 }, ArrowDown: { row: 1, column: 0 }, ArrowLeft: { row: 0, column: -1 }, ArrowRight: { row: 0, column: 1 },
};
const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

/** The range with its end moved by one cell, or to the edge of the grid. */
export function extended(range: Range, arrow: Arrow, toEdge: boolean, extent: Extent): Range {
  const step = steps[arrow];
  const far = toEdge ? Math.max(extent.rows, extent.columns) : 1;
  const { row, column } = range.focus;
  return {
    anchor: range.anchor,
    focus: { row: within(row + step.row * far, extent.rows), column: within(column + step.column * far, extent.columns) },
  };
}

/** The rectangle that dragging the handle of `source` to a cell fills: down, up, right or left, whichever is farther. */
export function dragged(source: Bounds, to: Place): Bounds {
  const down = Math.max(to.row - source.bottom, source.top - to.row, 0);
  const across = Math.max(to.column - source.right, source.left - to.column, 0);
  return down >= across
    ? { ...source, top: Math.min(source.top, to.row), bottom: Math.max(source.bottom, to.row) }
    : { ...source, left: Math.min(source.left, to.column), right: Math.max(source.right, to.column) };
}
