import { gzipSync } from 'node:zlib';

/** What must come of a file: a refusal with a message that helps, a question to the person, or a check with errors by cell. */
export interface Expected {
  /** The upload is answered with 400 and this message; nothing of the file stays. */
  refused?: RegExp;
  /** The file is there, but the import says this of it and cannot be checked, or its check failed so. */
  unreadable?: RegExp;
  /** The check is refused until these fields have a column, and these columns a format. */
  missing?: string[];
  ambiguous?: string[];
  /** Rows, new, changed, unchanged, duplicates, rows with errors. */
  counts?: number[];
  /** Row, column and code of every error. */
  errors?: [row: number, column: string | null, code: string][];
  /** What messages must say, whichever cell. */
  messages?: RegExp[];
}

/** A file that people really bring, or that somebody made to do harm. */
export interface HostileFile {
  name: string;
  bytes(): Iterable<Uint8Array>;
  /** An input of configureImport, where a person must choose before the check. */
  configure?: string;
  expected: Expected;
}

const HEADER = 'company,product,start_date,end_date,seats,unit_cost,currency,status';
const good = 'Acme,SUB,2026-03-01,2026-12-31,10,19.99,EUR,Active';
const umlauts = 'Müller & Söhne,SUB,2026-03-01,2026-12-31,10,19.99,EUR,Büro';
const fine = [1, 1, 0, 0, 0, 0];

const csv = (...lines: string[]) => [HEADER, ...lines, ''].join('\n');
const of = (content: string | Uint8Array) => () => [Buffer.from(content as string)];
const latin = (text: string) => Buffer.from(text, 'latin1');
const wide = (text: string) => Buffer.from(text, 'utf16le');

const file = (name: string, content: string | Uint8Array, expected: Expected, configure?: string): HostileFile => ({ name, bytes: of(content), expected, configure });
const rows = (name: string, lines: string[], errors: Expected['errors'], counts: number[], messages: RegExp[] = []): HostileFile =>
  file(name, csv(...lines), { errors, counts, messages });

const MEGABYTE = 1_048_576;

/** So many megabytes of one piece, which is in memory once. */
function* megabytes(count: number, begin: string, piece: string): Generator<Uint8Array> {
  yield Buffer.from(begin);
  const block = Buffer.from(piece.repeat(Math.ceil(MEGABYTE / piece.length)));
  for (let index = 0; index < count; index++) yield block;
}

/** Good rows until well beyond the part by which a file is recognised, then something else. */
const farBelow = (end: Buffer) => Buffer.concat([Buffer.from(csv(...Array.from({ length: 2000 }, () => good))), end]);

/** Files that are something else, whatever their name says, or nothing at all. */
const otherKinds: readonly HostileFile[] = [
  file('an empty file', '', { refused: /empty/ }),
  file('only blank lines', '\n\r\n \n\t\n', { refused: /blank lines/ }),
  file('a byte-order mark and nothing else', '\ufeff', { refused: /blank/ }),
  file('a zip renamed to CSV', latin('PK\x03\x04\x14\0\0\0\x08\0licences.csv'), { refused: /zip archive.*Unpack/ }),
  { name: 'a zip of 50 MB', bytes: () => megabytes(50, 'PK\x03\x04', '\x01\x02zip'), expected: { refused: /zip archive/ } },
  file('a workbook renamed to CSV', latin('PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml'), { refused: /Excel workbook.*save the sheet as CSV/ }),
  file('a gzip', gzipSync(csv(good)), { refused: /gzip.*Unpack/ }),
  file('a PDF', '%PDF-1.7\n1 0 obj\n', { refused: /PDF/ }),
  file('an image', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), { refused: /image/ }),
  file('a program', latin('\x7fELF\x02\x01\x01\0\0\0'), { refused: /program/ }),
  file('the sign-in page of another system', '<!DOCTYPE html>\n<html><body>Please sign in</body></html>', { refused: /web page/ }),
  file('JSON', '[{"company": "Acme"}]', { refused: /JSON/ }),
  file('bytes of no kind', Buffer.from(Array.from({ length: 5000 }, (_, at) => ((at * 48_271) % 2_147_483_647) % 251 + 1)), { refused: /no text/ }),
];

/** Encodings, right and wrong. */
const encodings: readonly HostileFile[] = [
  file('UTF-8 with a byte-order mark', `\ufeff${csv(umlauts)}`, { counts: fine }),
  file('UTF-16 with a mark, little end first', wide(`\ufeff${csv(umlauts)}`), { counts: fine }),
  file('UTF-16 with a mark, big end first', wide(`\ufeff${csv(umlauts)}`).swap16(), { counts: fine }),
  file('UTF-16 without a mark', wide(csv(umlauts)), { counts: fine }),
  file('UTF-16 without a mark, big end first', wide(csv(umlauts)).swap16(), { counts: fine }),
  file('UTF-16 cut within a character', wide(`\ufeff${csv(good)}`).subarray(0, -1), { refused: /not UTF-16LE/ }),
  file('UTF-32', Buffer.from(`fffe0000${[...csv(good)].map((letter) => `${Buffer.from(letter).toString('hex')}000000`).join('')}`, 'hex'), { refused: /UTF-32.*UTF-8/ }),
  file('umlauts and the euro sign of windows-1252', latin(csv(umlauts, good.replace('2026-03', '2026-04').replace('Active', '\x80 Käufer'))), { counts: [2, 2, 0, 0, 0, 0] }),
  file('one wrong byte in UTF-8', Buffer.concat([Buffer.from(csv(umlauts, umlauts)), latin('Söhne\n')]), { refused: /Line 4 holds bytes that are not UTF-8/ }),
  file('another encoding far below', farBelow(latin('Müller,SUB\n')), { unreadable: /Line 2002 holds bytes that are not UTF-8.*windows-1252/ }),
  file('halves of surrogate pairs', Buffer.concat([Buffer.from(csv()), Buffer.from('eda0bdedb880', 'hex')]), { refused: /not UTF-8/ }),
  file('a NUL', csv(good, `Ac\0me${good.slice(4)}`), { refused: /Line 3 holds a NUL/ }),
  file('a NUL far below', farBelow(Buffer.from('a\0b\n')), { unreadable: /Line 2002 holds a NUL/ }),
];

/** Layouts, usual and unusual. */
const layouts: readonly HostileFile[] = [
  file('a header and nothing else', csv(), { counts: [0, 0, 0, 0, 0, 0] }),
  file('semicolons and decimal commas', csv(good.replace('19.99', '"1.234,50"')).replaceAll(',', ';').replace('1.234;50', '1.234,50'), { counts: fine }),
  file('tabs', csv(good).replaceAll(',', '\t'), { counts: fine }),
  file('mixed line ends, old ones among them', `${HEADER}\r\n${good}\r${good.replace('-03-', '-04-')}\n\r\n${good.replace('-03-', '-05-')}`, { counts: [3, 3, 0, 0, 0, 0] }),
  file('a declared delimiter', `sep=;\n${csv(good).replaceAll(',', ';')}`, { counts: fine }),
  file('a title above the header', `Licences of 2026\n\n${csv(good, good.replace('Acme', 'Nobody'))}`, { counts: [2, 1, 0, 0, 0, 1], errors: [[5, 'company', 'NOT_FOUND']] }),
  file('no header', `${good}\n${good.replace('-03-', '-04-')}\n`, { missing: ['company', 'partner', 'product', 'startDate', 'seats', 'unitCost', 'currency', 'status'] }),
  file('unknown columns only', 'colour,__proto__,constructor\nred,1,2\n', { missing: ['company', 'partner', 'product', 'startDate', 'seats', 'unitCost', 'currency', 'status'] }),
  file('columns named twice', csv(good).replace('company,', 'company,seats,seats,').replace('Acme,', 'Acme,x,y,').replace('_date,seats', '_date,seats'), { counts: [1, 0, 0, 0, 0, 1], errors: [[2, 'seats', 'UNREADABLE']] }),
  rows('the header repeated below', [good, HEADER], [
    [3, 'company', 'NOT_FOUND'], [3, 'product', 'NOT_FOUND'], [3, 'start_date', 'UNREADABLE'], [3, 'end_date', 'UNREADABLE'], [3, 'seats', 'UNREADABLE'],
    [3, 'unit_cost', 'UNREADABLE'],
  ], [2, 1, 0, 0, 0, 1]),
  rows('ragged rows', [good, 'Acme,SUB', `${good},,`, `${good},more`, '', ',,,,,,,'], [[3, null, 'RAGGED'], [5, null, 'RAGGED']], [4, 1, 0, 0, 1, 2], [/a delimiter is missing, or the row was cut off/, /must stand in quotation marks/]),
  rows('line breaks within cells', [`"Acme\r\nInc",${good.slice(5)}`, '', `"Acme\n\n",${good.slice(5)}`, `Nobody,${good.slice(5)}`], [[2, 'company', 'NOT_FOUND'], [5, 'company', 'NOT_FOUND']], [3, 1, 0, 0, 0, 2]),
  file('a lone quotation mark within a cell', csv(good, good.replace('Acme', '5" disk')), { unreadable: /Row 3 has a quotation mark in the middle of a cell.*double/ }),
  file('a quotation mark that is never closed', csv(good, `"${good}`, good), { unreadable: /Row 3 opens a quotation mark that is never closed/ }),
  file('text behind a quoted cell', csv(`"Acme"x${good.slice(4)}`), { unreadable: /Row 2 has a quotation mark in the middle/ }),
  { name: '100,000 columns', bytes: of(`${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join()}\n1,2\n`), expected: { unreadable: /Row 1 has 100000 columns, and at most 1000/ } },
  { name: 'a single line of 300 MB', bytes: () => megabytes(300, 'company', 'x'), expected: { refused: /a line that is longer than 2 MB/ } },
  { name: 'a line of nothing but delimiters', bytes: () => megabytes(8, 'company', ','), expected: { refused: /a line that is longer than 2 MB/ } },
  { name: 'a row of 1.5 MB', bytes: of(`${csv(good)}${'x,'.repeat(750_000)}\n`), expected: { unreadable: /Row 3 (?:is longer than 1 MB|has 750001 columns)/ } },
  { name: 'a quoted cell of 3 MB in row 3', bytes: () => megabytes(3, csv(good).concat('"'), 'line\n'), expected: { unreadable: /Row 3 is longer than 1 MB.*never closed/ } },
];

/** Cells, of which each has its own error. */
const cells: readonly HostileFile[] = [
  file('three ways of writing dates in one column', csv(good, good.replace('2026-03-01', '13.04.2026'), good.replace('2026-03-01', '04/13/2026')), { ambiguous: ['start_date'] }),
  file('three ways of writing dates, and a person chose one', csv(good, good.replace('2026-03-01', '13.04.2026'), good.replace('2026-03-01', '04/13/2026')), {
    counts: [3, 1, 0, 0, 0, 2], errors: [[2, 'start_date', 'UNREADABLE'], [4, 'start_date', 'UNREADABLE']], messages: [/“2026-03-01” is not a date written like 13\.04\.2026/, /“04\/13\/2026” is not a day of the calendar/],
  }, 'columns: [{ index: 2, field: "startDate", dateFormat: DMY }]'),
  file('dates that may begin with the day or the month', csv(good.replace('2026-03-01', '03/04/2026')), { ambiguous: ['start_date'] }),
  rows('days that do not exist', ['2026-02-29', '2026-13-01', '0000-00-00', '2026-04-31', '2026-1-1T12:00', 'soon'].map((day) => good.replace('2026-03-01', day)).concat(good),
    [2, 3, 4, 5, 6, 7].map((row) => [row, 'start_date', 'UNREADABLE']), [7, 1, 0, 0, 0, 6]),
  rows('numbers that are none', ['1e3', '0x10', 'NaN', '1.5', '١٢', '=1+1', 'ten'].map((seats) => good.replace(',10,', `,${seats},`)).concat(good),
    [2, 3, 4, 5, 6, 7, 8].map((row) => [row, 'seats', 'UNREADABLE']), [8, 1, 0, 0, 0, 7]),
  rows('numbers beyond every limit', ['0', '-5', '2147483648', '99999999999999999999'].map((seats) => good.replace(',10,', `,${seats},`)), [2, 3, 4, 5].map((row) => [row, 'seats', 'INVALID']), [4, 0, 0, 0, 0, 4]),
  rows('numbers with thin spaces', [good.replace(',10,', ',1\u2009234,').replace('19.99', '1\u202f234.50')], [], fine),
  rows('dollar signs', [good.replace('19.99', () => '"$1,200.00"'), good.replace('Acme', () => "$& $1 $' $$"), good.replace('19.99', '12.50')], [[2, 'unit_cost', 'UNREADABLE'], [3, 'company', 'NOT_FOUND']], [3, 1, 0, 0, 0, 2], [/leave the currency sign out/]),
  rows('formulas', [good.replace('Acme', "=cmd|'/c calc'!A0"), good.replace('Acme', '@SUM(1)'), good.replace('19.99', '=19+1'), good.replace('SUB', '+1+1'), good.replace('EUR', '-EUR')],
    [[2, 'company', 'NOT_FOUND'], [3, 'company', 'NOT_FOUND'], [4, 'unit_cost', 'UNREADABLE'], [5, 'product', 'NOT_FOUND'], [6, 'currency', 'INVALID']], [5, 0, 0, 0, 0, 5]),
  rows('SQL', [good.replace('Acme', "'; drop table license_records; --"), good.replace('Active', "'\\' or 1"), good.replace('SUB', '1/*!50000 or 1*/')], [[2, 'company', 'NOT_FOUND'], [4, 'product', 'NOT_FOUND']], [3, 1, 0, 0, 0, 2]),
  rows('very long cells', [good.replace('Acme', 'A'.repeat(300_000)), good.replace('Active', 'A'.repeat(300_000)), good.replace(',10,', `,${'9'.repeat(300_000)},`)],
    [[2, 'company', 'NOT_FOUND'], [3, 'status', 'TOO_LONG'], [4, 'seats', 'UNREADABLE']], [3, 0, 0, 0, 0, 3]),
  rows('one key twice, saying different things', [good, good.replace(',10,', ',11,'), good], [[3, null, 'CONFLICTING']], [3, 1, 0, 0, 1, 1]),
  rows('names of letters that look alike', ['Аcme', 'Acme\u200b', 'acme\u0301', '\u202eemcA', '🤷‍♀️'].map((name) => good.replace('Acme', name)), [2, 3, 4, 5, 6].map((row) => [row, 'company', 'NOT_FOUND']), [5, 0, 0, 0, 0, 5]),
  rows('required cells left blank', [',,,,10,,,', 'Acme,,2026-03-01,,1,1,,Active'], [
    [2, 'company', 'REQUIRED'], [2, 'product', 'REQUIRED'], [2, 'start_date', 'REQUIRED'], [2, 'currency', 'REQUIRED'], [2, 'unit_cost', 'REQUIRED'], [2, 'status', 'REQUIRED'],
    [3, 'product', 'REQUIRED'], [3, 'currency', 'REQUIRED'],
  ], [2, 0, 0, 0, 0, 2]),
  file('ids that are none', `id,${csv()}${['1e0', '-1', '999999999999', "'=1", '77'].map((id) => `${id},${good}`).join('\n')}`, {
    counts: [5, 0, 0, 0, 0, 5], errors: [[2, 'id', 'UNREADABLE'], [3, 'id', 'UNREADABLE'], [4, 'id', 'UNREADABLE'], [5, 'id', 'UNREADABLE'], [6, 'id', 'NOT_FOUND']],
  }),
];

/** Files that no sane person would send, and many that one would. */
export const hostileFiles: readonly HostileFile[] = [...otherKinds, ...encodings, ...layouts, ...cells];
