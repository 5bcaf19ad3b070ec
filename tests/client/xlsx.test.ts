import { expect, test } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';

import type { Column } from '../../client/ui/columns';
import { toXlsx, workbookCell } from '../../client/ui/xlsx';

interface Row {
  name: string;
  amount: string | null;
}

const columns: Column<Row>[] = [
  { key: 'name', header: 'Name', value: (row) => row.name, cell: () => 'never in a file' },
  { key: 'amount', header: 'Amount', numeric: true, value: (row) => row.amount },
];

test('a workbook holds texts as texts, figures as numbers, and nothing for null', async () => {
  const rows: Row[] = [
    { name: '=1+1', amount: '1234.50' },
    { name: '+49', amount: null },
    { name: '@a\tb\n', amount: '-7' },
    { name: '2026', amount: '12345678901234567.89' },
  ];
  const { sheets } = await readXlsx(Buffer.from(await (await toXlsx(columns, rows)).arrayBuffer()));
  const [sheet] = sheets;
  expect(sheet?.rows.map((cells) => [cells[0], cells[1] ?? null])).toEqual([
    ['Name', 'Amount'], ['=1+1', 1234.5], ['+49', null], ['@a\tb\n', -7], ['2026', '12345678901234567.89'],
  ]);
});

test('what XML cannot hold is replaced, not lost with the file', () => {
  expect(workbookCell('a\u0000b', false)).toBe('a\ufffdb');
});
