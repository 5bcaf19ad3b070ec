import type { Column } from './columns';

/** A file that a table can be taken away as. */
export type FileFormat = 'csv' | 'xlsx';

/** Saves a file of the reader's. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click, so its address has to outlive it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Saves exactly the given rows under `name`, for example `revenue 2026-04-13`; what writes the format comes when first asked for. */
export async function saveRows<Row>(format: FileFormat, name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Promise<void> {
  if (format === 'xlsx') {
    const { toXlsx } = await import('./xlsx');
    saveFile(`${name}.xlsx`, await toXlsx(columns, rows));
  } else {
    const { toCsv } = await import('./csv');
    saveFile(`${name}.csv`, new Blob([toCsv(columns, rows)], { type: 'text/csv;charset=utf-8' }));
  }
}
