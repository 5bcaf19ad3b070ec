import type { Context } from '../../context.js';
import { execute } from '../../db/many-rows.js';
import type { ScopedDatabase } from '../../db/scoped.js';
import type { ImportSubject } from '../../graphql.generated.js';
import sql from 'sql-template-tag';
import { recordImported } from '../audit/many.js';
import { describeFile } from './describe.js';
import { CHUNK_BYTES, deleteFile, writeChunk } from './file-store.js';
import { changeJob, insertJob } from './job-store.js';
import { detectReading, HEAD_BYTES } from './reading/detect.js';
import { LineWatch } from './reading/endless.js';
import { ImportFailure } from './run.js';

/** How often a file that comes in shows that it does. */
const ALIVE_MS = 10_000;

/** A file larger than the installation takes. */
export class FileTooLarge extends Error {
  constructor(readonly megabytes: number) {
    super(`The file is larger than ${megabytes} MB.`);
    this.name = 'FileTooLarge';
  }
}

interface Upload {
  subject: ImportSubject;
  fileName: string;
  bytes: AsyncIterable<Uint8Array>;
  megabytes: number;
  clock(): Date;
}

/**
 * Takes a file in, piece by piece, into the database, and finds out how it is read. What is no text at all is refused after its
 * first bytes, and nothing of it stays. When the connection breaks, the job stays and says so.
 */
export async function receive(db: ScopedDatabase, context: Context, upload: Upload): Promise<number> {
  const { accountId, email, credential } = context.signedIn();
  const { subject, fileName, clock } = upload;
  const id = await insertJob(db, { subject, fileName, accountId, accountEmail: email, requestId: context.requestId }, clock());
  try {
    const { head, size } = await store(db, id, upload);
    const reading = detectReading(head);
    const { columns, sample, failure } = await describeFile(db, id, subject, reading);
    await db.transaction(async (tx) => {
      const done = await changeJob(tx, id, ['UPLOADING'], {
        state: 'READY', byte_size: size, reading_json: JSON.stringify(reading), columns_json: JSON.stringify(columns),
        sample_json: JSON.stringify(sample), failure,
      }, clock());
      if (!done) throw new ImportFailure('The import was cancelled.');
      const by = { importId: id, accountId, email, requestId: context.requestId, credential, now: clock() };
      await recordImported(tx, by, 'Import', [{ id, before: null, after: { fileName, subject, byteSize: size, state: 'READY' } }]);
    });
    return id;
  } catch (error) {
    if (error instanceof BrokenUpload) await noteBroken(db, id, clock());
    else await forget(db, id);
    throw error;
  }
}

/** The connection ended before the file did. */
export class BrokenUpload extends Error {
  constructor(cause: unknown) {
    super('The connection broke before the file had come in.', { cause });
    this.name = 'BrokenUpload';
  }
}

async function store(db: ScopedDatabase, id: number, { bytes, megabytes, clock }: Upload): Promise<{ head: Buffer; size: number }> {
  let head = Buffer.alloc(0);
  let [size, number, waiting, waitingBytes] = [0, 0, [] as Uint8Array[], 0];
  let judged = false;
  const lines = new LineWatch();
  let alive = clock().getTime();
  const flush = async () => {
    if (waitingBytes === 0) return;
    const chunk = Buffer.concat(waiting, waitingBytes);
    [waiting, waitingBytes] = [[], 0];
    for (let from = 0; from < chunk.byteLength; from += CHUNK_BYTES) await writeChunk(db, id, number++, chunk.subarray(from, from + CHUNK_BYTES));
  };
  for await (const piece of failing(bytes)) {
    size += piece.byteLength;
    if (size > megabytes * CHUNK_BYTES) throw new FileTooLarge(megabytes);
    if (head.byteLength < HEAD_BYTES) head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.byteLength)]);
    if (!judged && head.byteLength === HEAD_BYTES) {
      // Refuses what is no text, before more of it comes.
      detectReading(head);
      judged = true;
    }
    lines.pass(piece);
    waiting.push(piece);
    waitingBytes += piece.byteLength;
    if (waitingBytes >= CHUNK_BYTES) await flush();
    if (clock().getTime() - alive > ALIVE_MS) {
      alive = clock().getTime();
      const goesOn = await db.transaction((tx) => changeJob(tx, id, ['UPLOADING'], { byte_size: size }, clock()));
      if (!goesOn) throw new ImportFailure('The import was cancelled.');
    }
  }
  await flush();
  return { head, size };
}

async function* failing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new BrokenUpload(error);
  }
}

async function noteBroken(db: ScopedDatabase, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await changeJob(tx, id, ['UPLOADING'], { state: 'FAILED', failure: brokenUpload }, now);
    await deleteFile(tx, id);
  });
}

/** What is said of an upload that did not end. */
export const brokenUpload = 'The connection broke before the whole file had come in. Send it again.';

/** A file that was refused leaves nothing. */
async function forget(db: ScopedDatabase, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    await deleteFile(tx, id);
    await execute(tx, sql`delete from sw_import_progress where job_id = ${id}`);
    await execute(tx, sql`delete from sw_import_jobs where id = ${id} and state = 'UPLOADING'`);
  });
}
