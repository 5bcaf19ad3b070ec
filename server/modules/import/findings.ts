import type { ImportErrorCode } from '../../graphql.generated.js';
import { insertRows, own } from '../../db/many-rows.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { LONGEST_VALUE } from './cells.js';
import type { Reason } from './job.js';
import type { References } from './references.js';
import { nearest } from './values/near.js';

/** As many errors are kept one by one; all of them are counted. */
const MOST_ERRORS = 100_000;
const MOST_REASONS = 100;
const MOST_VALUES = 20;
const MOST_SUGGESTIONS = 3;
/** Different values of one reason that are counted; a column of which more are wrong is wrong as a whole. */
const MOST_COUNTED = 2000;
const MESSAGE_LENGTH = 500;

/** One cell that is not accepted. */
export interface CellError {
  row: number;
  column: string | null;
  /** What the column refers to, where its unknown values may be near something. */
  field: string | null;
  value: string | null;
  code: ImportErrorCode;
  message: string;
}

interface Counted {
  error: CellError;
  count: number;
  values: Map<string, number>;
}

const columns = ['job_id', 'file_row', 'column_name', 'value', 'code', 'message'];

/** The errors of a file: kept one by one as long as there are not too many, and counted by column and reason. */
export class Findings {
  errorRows = 0;
  private kept = 0;
  private waiting: CellError[] = [];
  private readonly reasons = new Map<string, Counted>();

  add(errors: readonly CellError[]): void {
    this.errorRows += 1;
    for (const error of errors) {
      this.count(error);
      if (this.kept >= MOST_ERRORS) continue;
      this.kept += 1;
      this.waiting.push(error);
    }
  }

  /** True when errors wait to be written. */
  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Writes what has come since the last time. */
  async flush(tx: ScopedTransaction, jobId: number): Promise<void> {
    const rows = this.waiting.map(({ row, column, value, code, message }) => [
      jobId, row, cut(column, 255), cut(value, LONGEST_VALUE), code, cut(message, MESSAGE_LENGTH) ?? '',
    ]);
    this.waiting = [];
    for (let from = 0; from < rows.length; from += 1000) await insertRows(tx, own('sw_import_errors'), columns, rows.slice(from, from + 1000));
  }

  /** The errors by column and reason, the most frequent first, with what the most frequent values may have meant. */
  summary(referencesOf: (field: string) => References | null): Reason[] {
    return [...this.reasons.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_REASONS)
      .map(({ error: { column, field, code, message }, count, values }) => {
        const references = code === 'NOT_FOUND' && field !== null ? referencesOf(field) : null;
        return {
          column, code, message, count,
          values: [...values]
            .sort(([, a], [, b]) => b - a)
            .slice(0, MOST_VALUES)
            .map(([value, times]) => ({ value, count: times, suggestions: references === null ? [] : near(value, references) })),
        };
      });
  }

  private count(error: CellError): void {
    const key = `${error.code}\n${error.column ?? ''}`;
    let counted = this.reasons.get(key);
    if (counted === undefined) this.reasons.set(key, (counted = { error, count: 0, values: new Map() }));
    counted.count += 1;
    if (error.value === null) return;
    const value = error.value.slice(0, LONGEST_VALUE);
    if (counted.values.has(value) || counted.values.size < MOST_COUNTED) counted.values.set(value, (counted.values.get(value) ?? 0) + 1);
  }
}

function near(value: string, references: References): Reason['values'][number]['suggestions'] {
  return nearest(value, references.candidates, MOST_SUGGESTIONS).map(({ id, name }) => ({ id: String(id), name }));
}

/** A text as a column takes it: cut by characters, without half of one at the end, and without what no database stores. */
function cut(text: string | null, length: number): string | null {
  if (text === null) return null;
  const short = text.length <= length ? text : text.slice(0, length);
  return short.replaceAll(/\0|\p{Surrogate}/gu, '�');
}
