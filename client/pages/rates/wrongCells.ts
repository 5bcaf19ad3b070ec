import type { Refusal } from '../forms/userErrors';

/** One wrong cell of a file. */
export interface WrongCell {
  /** Row of the file, the header being 1; null when the file as a whole is to blame. */
  row: string | null;
  column: string | null;
  message: string;
}

/** The refusals of a file by row and column: their field is `["csv", row, column]`. */
export function wrongCells(errors: readonly Refusal[]): WrongCell[] {
  return errors.map(({ field, message }) => {
    const [start, row = null, column = null] = field.at(0) === 'input' ? field.slice(1) : field;
    return start === 'csv' ? { row, column, message } : { row: null, column: start ?? null, message };
  });
}
