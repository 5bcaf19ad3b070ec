import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { checkReading } from '../../server/modules/import/reading/check.js';
import { detectReading, HEAD_BYTES } from '../../server/modules/import/reading/detect.js';
import { UnreadableFile, type Reading } from '../../server/modules/import/reading/reading.js';
import { readHead, readRecords } from '../../server/modules/import/reading/records.js';

const plain: Reading = { encoding: 'UTF-8', delimiter: ',', quote: '"', headerRow: 1, doubtful: false };
const latin = (text: string) => Buffer.from(text, 'latin1');
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

async function* source(...chunks: (string | Buffer)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk as string);
}

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof UnreadableFile) return error.message;
    throw error;
  }
  return 'nothing refused';
};

describe('the encoding of a file', () => {
  it.each([
    ['ASCII', Buffer.from('a,b\n1,2\n'), 'UTF-8', false],
    ['UTF-8', Buffer.from('name,b\nMüller €,2\n'), 'UTF-8', false],
    ['UTF-8 with a mark', Buffer.from('\ufeffa,b\n1,2\n'), 'UTF-8', false],
    ['UTF-16LE with a mark', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'UTF-16LE', false],
    ['UTF-16BE with a mark', swapped('\ufeffa,b\n1,2\n'), 'UTF-16BE', false],
    ['UTF-16LE without', Buffer.from('name,seats\nMüller,2\n', 'utf16le'), 'UTF-16LE', true],
    ['UTF-16BE without', swapped('name,seats\nMüller,2\n'), 'UTF-16BE', true],
    ['windows-1252', latin('name,preis\nMüller & Söhne Gebäudereinigung,12 \x80\nGroße Straße für Händler und Käufer,3\n'), 'windows-1252', false],
  ])('is told from %s', (_, bytes, encoding, doubtful) => {
    expect(detectReading(bytes)).toEqual({ ...plain, encoding, doubtful });
  });

  it('is not held against a file whose 64 kB end within a character', () => {
    const line = 'Müller,2\n';
    const text = Buffer.from(`name,b\n${line.repeat(10_000)}`);
    for (const shift of [0, 1, 2]) expect(detectReading(text.subarray(0, HEAD_BYTES + shift))).toEqual(plain);
  });
});

describe('the layout of a file', () => {
  const layout = (text: string) => {
    const { delimiter, quote, headerRow, doubtful } = detectReading(Buffer.from(text));
    return [delimiter, quote, headerRow, doubtful];
  };

  it.each([
    ['commas', 'a,b,c\n1,2,3\n', [',', '"', 1, false]],
    ['semicolons with decimal commas', 'name;preis;anzahl\nX;12,50;3\nY;1,5;4\n', [';', '"', 1, false]],
    ['tabs', 'a\tb\n1\t2, or so\n', ['\t', '"', 1, false]],
    ['bars', 'a|b\n1|2\n', ['|', '"', 1, false]],
    ['one column', 'name\nAcme\nGlobex\n', [',', '"', 1, false]],
    ['commas within quoted cells', 'name;city\n"Acme, Inc.";"Paris, France"\n', [';', '"', 1, false]],
    ['line breaks within quoted cells', 'name,note\nAcme,"one\ntwo\nthree"\nGlobex,"x"\n', [',', '"', 1, false]],
    ['single quotation marks', "name,city\n'Acme, Inc.','Paris'\n'Globex','Rome'\n", [',', "'", 1, false]],
    ['a title and blank lines above the header', 'Licences of 2026\n\nprinted today\nid,name,seats\n1,Acme,3\n', [',', '"', 4, false]],
    ['no header', '214,Acme,2026-01-01,12.50\n215,Globex,2026-01-02,13.50\n', [',', '"', 0, false]],
    ['a declared delimiter', 'sep=|\na|b\n1|2\n', ['|', '"', 2, false]],
    ['two delimiters that fit alike', 'x;1,5\ny;2,5\n', [';', '"', 0, true]],
    ['old line ends', 'a,b\r1,2\r3,4\r', [',', '"', 1, false]],
    ['ragged rows', 'a;b;c\n1;2\n1;2;3\n1;2;3;4\n1;2;3\n', [';', '"', 1, false]],
  ])('is told from %s', (_, text, expected) => {
    expect(layout(text)).toEqual(expected);
  });
});

describe('files of another kind', () => {
  it.each([
    ['a workbook', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('………[Content_Types].xml')]), /Excel workbook.*CSV/],
    ['an OpenDocument sheet', Buffer.from('PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'latin1'), /OpenDocument/],
    ['a zip', Buffer.from('PK\x03\x04\x14\0\0\0licences.csv', 'latin1'), /zip archive.*Unpack/],
    ['gzip', gzipSync('a,b\n1,2\n'), /gzip archive.*Unpack/],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ'), /PDF/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Office/],
    ['a web page', Buffer.from('\ufeff\n<!DOCTYPE html><html>'), /web page/],
    ['XML', Buffer.from('<?xml version="1.0"?>'), /XML/],
    ['JSON', Buffer.from('[{"id": 1}]'), /JSON/],
    ['UTF-32', Buffer.from('fffe000061000000', 'hex'), /UTF-32.*UTF-8/],
    ['a program\'s bytes', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3)) % 255 + 1)), /no text/],
    ['nothing', Buffer.alloc(0), /empty/],
    ['a mark alone', Buffer.from('\ufeff'), /blank/],
    ['blank lines', Buffer.from('\n \r\n\t\n'), /blank lines/],
    ['text with a NUL', Buffer.from('a,b\n1,2\n3,\0\n4,5\n'), /Line 3 holds a NUL byte/],
    ['Japanese of another encoding', Buffer.from('93c1959c82c893fa967b8cea82cc8365834c8358836782c582b7814293fa967b8cea82cc95b68e9a83528381838a8393836782f093fc97cd82b582dc82b7', 'hex'), /UTF-8/],
    ['UTF-8 with one wrong byte', Buffer.concat([Buffer.from('name,b\nMüller,1\n'), latin('Käse'), Buffer.from(',1\nGröße,2\nÖl,3\n')]), /Line 3 holds bytes that are not UTF-8/],
    ['surrogates written as UTF-8', Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from('eda0bdedb880', 'hex')]), /Line 2 holds bytes that are not UTF-8/],
    ['half a UTF-16 character', Buffer.concat([Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), Buffer.from('a')]), /Line 3 holds bytes that are not UTF-16LE/],
    ['bytes that windows-1252 lacks', latin('name\nM\xfcller \x81\n'), /not windows-1252/],
  ])('are refused with what they are and what to do: %s', (_, bytes, expected) => {
    expect(refusal(() => detectReading(bytes))).toMatch(expected);
  });
});

describe('reading rows', () => {
  const rowsOf = async (reading: Reading, ...chunks: (string | Buffer)[]) => {
    const rows: [number, ...string[]][] = [];
    await readRecords(source(...chunks), reading, async (batch) => void rows.push(...batch.map(({ row, cells }): [number, ...string[]] => [row, ...cells])), new AbortController().signal);
    return rows;
  };

  it('counts rows as a spreadsheet does, and leaves blank ones and what stands above the header out', async () => {
    expect(await rowsOf({ ...plain, headerRow: 3 }, 'Title\n\na,b\n1,"x\ny"\n\n , \n2,z')).toEqual([[4, '1', 'x\ny'], [7, '2', 'z']]);
  });

  it('reads without quoting where the reading says so', async () => {
    expect(await rowsOf({ ...plain, quote: '' }, 'a,b\n5" disk,"x\n')).toEqual([[2, '5" disk', '"x']]);
    expect(await rowsOf({ ...plain, quote: "'" }, "a,b\n'it''s, ok','\"'\n")).toEqual([[2, "it's, ok", '"']]);
  });

  it.each([
    ['a mark within a cell', 'a,b\n1,2\n5" disk,3\n', /^Row 3 has a quotation mark in the middle of a cell/],
    ['text behind a closing mark', 'a,b\n"1"x,2\n', /^Row 2 has a quotation mark in the middle/],
    ['a mark that is never closed', 'a,b\n1,2\n1,"2\n3,4\n', /^Row 3 opens a quotation mark that is never closed/],
    ['too many columns', `a,b\n${','.repeat(100_000)}\n`, /^Row 2 has 100001 columns, and at most 1000 are read/],
    ['a row without end', `a\n${'x'.repeat(1_100_000)}`, /^Row 2 is longer than 1 MB/],
    ['a quoted cell without end', `a\n"${'x\n'.repeat(600_000)}`, /^Row 2 is longer than 1 MB.*never closed/],
    ['another encoding', Buffer.concat([Buffer.from('a\nb\n'), latin('ü\n')]), /^Line 3 holds bytes that are not UTF-8. If the file comes from an older Windows program, choose windows-1252/],
    ['a NUL', 'a\nb\n\0\n', /^Line 3 holds a NUL byte/],
  ])('is refused with the place at %s', async (_, text, expected) => {
    await expect(rowsOf(plain, text)).rejects.toThrow(UnreadableFile);
    await expect(rowsOf(plain, text)).rejects.toThrow(expected);
  });

  it('waits for a batch of 1,000 to be taken before it reads on', async () => {
    const text = Array.from({ length: 2500 }, (_, index) => `${index}`).join('\n');
    const sizes: number[] = [];
    let busy = false;
    await readRecords(source(text), { ...plain, headerRow: 0 }, async (batch) => {
      expect(busy).toBe(false);
      busy = true;
      await new Promise(setImmediate);
      busy = false;
      sizes.push(batch.length);
    }, new AbortController().signal);
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('stops with the reason of the signal', async () => {
    const controller = new AbortController();
    async function* endless() {
      for (;;) yield Buffer.from('1,2\n'.repeat(2000));
    }
    const reading = readRecords(endless(), plain, async () => controller.abort(new Error('enough')), controller.signal);
    await expect(reading).rejects.toThrow('enough');
  });

  it('reads a head and leaves the rest of the file alone', async () => {
    let given = 0;
    async function* counted() {
      for (; given < 50; given++) yield Buffer.from(given === 0 ? 'a,b\n' : '1,2\n'.repeat(1000));
    }
    expect(await readHead(counted(), plain, 2)).toEqual({ header: ['a', 'b'], sample: [['1', '2'], ['1', '2']] });
    expect(given).toBeLessThan(5);
    expect(await readHead(source('1,2\n3,4,5\n'), { ...plain, headerRow: 0 }, 20)).toEqual({ header: ['', '', ''], sample: [['1', '2'], ['3', '4', '5']] });
    expect(await readHead(source('a,b\n'), plain, 20)).toEqual({ header: ['a', 'b'], sample: [] });
    await expect(readHead(source('a,b\n'), { ...plain, headerRow: 4 }, 20)).rejects.toThrow('Row 4 is blank or beyond the end');
  });
});

it('refuses ways of reading that make no sense', () => {
  const { doubtful: _, ...reading } = plain;
  expect(checkReading({ ...reading, delimiter: '\t', quote: '', headerRow: 0 })).toBeNull();
  for (const wrong of [{ encoding: 'UTF-7' }, { delimiter: '' }, { delimiter: ',,' }, { delimiter: '\n' }, { delimiter: 'a' }, { delimiter: '€' }, { delimiter: '\0' }]) {
    expect(checkReading({ ...reading, ...wrong })).not.toBeNull();
  }
  for (const wrong of [{ quote: '\n' }, { quote: ',' }, { quote: 'xx' }, { headerRow: -1 }, { headerRow: 1.5 }, { headerRow: 1001 }, { headerRow: null }]) {
    expect(checkReading({ ...reading, ...wrong })).not.toBeNull();
  }
});
