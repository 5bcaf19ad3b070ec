import { raw, type Sql } from 'sql-template-tag';
import type { Row } from './dialect/dialect.js';
import type { Selection } from './selection.js';

/** A column of a table: how a statement reads it, and what its value is. */
export interface Column<V, Name extends string = string> {
  /** Its name among the columns of a result. */
  name: Name;
  /** The expression that reads it from the table under an alias. */
  of: (alias: string) => string;
  decode: (row: Row, name: string) => V;
}

/** The columns of a table by the properties of its rows. */
export type Columns<T, Name extends string = string> = { readonly [P in keyof T]-?: Column<T[P], Name> };

/** The columns that each field of an SDL type is made from, beside the key, which is always read. */
export type ReadByField<Fields, T> = Readonly<Record<Exclude<keyof Fields, '__typename'>, readonly (keyof T)[]>>;

/** A column that is read as it is stored, here under another name. */
export function column<V, Name extends string>(name: Name, decode: Column<V>['decode'], stored: string = name): Column<V, Name> {
  return { name, of: (alias) => `${alias}.${stored}`, decode };
}

export function everyColumn<T>(columns: Columns<T>): (keyof T)[] {
  return Object.keys(columns) as (keyof T)[];
}

/** The columns that a selection on rows asks for, and their key. */
export function askedColumns<T>(columns: Columns<T>, key: keyof T, readBy: Readonly<Record<string, readonly (keyof T)[]>>, selection: Selection): (keyof T)[] {
  const asked = new Set(Object.entries(readBy).flatMap(([field, read]) => (selection.has(field) ? read : [])));
  return everyColumn(columns).filter((property) => property === key || asked.has(property));
}

/** What a statement selects of the table under an alias; a prefix lets rows of several tables stand in one. */
export function selected<T>(columns: Columns<T>, asked: readonly (keyof T)[], alias: string, prefix = ''): Sql {
  return raw(asked.map((property) => `${columns[property].of(alias)} as ${prefix}${columns[property].name}`).join(', '));
}

/** Makes values of rows of which every column was selected. */
export function decodeEvery<T>(columns: Columns<T>): (row: Row) => T {
  const places = everyColumn(columns).map((property) => ({ property, ...columns[property] }));
  return (row) => {
    const value: Partial<T> = {};
    for (const { property, name, decode } of places) value[property] = decode(row, name);
    return value as T;
  };
}

/**
 * What stands for a value that was not selected. As a field of an answer it is that field's error; whoever compares or computes with it
 * meets it as an exception. A getter must not throw: nobody would catch it where fields without a resolver are read.
 */
class NotSelected extends Error {
  [Symbol.toPrimitive](): never {
    throw this;
  }
}

/** Makes values of rows of which some columns were selected: a property is decoded when it is read, and is an error where its column was not selected. */
export function decodeAsked<T>(columns: Columns<T>, prefix = ''): (row: Row) => T {
  class Asked {
    constructor(readonly row: Row) {}
  }
  for (const property of everyColumn(columns)) {
    const { decode } = columns[property];
    const name = `${prefix}${columns[property].name}`;
    Object.defineProperty(Asked.prototype, property, {
      get(this: Asked) {
        return this.row[name] === undefined ? new NotSelected(`The statement did not select ${name}.`) : decode(this.row, name);
      },
    });
  }
  return (row) => new Asked(row) as unknown as T;
}
