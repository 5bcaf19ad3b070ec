import type { Row } from './dialect/dialect.js';

/** Values as they come from either database, decoded once where rows enter the server. */

export function number(row: Row, column: string): number {
  return numeric(row[column]);
}

/** A BIT column, as some tables keep their flags in, arrives as bytes. */
function numeric(value: unknown): number {
  if (typeof value === 'number') return value;
  return value instanceof Uint8Array ? value.reduce((total, byte) => total * 256 + byte, 0) : Number(value);
}

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return value === null || value === undefined ? null : numeric(value);
}

export function text(row: Row, column: string): string {
  return textOrNull(row, column) ?? '';
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column] as string | number | null | undefined;
  return value === null || value === undefined ? null : String(value);
}

/** A DATETIME in UTC as an ISO instant: one driver gives a Date, the other the stored text. */
export function instantOrNull(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return new Date(`${(value as string).replace(' ', 'T')}Z`).toISOString();
}
