import { type Bounds, contains, type Place, placesOf } from './range';

/** One cell takes the value of another. */
export interface Fill {
  from: Place;
  to: Place;
}

/** The first row of the rectangle goes into the rows below; a single row takes the one above it. */
export function fillDown(bounds: Bounds): Fill[] {
  const from = bounds.top === bounds.bottom ? bounds.top - 1 : bounds.top;
  if (from < 0) return [];
  return placesOf({ ...bounds, top: from + 1 }).map((to) => ({ from: { row: from, column: to.column }, to }));
}

/** The first column goes into those right of it; a single column takes the one left of it. */
export function fillRight(bounds: Bounds): Fill[] {
  const from = bounds.left === bounds.right ? bounds.left - 1 : bounds.left;
  if (from < 0) return [];
  return placesOf({ ...bounds, left: from + 1 }).map((to) => ({ from: { row: to.row, column: from }, to }));
}

/** Counts on from `from`, wrapping within `count`, also backwards. */
const wrapped = (value: number, from: number, count: number) => from + (((value - from) % count) + count) % count;

/** The handle: the source repeats itself over the larger rectangle. */
export function fillOut(source: Bounds, target: Bounds): Fill[] {
  const rows = source.bottom - source.top + 1;
  const columns = source.right - source.left + 1;
  return placesOf(target).filter((to) => !contains(source, to)).map((to) => ({
    from: { row: wrapped(to.row, source.top, rows), column: wrapped(to.column, source.left, columns) }, to,
  }));
}
