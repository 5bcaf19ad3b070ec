import sql from 'sql-template-tag';
import { execute, insertRows, own } from '../../db/many-rows.js';
import type { ScopedDatabase, ScopedTables, ScopedTransaction } from '../../db/scoped.js';

/** Far below what either database takes in one value. */
export const CHUNK_BYTES = 1_048_576;

/** Keeps one piece of a file that comes in. */
export async function writeChunk(db: ScopedDatabase, jobId: number, number: number, bytes: Uint8Array): Promise<void> {
  await db.transaction((tx) => insertRows(tx, own('sw_import_chunks'), ['job_id', 'number', 'bytes'], [[jobId, number, bytes]]));
}

/** The bytes of a file, one piece at a time. */
export async function* fileBytes(db: ScopedTables, jobId: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number += 1) {
    signal?.throwIfAborted();
    const [row] = await db.read(sql`
      select c.bytes as bytes from ${db.sharedTable('sw_import_chunks', 'c')} where c.job_id = ${jobId} and c.number = ${number}`);
    if (row === undefined) return;
    yield row['bytes'] as Uint8Array;
  }
}

/** Forgets the file of a job. */
export function deleteFile(tx: ScopedTransaction, jobId: number): Promise<number> {
  return execute(tx, sql`delete from sw_import_chunks where job_id = ${jobId}`);
}
