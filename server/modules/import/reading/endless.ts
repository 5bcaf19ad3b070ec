import { MAX_RECORD_BYTES, UnreadableFile } from './reading.js';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** UTF-16 takes two bytes a character. */
const LONGEST_LINE = 2 * MAX_RECORD_BYTES;

/** Watches a file that comes in for a line that no table has, so that 300 MB of one need not be stored to be refused. */
export class LineWatch {
  private open = 0;

  /** Throws UnreadableFile once a line is too long in every encoding. */
  pass(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const feed = bytes.lastIndexOf(LINE_FEED);
    const end = feed < 0 ? bytes.lastIndexOf(RETURN) : feed;
    this.open = end < 0 ? this.open + bytes.length : bytes.length - end;
    if (this.open > LONGEST_LINE) {
      throw new UnreadableFile(`The file has a line that is longer than ${LONGEST_LINE / 1_000_000} MB: it is no table of rows, or its line ends were lost. Export it again as CSV.`);
    }
  }
}
