import { isAscii, isUtf8 } from 'node:buffer';
import { type Encoding, UnreadableFile } from './reading.js';

const LINE_FEED = 0x0a;

/** Turns the bytes of a file into UTF-8 without a byte-order mark, chunk by chunk. Throws UnreadableFile where they are not of the encoding. */
export interface ToUtf8 {
  push(chunk: Uint8Array): Buffer;
  /** What is left at the end of the file. */
  end(): Buffer;
}

/** The converter for an encoding. */
export function toUtf8(encoding: Encoding): ToUtf8 {
  return new Converter(encoding, converters[encoding]);
}

/** How one encoding is read. */
interface Conversion {
  /** How many bytes at the end of a chunk belong to a character that goes on in the next. */
  unfinished(bytes: Buffer): number;
  /** The bytes as UTF-8; null when they are none of this encoding. */
  convert(bytes: Buffer): Buffer | null;
  /** What to do about wrong bytes. */
  remedy: string;
}

const OTHER_ENCODING = 'Choose the encoding in which the file was saved, or save it again as UTF-8.';

const converters: Readonly<Record<Encoding, Conversion>> = {
  'UTF-8': {
    unfinished: unfinishedUtf8,
    convert: (bytes) => (isUtf8(bytes) ? bytes : null),
    remedy: 'If the file comes from an older Windows program, choose windows-1252; otherwise save it again as UTF-8.',
  },
  'UTF-16LE': { unfinished: unfinishedUtf16, convert: utf16, remedy: OTHER_ENCODING },
  'UTF-16BE': {
    unfinished: (bytes) => unfinishedUtf16(swapped(bytes)),
    convert: (bytes) => (bytes.length % 2 === 0 ? utf16(swapped(bytes)) : null),
    remedy: OTHER_ENCODING,
  },
  'windows-1252': { unfinished: () => 0, convert: windows1252, remedy: OTHER_ENCODING },
};

class Converter implements ToUtf8 {
  private held: Buffer = Buffer.alloc(0);
  private line = 1;
  private begun = false;

  constructor(private readonly encoding: Encoding, private readonly conversion: Conversion) {}

  push(chunk: Uint8Array): Buffer {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.held.length === 0 ? fresh : Buffer.concat([this.held, fresh]);
    const end = bytes.length - this.conversion.unfinished(bytes);
    // A copy: whoever gives the chunks may use their memory again.
    this.held = Buffer.from(bytes.subarray(end));
    return this.converted(bytes.subarray(0, end));
  }

  end(): Buffer {
    return this.converted(this.held);
  }

  private converted(bytes: Buffer): Buffer {
    const text = this.conversion.convert(bytes) ?? this.refuse(bytes);
    const nul = text.indexOf(0);
    if (nul >= 0) {
      throw new UnreadableFile(`Line ${this.line + lineFeeds(text.subarray(0, nul))} holds a NUL byte: the file is damaged, or no text at all. Export it again as CSV.`);
    }
    this.line += lineFeeds(text);
    return this.withoutMark(text);
  }

  private withoutMark(text: Buffer): Buffer {
    if (this.begun || text.length === 0) return text;
    this.begun = true;
    return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;
  }

  /** Names the line: the first that cannot be read alone. */
  private refuse(bytes: Buffer): never {
    const unit = this.encoding.startsWith('UTF-16') ? 2 : 1;
    let line = this.line;
    let from = 0;
    for (let end = endOfLine(bytes, from, this.encoding); end < bytes.length; end = endOfLine(bytes, from, this.encoding)) {
      if (this.conversion.convert(bytes.subarray(from, end + unit)) === null) break;
      from = end + unit;
      line++;
    }
    throw new UnreadableFile(`Line ${line} holds bytes that are not ${this.encoding}. ${this.conversion.remedy}`);
  }
}

function endOfLine(bytes: Buffer, from: number, encoding: Encoding): number {
  if (!encoding.startsWith('UTF-16')) return orEnd(bytes.indexOf(LINE_FEED, from), bytes);
  const [low, high] = encoding === 'UTF-16LE' ? [0, 1] : [1, 0];
  for (let at = from; at + 1 < bytes.length; at += 2) if (bytes[at + low] === LINE_FEED && bytes[at + high] === 0) return at;
  return bytes.length;
}

function orEnd(at: number, bytes: Buffer): number {
  return at < 0 ? bytes.length : at;
}

function lineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}

/** A character has up to four bytes, the first of which says how many; bytes that begin none are for the check to find. */
function unfinishedUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Half a unit, or the first half of a pair. */
function unfinishedUtf16(bytes: Buffer): number {
  const odd = bytes.length % 2;
  const high = bytes[bytes.length - odd - 1] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}

function utf16(bytes: Buffer): Buffer | null {
  const text = bytes.toString('utf16le');
  return bytes.length % 2 === 0 && !/\p{Surrogate}/u.test(text) ? Buffer.from(text) : null;
}

function swapped(bytes: Buffer): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
  return even.length === bytes.length ? even : Buffer.concat([even, bytes.subarray(-1)]);
}

/** What the bytes 0x80 to 0x9f mean; those that mean nothing are left out. Node 20 decodes them as control characters. */
const windowsCharacters = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function windows1252(bytes: Buffer): Buffer | null {
  if (isAscii(bytes)) return bytes;
  let known = true;
  const text = bytes.toString('latin1').replaceAll(/[\u0080-\u009f]/g, (character) => {
    const meant = windowsCharacters[character.charCodeAt(0) - 0x80] ?? ' ';
    known &&= meant !== ' ';
    return meant;
  });
  return known ? Buffer.from(text) : null;
}
