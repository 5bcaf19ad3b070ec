import { describe, expect, test } from '@jest/globals';

import { type FlatTable, flatten, mainList, rowLists } from '../../../client/pages/explore/flatten';

const heads = ({ columns }: FlatTable) => columns.map(({ path, kind }) => `${path}:${kind}`);

const licenses = {
  licenses: {
    nodes: [
      { id: '1', seats: 5, company: { name: 'A' }, unitCost: { amount: '12.50', currency: 'EUR' }, endDate: '2026-01-31' },
      { id: '2', seats: null, company: null, unitCost: { amount: '0', currency: 'USD' }, endDate: null },
    ],
    totalCount: 2,
  },
};

describe('lists of an answer', () => {
  test('are found in reading order, with those within others', () => {
    const data = {
      companies: { nodes: [{ name: 'A', licenses: { nodes: [{ id: '1' }, { id: '2' }] } }, { name: 'B', licenses: { nodes: [{ id: '3' }] } }] },
      dashboard: { revenue: [{ currency: 'EUR' }], warnings: [], windows: [1, 2] },
    };
    expect(rowLists(data)).toEqual([
      { path: 'companies.nodes', length: 2, nested: false },
      { path: 'companies.nodes.licenses.nodes', length: 3, nested: true },
      { path: 'dashboard.revenue', length: 1, nested: false },
      { path: 'dashboard.warnings', length: 0, nested: false },
    ]);
    expect(mainList(rowLists(data))).toBe('companies.nodes');
  });

  test('are none where the answer has none: the answer is the row', () => {
    const data = { viewer: { email: 'a@b', settings: { demo: true } } };
    expect([rowLists(data), mainList([])]).toEqual([[], '']);
    const table = flatten(data, '');
    expect([heads(table), table.rows]).toEqual([['viewer.email:text', 'viewer.settings.demo:text'], [['a@b', true]]]);
  });
});

describe('flat rows', () => {
  test('have a column for each field, nested ones by their path', () => {
    const table = flatten(licenses, 'licenses.nodes');
    expect(heads(table)).toEqual(['id:text', 'seats:number', 'company.name:text', 'unitCost.amount:number', 'unitCost.currency:text', 'endDate:date']);
    expect(table.rows).toEqual([['1', 5, 'A', '12.50', 'EUR', '2026-01-31'], ['2', null, null, '0', 'USD', null]]);
  });

  test('of a list within a list begin with what is around them', () => {
    const data = { companies: { nodes: [{ id: '7', name: 'A', licenses: { totalCount: 2, nodes: [{ id: '1' }, { id: '2' }] } }, { id: '8', name: 'B', licenses: { totalCount: 0, nodes: [] } }] } };
    const table = flatten(data, 'companies.nodes.licenses.nodes');
    expect(heads(table)).toEqual(['companies.nodes.id:text', 'companies.nodes.name:text', 'id:text']);
    expect(table.rows).toEqual([['7', 'A', '1'], ['7', 'A', '2']]);
  });

  test('spread short lists whose elements are told apart by a dimension or a currency', () => {
    const data = {
      analyze: {
        nodes: [
          { keys: [{ dimension: 'PRODUCT', label: 'SUB' }, { dimension: 'SOURCE', label: 'PORTAL' }], figures: { seats: 5, annualValue: { amounts: [{ currency: 'EUR', amount: '10.00' }] } } },
          { keys: [{ dimension: 'PRODUCT', label: null }, { dimension: 'SOURCE', label: 'TRIAL' }], figures: { seats: 0, annualValue: { amounts: [{ currency: 'USD', amount: '3' }, { currency: 'EUR', amount: '1' }] } } },
        ],
      },
    };
    const table = flatten(data, 'analyze.nodes');
    expect(heads(table)).toEqual([
      'keys.PRODUCT:text', 'keys.SOURCE:text', 'figures.seats:number', 'figures.annualValue.amounts.USD:number', 'figures.annualValue.amounts.EUR:number',
    ]);
    expect(table.rows).toEqual([['SUB', 'PORTAL', 5, null, '10.00'], [null, 'TRIAL', 0, '3', '1']]);
  });

  test('keep other lists as text', () => {
    const table = flatten({ a: [{ tags: ['x', 'y'], none: [], parts: [{ n: 1 }, { n: 2 }] }] }, 'a');
    expect(heads(table)).toEqual(['tags:text', 'none:text', 'parts:text']);
    expect(table.rows).toEqual([['x, y', '', '[{"n":1},{"n":2}]']]);
  });

  test('keep exact decimals and long numbers as they came', () => {
    const table = flatten({ a: [{ v: '12345678901234567890.10' }, { v: '-0.5' }] }, 'a');
    expect([heads(table), table.rows]).toEqual([['v:number'], [['12345678901234567890.10'], ['-0.5']]]);
  });

  test('tell figures from ids, days and words', () => {
    const rows = [{ id: '1', ownerId: '2', paid: '3', quarter: '2026-Q1', month: '2026-01', at: '2026-01-01T10:00:00.000Z', mixed: '1' }, { id: '2', ownerId: '3', paid: '4', quarter: '2026-Q2', month: '2026-02', at: null, mixed: 'x' }];
    expect(heads(flatten({ rows }, 'rows'))).toEqual(['id:text', 'ownerId:text', 'paid:number', 'quarter:date', 'month:date', 'at:date', 'mixed:text']);
  });

  test('are none of an empty list, of a path that is not there, and of an answer without data', () => {
    for (const [data, path] of [[{ a: [] }, 'a'], [{ a: [{ b: 1 }] }, 'c'], [null, 'a']] as const) {
      expect(flatten(data, path)).toEqual({ columns: [], rows: [] });
    }
  });

  test('take aliases for what they are, whatever they are called', () => {
    const table = flatten(JSON.parse('{"rows":[{"__proto__":{"x":1},"constructor":2,"toString":"y"}]}'), 'rows');
    expect([heads(table), table.rows]).toEqual([['__proto__.x:number', 'constructor:number', 'toString:text'], [[1, 2, 'y']]]);
  });
});
