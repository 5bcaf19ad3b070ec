import { stringify } from 'csv-stringify/browser/esm/sync';

import type { Column } from './columns';

/** Spreadsheets run cells that begin like a formula. Numbers may begin with a sign, all else gets an apostrophe, which the import takes away. */
export function isFormula(text: string): boolean {
  return /^'*[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
}

/** The rows as CSV: a header, exact values, RFC 4180 quoting, and a BOM so that spreadsheets read it as UTF-8. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return isFormula(text) ? `'${text}` : text;
  };
  const lines = rows.map((row) => columns.map((column) => cell(column.value(row))));
  return stringify([columns.map((column) => column.header), ...lines], {
    bom: true,
    record_delimiter: 'windows',
    // The library quotes the chosen line end only; a lone line feed would break the row for every reader.
    quoted_match: /[\r\n]/,
  });
}
