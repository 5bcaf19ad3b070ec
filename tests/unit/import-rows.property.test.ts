import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { ENCODINGS, UnreadableFile, type Encoding, type SourceRow } from '../../server/modules/import/reading/reading.js';
import { readRecords } from '../../server/modules/import/reading/records.js';
import { Rows } from '../../server/modules/import/reading/rows.js';

/** Anything made of what matters to a splitter. */
const junk = fc.string({ unit: fc.constantFrom('a', 'ä', '€', '😀', '"', ',', '\n', '\r', ' ', ';'), maxLength: 40 });
const cell = fc.string({ unit: fc.constantFrom('a', '1', 'ü', '€', '"', ',', ';', '\n', '\r', '\t', "'", '$', '=', '😀'), maxLength: 8 });
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
const chunkSizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

function* chunksOf(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const filled = ({ cells }: SourceRow) => cells.some((text) => text.trim() !== '');

async function ours(text: string, sizes: readonly number[]): Promise<SourceRow[] | 'refused'> {
  const rows = new Rows({ delimiter: ',', quote: '"', headerRow: 1 });
  try {
    const found: SourceRow[] = [];
    for (const chunk of chunksOf(Buffer.from(text), sizes)) found.push(...await rows.push(chunk));
    return found.concat(await rows.end());
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return 'refused';
  }
}

function library(text: string): SourceRow[] | 'refused' {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] })
      .map((cells, index) => ({ row: index + 1, cells })).filter(filled);
  } catch {
    return 'refused';
  }
}

describe('the splitter of rows', () => {
  it('finds and refuses the same however the bytes arrive', async () => {
    await fc.assert(fc.asyncProperty(junk, chunkSizes, async (text, sizes) => {
      expect(await ours(text, sizes)).toEqual(library(text));
    }), { numRuns: 2000 });
  });

  it('reads back every table that csv-stringify writes', async () => {
    await fc.assert(fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), chunkSizes, async (rows, record_delimiter, sizes) => {
      const text = stringify(rows, { record_delimiter, quoted: true });
      expect(await ours(text, sizes)).toEqual(rows.map((cells, index) => ({ row: index + 1, cells })).filter(filled));
    }), { numRuns: 500 });
  });
});

const bytesOf: Record<Encoding, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  'windows-1252': (text) => Buffer.from(text.replaceAll('€', '\x80').replaceAll('„', '\x84').replaceAll('Ÿ', '\x9f'), 'latin1'),
};

it('decodes every encoding, however the bytes arrive', async () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'ß', 'é', '€', '„', 'Ÿ', '\xa0', '☃', '😀'), minLength: 1, maxLength: 12 });
  await fc.assert(fc.asyncProperty(letters, fc.constantFrom(...ENCODINGS), fc.boolean(), chunkSizes, async (letter, encoding, marked, sizes) => {
    const text = `x,${encoding === 'windows-1252' ? letter.replaceAll(/[☃😀]/gu, 'o') : letter}`;
    const bytes = bytesOf[encoding](marked && encoding !== 'windows-1252' ? `\ufeff${text}` : text);
    const rows: SourceRow[] = [];
    async function* source() {
      yield* chunksOf(bytes, sizes);
    }
    await readRecords(source(), { encoding, delimiter: ',', quote: '"', headerRow: 0, doubtful: false }, async (batch) => void rows.push(...batch), new AbortController().signal);
    expect(rows).toEqual([{ row: 1, cells: text.split(',') }]);
  }), { numRuns: 500 });
});
