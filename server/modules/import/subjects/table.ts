import type { Sql } from 'sql-template-tag';
import type { Row } from '../../../db/dialect/dialect.js';
import type { JsonColumn } from '../../../db/dialect/many-rows.js';
import type { ExistingTable } from '../../../db/tables.js';

/** A value as it stands in a column. */
export type Value = string | number | null;

/** A row of a file as it would be written. Values stand in the order of the table's columns. */
export interface StagedRow {
  /** As a spreadsheet counts. */
  row: number;
  /** The row that changes; null: a new one. */
  id: number | null;
  before: Value[] | null;
  after: Value[];
}

/** A table that imports write, as far as it does not matter what its rows mean. */
export interface ImportTable {
  table: ExistingTable;
  /** Name in the audit log. */
  entity: string;
  /** Name for people, of one and of several. */
  label: string;
  labels: string;
  /** The columns that are written, without the id. */
  columns: readonly JsonColumn[];
  /** Names of the same columns in the API and in the audit log. */
  properties: readonly string[];
  /** Reads a row called `x`: `id` and whatever `values` needs. */
  select: Sql;
  values(row: Row): Value[];
  /** What the audit log and people see of stored values. */
  shown(values: readonly Value[]): Value[];
  /** What makes two rows the same thing where no id is given; null: nothing does. */
  keyOf(values: readonly Value[]): string;
  /** Which other tables refer to a row, by which column. */
  referredBy: readonly (readonly [ExistingTable, string, string])[];
}

/** True when both say the same to the columns: amounts are FLOATs, which give back 19.989999771118164 for 19.99. */
export function sameValues({ columns }: ImportTable, left: readonly Value[], right: readonly Value[]): boolean {
  return columns.every(([, kind], index) => sameValue(kind, left[index] ?? null, right[index] ?? null));
}

export function sameValue(kind: JsonColumn[1], left: Value, right: Value): boolean {
  if (left === right) return true;
  return kind === 'double' && left !== null && right !== null && Math.fround(Number(left)) === Math.fround(Number(right));
}

/** Positions of the columns that differ. */
export function changedColumns({ columns }: ImportTable, before: readonly Value[], after: readonly Value[]): number[] {
  return columns.flatMap(([, kind], index) => (sameValue(kind, before[index] ?? null, after[index] ?? null) ? [] : [index]));
}

/** The columns of a row as the audit log records them. */
export function recorded(table: ImportTable, id: number, values: readonly Value[]): Record<string, Value> {
  const shown = table.shown(values);
  const row: Record<string, Value> = { id };
  table.properties.forEach((property, index) => { row[property] = shown[index] ?? null; });
  return row;
}
