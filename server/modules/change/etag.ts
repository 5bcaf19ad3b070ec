import { createHmac } from 'node:crypto';

/**
 * The version of a row: existing tables have no version column, so it is a hash over every column that we know. Two
 * reads of an unchanged row agree, whatever the statement. Keyed: the hash covers columns that a viewer may not see (the
 * reseller, prices), which could otherwise be found by trying.
 */
export function etagOf(secret: string, columns: readonly unknown[]): string {
  return createHmac('sha256', `etag ${secret}`).update(JSON.stringify(columns)).digest('base64url').slice(0, 22);
}
