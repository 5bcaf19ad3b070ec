import type { Check, Values } from './problems';

/** Begins the value of a cell whose text names nothing that is known: an owner or a product. */
export const unknownMark = '?';

/** One thing to choose. */
export interface Option {
  value: string;
  label: string;
}

/** Things to choose under a heading. */
export interface OptionGroup {
  group: string;
  items: Option[];
}

/** How the cells of a column are edited. Values are texts: dates as YYYY-MM-DD, amounts as exact decimals, references as ids. */
export interface CellEdit {
  /** What an editor is called. */
  label: string;
  /** What the cell holds. */
  field: string;
  /** More fields that it shows and that are copied and filled along: the currency of an amount. */
  along?: readonly string[];
  editor: 'text' | 'date' | 'money' | 'list';
  /** What a typed or pasted text means; one that means nothing stays as it is, for the check to name. */
  read(text: string): Values;
  /** The value as a text that `read` understands, and so does a spreadsheet. */
  write(values: Values): string;
  /** The value as people read it. */
  show(values: Values): string;
  /** What can be chosen, as a hook over the settled text. */
  useOptions?(search: string): { groups: OptionGroup[]; fetching: boolean };
  /** Currencies to choose beside an amount; its own is the first field of `along`. */
  units?: readonly string[];
  /** A text that is none of the options is a value too. */
  free?: boolean;
}

/** What a text turned out to mean, or what it may have meant. */
export interface LookedUp {
  found?: Option;
  near: Option[];
}

/** A change of one row to save. */
export interface RowChange<Row> {
  rowId: string;
  /** As it was read; null: a new one. */
  row: Row | null;
  /** All fields as they shall be. */
  values: Values;
  changed: readonly string[];
  /** The row shall go: a new one that is taken back. */
  remove?: boolean;
}

/** What became of the change of one row. */
export interface RowResult<Row> {
  rowId: string;
  /** As it now is; null when it is gone or nothing is known. */
  row: Row | null;
  /** Why it was refused; field null: the row as a whole. */
  refusals: readonly { field: string | null; message: string }[];
  /** Someone else changed it. */
  conflict?: { by: string | null; at: string | null };
}

/** What became of a save. */
export interface SaveResult<Row> {
  saved: boolean;
  rows: readonly RowResult<Row>[];
  /** What is wrong with the whole: no answer, too many rows. */
  problems: readonly string[];
}

/** What the grid has to know to edit rows of one kind. */
export interface RowEditing<Row> {
  /** "licence", "licences" */
  one: string;
  many: string;
  valuesOf(row: Row): Values;
  /** A row that is not stored yet. */
  blank(rowId: string): Row;
  /** What a new row holds where nothing else is given. */
  defaults: Values;
  nameOf(row: Row): string;
  /** A field in words, and a value of it as people read it. */
  word(field: string): string;
  show(field: string, values: Values): string;
  check: Check;
  /** Remembers what a value is called. */
  learn(option: Option): void;
  /** What texts of a field name; asked for those that `read` gave an unknown mark. */
  lookUp(field: string, texts: readonly string[]): Promise<ReadonlyMap<string, LookedUp>>;
  /** Saves all changes or none; `back` when they take a save back. */
  save(changes: readonly RowChange<Row>[], back: boolean): Promise<SaveResult<Row>>;
}
