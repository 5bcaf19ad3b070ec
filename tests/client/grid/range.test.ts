import { describe, expect, it } from '@jest/globals';

import { boundsOf, cellCount, contains, dragged, extended, placesOf, rangeAt } from '../../../client/ui/grid/editing/range';

const extent = { rows: 10, columns: 5 };
const corner = { row: 3, column: 2 };

describe('a range', () => {
  it('has edges whichever way it was drawn', () => {
    const bounds = { top: 1, left: 2, bottom: 4, right: 3 };
    expect(boundsOf({ anchor: { row: 4, column: 2 }, focus: { row: 1, column: 3 } })).toEqual(bounds);
    expect(cellCount(bounds)).toBe(8);
    expect(contains(bounds, { row: 4, column: 3 })).toBe(true);
    expect(contains(bounds, { row: 5, column: 3 })).toBe(false);
    expect(placesOf({ ...bounds, bottom: 1 })).toEqual([{ row: 1, column: 2 }, { row: 1, column: 3 }]);
  });

  it('grows from the active cell, and back through it', () => {
    const down = extended(rangeAt(corner), 'ArrowDown', false, extent);
    expect(down).toEqual({ anchor: corner, focus: { row: 4, column: 2 } });
    const up = extended(extended(down, 'ArrowUp', false, extent), 'ArrowUp', false, extent);
    expect(boundsOf(up)).toEqual({ top: 2, left: 2, bottom: 3, right: 2 });
  });

  it('stops at the edge', () => {
    expect(extended(rangeAt(corner), 'ArrowRight', true, extent).focus).toEqual({ row: 3, column: 4 });
    expect(extended(rangeAt(corner), 'ArrowUp', true, extent).focus).toEqual({ row: 0, column: 2 });
    expect(extended(rangeAt({ row: 9, column: 0 }), 'ArrowDown', false, extent).focus).toEqual({ row: 9, column: 0 });
  });

  it('is dragged out in one direction, the farther one', () => {
    const source = { top: 2, left: 1, bottom: 3, right: 2 };
    expect(dragged(source, { row: 7, column: 3 })).toEqual({ ...source, bottom: 7 });
    expect(dragged(source, { row: 4, column: 4 })).toEqual({ ...source, right: 4 });
    expect(dragged(source, { row: 0, column: 1 })).toEqual({ ...source, top: 0 });
    expect(dragged(source, { row: 3, column: 1 })).toEqual(source);
  });
});
