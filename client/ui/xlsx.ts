import { writeXlsxStream } from 'hucre/xlsx';

import type { Column } from './columns';

/** A spreadsheet holds 15 digits of a number. */
const exactDigits = 15;

/** XML has no place for most control characters. */
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A figure as a number, as far as a spreadsheet holds it exactly; every other text stays text, whatever it begins with. */
export function workbookCell(value: string | number | null, numeric: boolean): string | number | null {
  if (typeof value !== 'string') return value;
  const figure = numeric && /^-?\d+(\.\d+)?$/.test(value) && value.replaceAll(/\D/g, '').length <= exactDigits;
  return figure ? Number(value) : value.replaceAll(unstorable, '\ufffd');
}

async function* lines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]) {
  yield columns.map(({ header }) => header);
  for (const row of rows) yield columns.map((column) => workbookCell(column.value(row), column.numeric === true));
}

/** The rows as a workbook of one sheet: a header that stays in view, exact values. */
export async function toXlsx<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<Blob> {
  const workbook = writeXlsxStream(lines(columns, rows), { name: 'Rows', freezePane: { rows: 1 } });
  const content = await new Response(workbook).blob();
  return new Blob([content], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}
