import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../change/refusal.js';

/** A row of a file: its number as a spreadsheet shows it, the header being 1, and its cells, trimmed. */
export interface CsvRow {
  row: number;
  cells: readonly string[];
}

const MAX_BYTES = 1_000_000;

/** The rows of a CSV text, blank ones left out. Throws Refusal when it is too large or no CSV. */
export function readCsv(text: string): CsvRow[] {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new Refusal([{ field: ['csv'], code: 'TOO_LONG', message: 'The file is larger than 1 MB. Load it in parts.' }]);
  }
  return recordsOf(text)
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function recordsOf(text: string): string[][] {
  try {
    // Blank lines and rows of another length are read, so that rows keep the numbers they have in a spreadsheet.
    return parse(text, { bom: true, trim: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error['lines'] === 'number' ? ` near line ${error['lines']}` : '';
    throw new Refusal([{ field: ['csv'], code: 'INVALID', message: `The text is no CSV${at}: a quotation mark is misplaced or missing.` }]);
  }
}
