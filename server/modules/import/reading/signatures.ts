import { UnreadableFile } from './reading.js';

/** What files begin with that are no text, and what to do with each. */
const signatures: readonly (readonly [begin: string, what: string, remedy: string])[] = [
  ['\x1f\x8b', 'a gzip archive', 'Unpack it first.'],
  ['BZh91AY&SY', 'a bzip2 archive', 'Unpack it first.'],
  ['\xfd7zXZ\0', 'an xz archive', 'Unpack it first.'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive', 'Unpack it first.'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive', 'Unpack it first.'],
  ['Rar!\x1a\x07', 'a RAR archive', 'Unpack it first.'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'a workbook or document of an old Office', 'Open it there and save the sheet as CSV (UTF-8).'],
  ['%PDF-', 'a PDF', 'Export the table itself as CSV.'],
  ['\x89PNG', 'an image', 'Export the table itself as CSV.'],
  ['\xff\xd8\xff', 'an image', 'Export the table itself as CSV.'],
  ['GIF8', 'an image', 'Export the table itself as CSV.'],
  ['RIFF', 'an image or a recording', 'Export the table itself as CSV.'],
  ['SQLite format 3\0', 'a database', 'Export the table as CSV.'],
  ['PAR1', 'a Parquet file', 'Export the table as CSV.'],
  ['\x7fELF', 'a program', 'Choose a CSV file.'],
  ['MZ\x90', 'a program', 'Choose a CSV file.'],
  ['{\\rtf', 'a text document', 'Export the table itself as CSV.'],
  ['\xff\xfe\0\0', 'UTF-32 text', 'Save it as UTF-8.'],
  ['\0\0\xfe\xff', 'UTF-32 text', 'Save it as UTF-8.'],
];

/** Texts that are no tables: what was saved is the page or the data around one. */
const texts: readonly (readonly [begin: RegExp, what: string])[] = [
  [/^<(?:!doctype html|html|head|body|!--)/i, 'a web page, perhaps the sign-in page of the system it came from'],
  [/^<\?xml/i, 'XML'],
  [/^[[{]\s*["[{]/, 'JSON'],
];

/** Throws UnreadableFile for a file that is of another kind, whatever its name says. */
export function refuseOtherKinds(head: Buffer): void {
  const begin = head.toString('latin1', 0, 2000);
  if (begin.startsWith('PK\x03\x04') || begin.startsWith('PK\x05\x06')) throw zip(begin);
  const other = signatures.find(([signature]) => begin.startsWith(signature));
  if (other !== undefined) throw new UnreadableFile(`The file is ${other[1]}, not a CSV file, whatever its name says. ${other[2]}`);
  const text = begin.replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  const kind = texts.find(([pattern]) => pattern.test(text));
  if (kind !== undefined) throw new UnreadableFile(`The file is ${kind[1]}, not a table. Export the table as CSV.`);
}

function zip(begin: string): UnreadableFile {
  if (/\[Content_Types\]\.xml|xl\/|_rels\//.test(begin)) {
    return new UnreadableFile('The file is an Excel workbook, whatever its name says. Open it and save the sheet as CSV (UTF-8).');
  }
  if (begin.includes('opendocument')) return new UnreadableFile('The file is an OpenDocument file, whatever its name says. Open it and save the sheet as CSV.');
  return new UnreadableFile('The file is a zip archive, whatever its name says. Unpack it first.');
}
