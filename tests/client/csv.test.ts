import { describe, expect, test } from '@jest/globals';

import type { Column } from '../../client/ui/columns';
import { isFormula, toCsv } from '../../client/ui/csv';

interface Row {
  name: string;
  amount: string | number | null;
}

const columns: Column<Row>[] = [
  { key: 'name', header: 'Name', value: (row) => row.name },
  { key: 'amount', header: 'Amount', value: (row) => row.amount, cell: () => 'rounded' },
];

function lines(...rows: Row[]): string[] {
  return toCsv(columns, rows).replace('\ufeff', '').trimEnd().split('\r\n');
}

describe('CSV', () => {
  test('has a header and exact values', () => {
    expect(lines({ name: 'Acme', amount: '1234.50' })).toEqual(['Name,Amount', 'Acme,1234.50']);
  });

  test('begins with a byte order mark, for spreadsheets', () => {
    expect(toCsv(columns, [])).toMatch(/^\ufeff/);
  });

  test('quotes commas, quotes and line breaks', () => {
    expect(lines({ name: 'A "B", C', amount: null })).toEqual(['Name,Amount', '"A ""B"", C",']);
    expect(toCsv(columns, [{ name: 'two\nlines', amount: 1 }])).toContain('"two\nlines",1');
  });

  test.each(['=1+1', '+cmd', '-cmd', '@sum', '\tx', '\rx'])('%j is neutralised', (name) => {
    expect(isFormula(name)).toBe(true);
    expect(toCsv(columns, [{ name, amount: 0 }])).toContain(`'${name}`);
  });

  test.each([-12, '-12.50', '+3'])('%p stays a number', (amount) => {
    expect(lines({ name: 'x', amount })).toEqual(['Name,Amount', `x,${amount}`]);
  });
});
