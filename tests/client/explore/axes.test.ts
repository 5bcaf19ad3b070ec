import { describe, expect, test } from '@jest/globals';

import { type ChartChoice, currenciesOf, draw, fits, MOST, suggestChart } from '../../../client/pages/explore/axes';
import { flatten } from '../../../client/pages/explore/flatten';

const table = (rows: readonly Record<string, unknown>[]) => flatten({ rows }, 'rows');

const prices = table([
  { name: 'A', seats: 5, price: { amount: '10.50', currency: 'EUR' } },
  { name: 'B', seats: 7, price: { amount: '20', currency: 'USD' } },
  { name: 'C', seats: null, price: { amount: '30', currency: 'EUR' } },
]);
const bars = (choice: Partial<ChartChoice> = {}): ChartChoice => ({ type: 'BAR', x: 'name', y: 'seats', series: null, ...choice });

describe('the suggested chart', () => {
  test('is of the first figure, by name', () => {
    expect(suggestChart(prices)).toEqual(bars());
  });

  test('is a line over days, one for each of those that share them', () => {
    const rows = table([{ month: '2026-01', source: 'A', n: 1 }, { month: '2026-01', source: 'B', n: 2 }, { month: '2026-02', source: 'A', n: 3 }]);
    expect(suggestChart(rows)).toEqual({ type: 'LINE', x: 'month', y: 'n', series: 'source' });
  });

  test('is of dots where there are figures alone, and none without figures', () => {
    expect(suggestChart(table([{ a: 1, b: 2 }]))).toEqual({ type: 'SCATTER', x: 'b', y: 'a', series: null });
    expect(suggestChart(table([{ id: '1', name: 'A' }]))).toBeNull();
    expect(suggestChart(table([]))).toBeNull();
  });
});

test('a choice fits rows that have its columns, with figures where figures stand', () => {
  expect(fits(prices, bars())).toBe(true);
  expect(fits(prices, bars({ y: 'name' }))).toBe(false);
  expect(fits(prices, bars({ x: 'gone' }))).toBe(false);
  expect(fits(prices, bars({ series: 'gone' }))).toBe(false);
  expect(fits(prices, bars({ type: 'SCATTER' }))).toBe(false);
  expect(fits(prices, bars({ type: 'SCATTER', x: 'price.amount' }))).toBe(true);
});

describe('a drawing', () => {
  test('has a mark for each row, exact values beside lengths, and says what is missing', () => {
    expect(draw(prices, bars(), null)).toEqual({
      kind: 'plot', notes: ['1 row has no seats.'],
      plot: {
        type: 'BAR', xLabel: 'name', yLabel: 'seats', currency: null, categories: ['A', 'B', 'C'], ofDays: false,
        series: [{ name: 'seats', marks: [{ value: 5, text: '5' }, { value: 7, text: '7' }, { value: null, text: null }] }],
      },
    });
  });

  test('is of one currency at a time', () => {
    expect(currenciesOf(prices, 'price.amount')).toEqual(['EUR', 'USD']);
    expect(currenciesOf(prices, 'seats')).toEqual([]);
    const drawn = draw(prices, bars({ y: 'price.amount' }), 'EUR');
    expect(drawn).toMatchObject({ kind: 'plot', plot: { currency: 'EUR', categories: ['A', 'C'], series: [{ marks: [{ value: 10.5, text: '10.50' }, { value: 30, text: '30' }] }] } });
  });

  test('keeps rows of the same name apart, and never adds them up', () => {
    const twice = table([{ name: 'A', n: 1 }, { name: 'A', n: 2 }]);
    expect(draw(twice, bars({ y: 'n' }), null)).toMatchObject({ plot: { categories: ['A', 'A'], series: [{ marks: [{ value: 1 }, { value: 2 }] }] } });
    const rows = table([{ name: 'A', of: 'x', n: 1 }, { name: 'A', of: 'x', n: 2 }]);
    expect(draw(rows, bars({ y: 'n', series: 'of' }), null)).toMatchObject({ kind: 'refused', why: expect.stringContaining('same name and of') });
  });

  test('of several series has a gap where a series has no row, days in their order', () => {
    const rows = table([{ month: '2026-02', of: 'x', n: 1 }, { month: '2026-01', of: 'y', n: '2.5' }, { month: '2026-02', of: 'y', n: 3 }]);
    const gap = { value: null, text: null };
    expect(draw(rows, { type: 'LINE', x: 'month', y: 'n', series: 'of' }, null)).toEqual({
      kind: 'plot', notes: [],
      plot: {
        type: 'LINE', xLabel: 'month', yLabel: 'n', currency: null, categories: ['2026-01', '2026-02'], ofDays: true,
        series: [{ name: 'x', marks: [gap, { value: 1, text: '1' }] }, { name: 'y', marks: [{ value: 2.5, text: '2.5' }, { value: 3, text: '3' }] }],
      },
    });
  });

  test('of dots leaves out rows that lack a figure, and names each dot', () => {
    expect(draw(prices, bars({ type: 'SCATTER', x: 'price.amount' }), null)).toMatchObject({
      notes: ['1 row has no seats.'],
      plot: { type: 'SCATTER', series: [{ name: 'seats', points: [{ title: 'A', x: 10.5, y: 5, xText: '10.50', yText: '5' }, { title: 'B', x: 20, y: 7 }] }] },
    });
  });

  test('stops at what can be read, and says so', () => {
    const many = table(Array.from({ length: MOST.BAR + 5 }, (_, index) => ({ name: `N${index}`, of: `S${index % 8}`, n: index })));
    const drawn = draw(many, bars({ y: 'n' }), null);
    expect(drawn).toMatchObject({ notes: [`The first ${MOST.BAR} of ${MOST.BAR + 5} rows are drawn.`] });
    expect(draw(many, bars({ y: 'n', series: 'of' }), null)).toMatchObject({ notes: expect.arrayContaining(['The first 6 of 8 series are drawn.']), plot: { series: { length: 6 } } });
  });

  test('is refused where the rows do not have its columns', () => {
    expect(draw(prices, bars({ y: 'gone' }), null)).toMatchObject({ kind: 'refused' });
  });
});
