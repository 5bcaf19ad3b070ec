import { isAscii } from 'node:buffer';
import { isBlank } from '../values/text.js';
import { MAX_COLUMNS, MAX_RECORD_BYTES, type Reading, type SourceRow, UnreadableFile } from './reading.js';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** No byte: stands for "no quoting" and for "nothing follows". */
const NONE = -1;
/** The row goes on in bytes that are not here yet. */
const UNFINISHED = -1;

/**
 * Splits UTF-8 into rows and cells by RFC 4180, with the line ends of all systems mixed at will. Strict about quotation marks: where
 * one is out of place, cells may begin and end anywhere, and the file is refused rather than guessed at.
 *
 * Of its own because this loop bounds how fast a million rows come in: with csv-parse reading them took four times the CPU time, and
 * twenty times when a title stood above the header, as it makes an error object for every row whose length is not that of the first.
 * tests/unit/import-rows.property.test.ts holds the two against each other.
 */
export class Rows {
  /** Rows split so far, blank ones counted. */
  private count = 0;
  private held: Buffer = Buffer.alloc(0);
  private found: SourceRow[] = [];
  private readonly delimiter: number;
  private readonly quote: number;

  constructor(private readonly reading: Pick<Reading, 'delimiter' | 'quote'>) {
    this.delimiter = reading.delimiter.charCodeAt(0);
    this.quote = reading.quote === '' ? NONE : reading.quote.charCodeAt(0);
  }

  /** The rows that end within these bytes, blank ones left out. */
  push(bytes: Buffer): SourceRow[] {
    const text = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    const end = this.split(text, false);
    this.held = Buffer.from(text.subarray(end));
    if (this.held.length > MAX_RECORD_BYTES) {
      throw this.fault(`is longer than ${MAX_RECORD_BYTES / 1_000_000} MB. Most often it opens a quotation mark that is never closed, or the file is no table of rows.`);
    }
    return this.taken();
  }

  /** The rest, with a last row that no line end follows. */
  end(): SourceRow[] {
    const end = this.split(this.held, true);
    if (end < this.held.length) throw this.fault('opens a quotation mark that is never closed. Close it, or double it where it belongs to the text.');
    return this.taken();
  }

  private taken(): SourceRow[] {
    const rows = this.found;
    this.found = [];
    return rows;
  }

  /** Splits as many rows as are whole; says where the first begins that is not. */
  private split(text: Buffer, last: boolean): number {
    const encoding = isAscii(text) ? 'latin1' : 'utf8';
    let start = 0;
    while (start < text.length) {
      const cells: string[] = [];
      const next = this.row(text, start, last, encoding, cells);
      if (next === UNFINISHED) break;
      start = next;
      this.count++;
      if (!cells.every(isBlank)) this.found.push({ row: this.count, cells });
    }
    return start;
  }

  /** Reads the cells of one row; says where the next row begins, or UNFINISHED. */
  private row(text: Buffer, start: number, last: boolean, encoding: 'latin1' | 'utf8', cells: string[]): number {
    const { delimiter, quote } = this;
    let at = start;
    while (true) {
      if (cells.length === MAX_COLUMNS) {
        throw this.fault(`has more than ${MAX_COLUMNS} columns. Look whether ${named(this.reading.delimiter)} is the delimiter, or leave columns out.`);
      }
      const begin = at;
      if (text[at] === quote) {
        at = this.closing(text, at + 1, last);
        if (at === UNFINISHED) return UNFINISHED;
        cells.push(this.unquoted(text.toString(encoding, begin + 1, at)));
        at++;
      } else {
        for (; at < text.length; at++) {
          const byte = text[at];
          if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
          if (byte === quote) throw this.misplaced();
        }
        cells.push(text.toString(encoding, begin, at));
      }
      const byte = text[at] ?? NONE;
      if (byte === delimiter) {
        at++;
      } else if (byte === NONE) {
        return last ? at : UNFINISHED;
      } else {
        // A line feed may follow a carriage return in the bytes to come.
        if (byte === RETURN && at + 1 === text.length && !last) return UNFINISHED;
        return byte === RETURN && text[at + 1] === LINE_FEED ? at + 2 : at + 1;
      }
    }
  }

  /** Where the mark is that closes a quoted cell. */
  private closing(text: Buffer, from: number, last: boolean): number {
    const { delimiter, quote } = this;
    let at = from;
    while (true) {
      while (at < text.length && text[at] !== quote) at++;
      const next = text[at + 1] ?? NONE;
      if (next === NONE) return last && at < text.length ? at : UNFINISHED;
      if (next === delimiter || next === LINE_FEED || next === RETURN) return at;
      if (next !== quote) throw this.misplaced();
      at += 2;
    }
  }

  private unquoted(cell: string): string {
    const { quote } = this.reading;
    return cell.includes(quote) ? cell.replaceAll(quote + quote, () => quote) : cell;
  }

  private misplaced(): UnreadableFile {
    return this.fault('has a quotation mark in the middle of a cell. Put the whole cell in quotation marks and double the one inside, as in "5"" disk"; or choose another quoting character.');
  }

  private fault(what: string): UnreadableFile {
    return new UnreadableFile(`Row ${this.count + 1} ${what}`);
  }
}

function named(delimiter: string): string {
  return delimiter === '\t' ? 'the tab' : `“${delimiter}”`;
}
