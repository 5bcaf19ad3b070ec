import type { ScopedTables } from '../../db/scoped.js';
import type { ImportSubject } from '../../graphql.generated.js';
import type { ColumnPlan } from './columns/plan.js';
import { suggestColumns } from './columns/suggest.js';
import { fileBytes } from './file-store.js';
import { UnreadableFile, type Head, type Reading } from './reading/reading.js';
import { readHead } from './reading/records.js';

/** Formats are found out from so many rows: the more, the fewer columns ask. */
const ROWS_LOOKED_AT = 1000;
const ROWS_SHOWN = 20;
const CHARACTERS_SHOWN = 200;

/** What the beginning of a file says under a reading. */
export interface Description {
  columns: ColumnPlan[];
  sample: string[][];
  /** Why it cannot be read so; null when it can. */
  failure: string | null;
}

/** The columns of a file with the fields that they seem to fill. */
export async function describeFile(db: ScopedTables, jobId: number, subject: ImportSubject, reading: Reading): Promise<Description> {
  try {
    const { header, sample } = await headOf(db, jobId, reading);
    return { columns: suggestColumns(subject, header, sample), sample: sample.slice(0, ROWS_SHOWN).map((cells) => cells.map(shortened)), failure: null };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { columns: [], sample: [], failure: error.message };
  }
}

function shortened(cell: string): string {
  return cell.length <= CHARACTERS_SHOWN ? cell : `${[...cell.slice(0, 2 * CHARACTERS_SHOWN)].slice(0, CHARACTERS_SHOWN).join('')}…`;
}

/** The header and the first rows of a file. */
export function headOf(db: ScopedTables, jobId: number, reading: Reading): Promise<Head> {
  return readHead(fileBytes(db, jobId), reading, ROWS_LOOKED_AT);
}
