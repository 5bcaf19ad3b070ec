import type { ScopedTables } from '../../../db/scoped.js';
import type { ImportErrorCode, UserErrorCode } from '../../../graphql.generated.js';
import { idOf } from '../../change/checks.js';
import type { Cell, FieldColumn, FieldColumns } from '../cells.js';
import type { SourceRow } from '../reading/reading.js';
import type { References, ReferenceKind } from '../references.js';
import type { CellFault, Parsed } from '../values/parsed.js';
import { trimmed, unneutralised } from '../values/text.js';
import type { Value } from './table.js';

/** One thing that is wrong with a row. */
export interface Fault {
  /** The field whose column is to blame; null: the row as a whole. */
  field: string | null;
  /** The cell as it stands in the file. */
  value: string | null;
  code: ImportErrorCode;
  message: string;
}

/** What a row of the file comes to: a row that is new or known, or what is wrong with it. */
export type Verdict =
  | { row: number; faults: Fault[] }
  | { row: number; id: number | null; before: Value[] | null; after: Value[] };

/** Judges rows of one kind of file, many at a time. */
export interface Judge {
  judge(rows: readonly SourceRow[]): Promise<Verdict[]>;
  /** What a field refers to, for near suggestions. */
  referencesOf(field: string): References | null;
}

/** Everything that a judge knows. */
export interface JudgeOptions {
  db: ScopedTables;
  columns: FieldColumns;
  references: Readonly<Record<ReferenceKind, References>>;
  /** Takes a name for a company that the import creates; null: none is created. */
  newCompany: ((name: string) => Parsed<number>) | null;
}

/** The codes of the rules for changes by hand, as an import tells them. */
export function importCode(code: UserErrorCode): ImportErrorCode {
  return code === 'REQUIRED' || code === 'TOO_LONG' || code === 'NOT_FOUND' ? code : 'INVALID';
}

/** The id that a row names. */
export function parseRowId(text: string): Parsed<number> {
  const id = idOf(trimmed(text));
  return id === null ? { code: 'UNREADABLE', message: 'An id is a whole number such as 42.' } : { value: id };
}

/** Reads a cell of a column that may not be there. */
export function cellOf<T>(column: FieldColumn<T> | null, cells: readonly string[]): Cell<T> | null {
  return column === null ? null : column.read(cells);
}

/** True when a cell says a stored text, which may be blank, or have spaces around it. */
export function saysText({ said }: Cell<string>, stored: string): boolean {
  const text = unneutralised(said);
  return text === stored || text.trim() === stored;
}

/** Collects what is wrong with the cells of one row. */
export class RowFaults {
  readonly faults: Fault[] = [];
  private readonly fields = new Set<string>();

  cell(field: string, cell: Cell<unknown> | null): void {
    if (cell?.fault != null) this.add(field, cell.text, cell.fault);
  }

  /** A field is blamed once: what cannot be read is not also told to be missing. */
  add(field: string | null, value: string | null, { code, message }: CellFault): void {
    if (field !== null && this.fields.has(field)) return;
    if (field !== null) this.fields.add(field);
    this.faults.push({ field, value, code, message });
  }

  blames(...fields: string[]): boolean {
    return fields.some((field) => this.fields.has(field));
  }
}
