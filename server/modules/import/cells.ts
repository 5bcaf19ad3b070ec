import type { ColumnPlan } from './columns/plan.js';
import type { Replacements } from './job.js';
import type { CellFault, Parsed } from './values/parsed.js';
import { isBlank } from './values/text.js';

/** Errors, and replacements of values, go by so much of a value. */
export const LONGEST_VALUE = 200;

/** What one cell says: a value, nothing, or what is wrong with it. */
export interface Cell<T> {
  /** As it stands in the file. */
  text: string;
  /** The same, or what a person has put in its place. */
  said: string;
  /** Null: the cell is blank, or it cannot be read. */
  value: T | null;
  fault: CellFault | null;
}

/** A column that fills a field, with how its cells are read. */
export interface FieldColumn<T> {
  name: string;
  read(cells: readonly string[]): Cell<T>;
}

/** Columns repeat their values: each is read once, as long as there are not too many. */
const MOST_REMEMBERED = 10_000;

/** The columns of a file by the fields that they fill. */
export class FieldColumns {
  private readonly byField = new Map<string, ColumnPlan>();

  constructor(
    columns: readonly ColumnPlan[],
    private readonly replacements: Replacements,
  ) {
    for (const column of columns) if (column.field !== null) this.byField.set(column.field, column);
  }

  /** The column of a field; null when none fills it. */
  column<T>(field: string, parse: (text: string, column: ColumnPlan) => Parsed<T>): FieldColumn<T> | null {
    const column = this.byField.get(field);
    if (column === undefined) return null;
    const replaced = new Map(Object.entries(this.replacements[column.name] ?? {}));
    const known = new Map<string, Cell<T>>();
    const read = (text: string): Cell<T> => {
      const taken = replaced.size === 0 ? text : (replaced.get(text.slice(0, LONGEST_VALUE)) ?? text);
      if (isBlank(taken)) return { text, said: taken, value: null, fault: null };
      const parsed = parse(taken, column);
      return 'value' in parsed ? { text, said: taken, value: parsed.value, fault: null } : { text, said: taken, value: null, fault: parsed };
    };
    return {
      name: column.name,
      read: (cells) => {
        const text = cells[column.index] ?? '';
        const remembered = known.get(text);
        if (remembered !== undefined) return remembered;
        const cell = read(text);
        if (known.size >= MOST_REMEMBERED) known.clear();
        if (text.length <= LONGEST_VALUE) known.set(text, cell);
        return cell;
      },
    };
  }

  /** Name of the column that fills a field; null: none does. */
  nameOf(field: string): string | null {
    return this.byField.get(field)?.name ?? null;
  }
}
