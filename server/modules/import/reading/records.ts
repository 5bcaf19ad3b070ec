import { type Head, type Reading, type SourceRow, UnreadableFile } from './reading.js';
import { Rows } from './rows.js';
import { toUtf8 } from './utf8.js';

const ROWS_AT_ONCE = 1000;
/** Rows may be long: so many bytes are a batch too, and enough of a beginning. */
const BYTES_HELD = 4_194_304;
/** What is split at once, so that no more than some batches are held however large the chunks are. */
const BYTES_AT_ONCE = 65_536;

/**
 * Reads a file row by row, 1,000 at a time, and waits for each batch to be taken; blank rows and the header, with what stands above it, are left
 * out. Throws UnreadableFile with the place where the file cannot be read, and the signal's reason when it is aborted.
 */
export async function readRecords(
  bytes: AsyncIterable<Uint8Array>,
  reading: Reading,
  take: (batch: SourceRow[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for await (const batch of batches(bytes, reading, signal)) {
    const first = batch[0];
    const data = first !== undefined && first.row <= reading.headerRow ? batch.filter(({ row }) => row > reading.headerRow) : batch;
    if (data.length > 0) await take(data);
  }
}

/** The header and the first `count` rows below it. Throws UnreadableFile, also when there is no header where it should be. */
export async function readHead(bytes: AsyncIterable<Uint8Array>, reading: Reading, count: number): Promise<Head> {
  let header: string[] | null = null;
  const sample: string[][] = [];
  let held = 0;
  for await (const batch of batches(bytes, reading)) {
    for (const { row, cells } of batch) {
      if (row === reading.headerRow) header = cells;
      else if (row > reading.headerRow && sample.length < count && held < BYTES_HELD) {
        sample.push(cells);
        held += cells.reduce((sum, cell) => sum + cell.length, 0);
      }
    }
    if (sample.length >= count || held >= BYTES_HELD) break;
  }
  if (reading.headerRow === 0) return { header: Array.from({ length: Math.max(0, ...sample.map(({ length }) => length)) }, () => ''), sample };
  if (header === null) {
    throw new UnreadableFile(`Row ${reading.headerRow} is blank or beyond the end of the file. Choose the row that names the columns.`);
  }
  return { header, sample };
}

async function* batches(bytes: AsyncIterable<Uint8Array>, reading: Reading, signal?: AbortSignal): AsyncGenerator<SourceRow[]> {
  const converter = toUtf8(reading.encoding);
  const rows = new Rows(reading);
  let waiting: SourceRow[] = [];
  let held = 0;
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; from += BYTES_AT_ONCE) {
      signal?.throwIfAborted();
      waiting = waiting.concat(await rows.push(converter.push(chunk.subarray(from, from + BYTES_AT_ONCE))));
      held += BYTES_AT_ONCE;
      for (; waiting.length >= ROWS_AT_ONCE || (held >= BYTES_HELD && waiting.length > 0); waiting = waiting.slice(ROWS_AT_ONCE)) {
        held = 0;
        yield waiting.slice(0, ROWS_AT_ONCE);
      }
    }
  }
  signal?.throwIfAborted();
  waiting = waiting.concat(await rows.push(converter.end()), await rows.end());
  for (; waiting.length > 0; waiting = waiting.slice(ROWS_AT_ONCE)) yield waiting.slice(0, ROWS_AT_ONCE);
}
