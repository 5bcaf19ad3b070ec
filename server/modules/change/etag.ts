import { createHash } from 'node:crypto';

/**
 * The version of a row: existing tables have no version column, so it is a hash over every column that we know. Two
 * reads of an unchanged row agree, whatever the statement.
 */
export function etagOf(columns: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(columns)).digest('base64url').slice(0, 22);
}
