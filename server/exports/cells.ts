import { stringify } from 'csv-stringify/sync';

/** A cell of an exported row; an amount is an exact decimal as text. */
export type Cell = string | number | { amount: string } | null;

/** Spreadsheets run cells that begin like a formula; whole and decimal numbers may begin with a sign. */
const FORMULA = /^'*[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** A spreadsheet holds 15 digits of a number. */
const EXACT_DIGITS = 15;

/** The cell as CSV shows it: a text that a spreadsheet would run gets an apostrophe, which the import takes away again. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.amount;
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

/** Lines of CSV: RFC 4180 quoting and line ends. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => row.map(csvCell)), {
    record_delimiter: 'windows',
    // The library quotes the chosen line end only; a lone line feed would break the row for every reader.
    quoted_match: /[\r\n]/,
  });
}

/** The cell as a workbook holds it: texts stay texts there, whatever they begin with; numbers are numbers as far as they are exact. */
export function workbookCell(cell: Cell): string | number | null {
  if (cell === null || typeof cell === 'number') return cell;
  if (typeof cell === 'object') return digits(cell.amount) <= EXACT_DIGITS ? Number(cell.amount) : cell.amount;
  return storable(cell);
}

function digits(amount: string): number {
  return amount.replaceAll(/[^0-9]/g, '').length;
}

/** XML has no place for most control characters. */
function storable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
