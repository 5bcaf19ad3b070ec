import type { UserError, UserErrorCode } from '../../graphql.generated.js';
import { Refusal } from '../change/refusal.js';

const MOST_FAULTS = 100;
const SHOWN_CHARACTERS = 40;

/** Collects what is wrong in a file, cell by cell, up to 100 faults. */
export class CsvFaults {
  private readonly errors: UserError[] = [];

  add(row: number, column: string, code: UserErrorCode, message: string): void {
    if (this.errors.length >= MOST_FAULTS) return;
    this.errors.push({ field: ['csv', String(row), column], code, message: `Row ${row}, ${column}: ${message}` });
  }

  /** Throws Refusal when anything was wrong. */
  refuseIfAny(): void {
    if (this.errors.length > 0) throw new Refusal(this.errors);
  }
}

/** A cell as a message shows it: never so much of it that the message cannot be read. */
export function shown(cell: string): string {
  const characters = [...cell.replaceAll(/\p{Cc}|\p{Surrogate}/gu, '�')];
  return characters.length > SHOWN_CHARACTERS ? `“${characters.slice(0, SHOWN_CHARACTERS).join('')}…”` : `“${characters.join('')}”`;
}
