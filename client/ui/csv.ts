import type { Column } from './columns';

/** Saves text as a file of the reader's. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Spreadsheets run cells that begin like a formula. Numbers may begin with a sign, all else gets an apostrophe. */
export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
}

/** The rows as CSV: a header, exact values, RFC 4180 quoting, and a BOM so that spreadsheets read it as UTF-8. */
export async function toCsv<Row>(columns: Column<Row>[], rows: readonly Row[]): Promise<string> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
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

/** Downloads exactly the given rows under `name`, for example `revenue 2026-04-13`. */
export async function downloadCsv<Row>(name: string, columns: Column<Row>[], rows: readonly Row[]): Promise<void> {
  save(`${name}.csv`, await toCsv(columns, rows));
}
