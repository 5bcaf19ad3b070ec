import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { type Encoding, UnreadableFile } from './reading.js';

/** The encoding of a file by its beginning. */
export interface FoundEncoding {
  encoding: Encoding;
  /** True: the bytes do not prove it. */
  doubtful: boolean;
}

/** Of the bytes of a text that many at least are no control characters. */
const MOST_CONTROLS = 0.02;
/** So few may stand in a short text too: what is wrong there has a line. */
const FEW = 4;
/** From this confidence on a guess of another family of encodings is believed. */
const SURE = 70;

/** Throws UnreadableFile for what is no text, and for text of an encoding that cannot be read. */
export function findEncoding(head: Buffer): FoundEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'UTF-8', doubtful: false };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'UTF-16LE', doubtful: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'UTF-16BE', doubtful: false };
  const wide = unmarkedUtf16(head);
  if (wide !== null) return { encoding: wide, doubtful: true };
  refuseBinary(head);
  if (isUtf8(withoutTail(head))) return { encoding: 'UTF-8', doubtful: false };
  if (mostlyUtf8(head)) return { encoding: 'UTF-8', doubtful: true };
  return eightBit(head);
}

/** Text in Latin letters, digits and delimiters has a zero in every second byte. */
function unmarkedUtf16(head: Buffer): 'UTF-16LE' | 'UTF-16BE' | null {
  const pairs = Math.floor(head.length / 2);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < 2 * pairs; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  if (pairs === 0 || head.length % 2 !== 0 || even + odd > pairs) return null;
  if (odd > pairs * 0.4 && even < pairs * 0.01) return 'UTF-16LE';
  return even > pairs * 0.4 && odd < pairs * 0.01 ? 'UTF-16BE' : null;
}

function refuseBinary(head: Buffer): void {
  const nul = head.indexOf(0);
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32)) controls++;
  if (controls > Math.max(FEW, head.length * MOST_CONTROLS)) throw new UnreadableFile('The file is no text: it holds bytes that only programs read. Export the table as CSV.');
  if (nul >= 0) {
    const line = head.toString('latin1', 0, nul).split('\n').length;
    throw new UnreadableFile(`Line ${line} holds a NUL byte: the file is damaged, or no text at all. Export it again as CSV.`);
  }
}

/** The end of the beginning may lie within a character. */
function withoutTail(head: Buffer): Buffer {
  for (let cut = 0; cut < 4; cut++) if ((head[head.length - 1 - cut] ?? 0) < 0x80) return head.subarray(0, head.length - cut);
  return head.subarray(0, head.length - 3);
}

/** True when most bytes above ASCII form characters of UTF-8, or the halves of surrogate pairs that faulty programs write so. */
function mostlyUtf8(head: Buffer): boolean {
  const text = head.toString('latin1');
  const rest = text.replaceAll(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g, '');
  const stray = rest.replaceAll(/[^\x80-\xff]/g, '').length;
  return text.length - rest.length > 2 * stray;
}

/** Not UTF-8: windows-1252, unless the letters speak for an encoding of another part of the world. */
function eightBit(head: Buffer): FoundEncoding {
  const [best] = analyse(head);
  const western = best !== undefined && (best.name === 'windows-1252' || best.name === 'ISO-8859-1');
  if (best !== undefined && !western && best.confidence >= SURE) {
    throw new UnreadableFile(`The file seems to be ${best.name}, which cannot be read. Save it as UTF-8.`);
  }
  return { encoding: 'windows-1252', doubtful: !western };
}
