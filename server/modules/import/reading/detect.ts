import { findEncoding } from './encoding.js';
import { type Reading, UnreadableFile } from './reading.js';
import { refuseOtherKinds } from './signatures.js';
import { sniff } from './sniff.js';
import { toUtf8 } from './utf8.js';

/** So much of a file is looked at. */
export const HEAD_BYTES = 65_536;

/**
 * How a file is to be read, by its first 64 kB. Throws UnreadableFile for what is no text with rows: archives, workbooks,
 * documents, images, programs, web pages, damaged text, and files that hold nothing.
 */
export function detectReading(head: Buffer): Reading {
  if (head.length === 0) throw new UnreadableFile('The file is empty: it has no bytes at all. Export it again.');
  refuseOtherKinds(head);
  const { encoding, doubtful } = findEncoding(head);
  const cut = head.length >= HEAD_BYTES;
  const converter = toUtf8(encoding);
  const text = Buffer.concat([converter.push(head), cut ? Buffer.alloc(0) : converter.end()]).toString();
  if (text.trim() === '') throw new UnreadableFile('The file holds nothing but blank lines.');
  const layout = sniff(text, cut);
  return { encoding, delimiter: layout.delimiter, quote: layout.quote, headerRow: layout.headerRow, doubtful: doubtful || layout.doubtful };
}
