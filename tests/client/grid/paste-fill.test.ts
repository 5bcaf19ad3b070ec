import { describe, expect, it } from '@jest/globals';

import { fillDown, fillOut, fillRight } from '../../../client/ui/grid/editing/fill';
import { placeTable } from '../../../client/ui/grid/editing/paste';

const extent = { rows: 6, columns: 4 };
const one = { top: 1, left: 1, bottom: 1, right: 1 };
const texts = (table: string[][], target: typeof one) =>
  placeTable(table, target, extent).cells.map(({ row, column, text }) => `${row}/${column}=${text}`);
const steps = (fills: ReturnType<typeof fillDown>) => fills.map(({ from, to }) => `${from.row}/${from.column}>${to.row}/${to.column}`);

describe('a paste', () => {
  it('puts a rectangle at the active cell', () => {
    expect(texts([['a', 'b'], ['c', 'd']], one)).toEqual(['1/1=a', '1/2=b', '2/1=c', '2/2=d']);
  });

  it('fills a selection with one value, and with a rectangle that fits several times', () => {
    expect(texts([['x']], { top: 0, left: 0, bottom: 1, right: 1 })).toEqual(['0/0=x', '0/1=x', '1/0=x', '1/1=x']);
    expect(texts([['x', 'y']], { top: 0, left: 0, bottom: 1, right: 1 })).toEqual(['0/0=x', '0/1=y', '1/0=x', '1/1=y']);
    expect(texts([['x'], ['y']], { top: 0, left: 0, bottom: 2, right: 0 })).toEqual(['0/0=x', '1/0=y']);
  });

  it('says which rows are missing and which columns do not fit', () => {
    const placed = placeTable([['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9']], { top: 5, left: 2, bottom: 5, right: 2 }, extent);
    expect(placed).toMatchObject({ missingRows: 2, cutColumns: 1, bounds: { top: 5, left: 2, bottom: 7, right: 3 } });
    expect(placed.cells.map(({ text }) => text)).toEqual(['1', '2', '4', '5', '7', '8']);
  });
});

describe('a fill', () => {
  it('takes the first row down and the first column right', () => {
    expect(steps(fillDown({ top: 1, left: 1, bottom: 3, right: 2 }))).toEqual(['1/1>2/1', '1/2>2/2', '1/1>3/1', '1/2>3/2']);
    expect(steps(fillRight({ top: 1, left: 1, bottom: 2, right: 2 }))).toEqual(['1/1>1/2', '2/1>2/2']);
  });

  it('takes the neighbour into a single cell', () => {
    expect(steps(fillDown(one))).toEqual(['0/1>1/1']);
    expect(steps(fillRight(one))).toEqual(['1/0>1/1']);
    expect(fillDown({ ...one, top: 0, bottom: 0 })).toEqual([]);
  });

  it('repeats the source along the handle, either way', () => {
    const source = { top: 2, left: 1, bottom: 3, right: 1 };
    expect(steps(fillOut(source, { ...source, bottom: 6 }))).toEqual(['2/1>4/1', '3/1>5/1', '2/1>6/1']);
    expect(steps(fillOut(source, { ...source, top: 0 }))).toEqual(['2/1>0/1', '3/1>1/1']);
    expect(steps(fillOut(source, { ...source, top: 1 }))).toEqual(['3/1>1/1']);
  });
});
