import { type CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { isBlank } from '../values/text.js';
import { MAX_COLUMNS, MAX_RECORD_BYTES, type Reading, type SourceRow, UnreadableFile } from './reading.js';

type Layout = Pick<Reading, 'delimiter' | 'quote' | 'headerRow'>;

/** What the parser is told of a layout. Line ends of all systems may be mixed; a misplaced quotation mark is refused, not guessed at. */
function options({ delimiter, quote }: Layout) {
  const mark = quote === '' ? null : quote;
  return { delimiter, quote: mark, escape: mark, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, max_record_size: MAX_RECORD_BYTES };
}

/** Splits UTF-8 into rows and cells. Throws UnreadableFile with the row where it cannot. */
export class Rows {
  private found: SourceRow[] = [];
  /** Rows found, and blank ones. */
  private count = 0;
  /** Rows that are ours, not the file's. */
  private primed = 0;
  /** Bytes given since the last row was complete. */
  private open = 0;
  private failed: UnreadableFile | null = null;
  private readonly parser;

  constructor(private readonly layout: Layout) {
    this.parser = parse(options(layout));
    // By events: the iterator takes half as long again, and records with `info` or `on_record` twice as long.
    this.parser.on('readable', () => {
      for (let cells = this.next(); cells !== null; cells = this.next()) this.take(cells);
    });
    // Every failure reaches the callback of the write that caused it.
    this.parser.on('error', () => undefined);
  }

  /** The rows that end within these bytes, blank ones left out. */
  async push(bytes: Buffer): Promise<SourceRow[]> {
    if (this.parser.info.records === 0) await this.prime(bytes);
    const before = this.parser.info.records;
    await this.told((done) => void this.parser.write(bytes, done));
    this.open = this.parser.info.records === before ? this.open + bytes.length : 0;
    // The parser's own limit counts characters of cells, and a row of nothing but delimiters has none.
    if (this.open > MAX_RECORD_BYTES) throw this.tooLong();
    return this.taken();
  }

  /** The rest, with a last row that no line end follows. */
  async end(): Promise<SourceRow[]> {
    await this.told((done) => void this.parser.end(done));
    return this.taken();
  }

  /**
   * Gives the parser a row of its own, as wide as the header: it makes an error object for every row that is not as wide as the first
   * one, twenty times the work of the row itself, and above the header there may be a title.
   */
  private async prime(bytes: Buffer): Promise<void> {
    if (this.layout.headerRow < 2 || this.primed > 0) return;
    const width = widthOf(bytes, this.layout);
    if (width < 2) return;
    this.primed = 1;
    await this.told((done) => void this.parser.write(Buffer.from(`${this.layout.delimiter.repeat(width - 1)}\n`), done));
  }

  private next(): string[] | null {
    return this.parser.read() as string[] | null;
  }

  private take(cells: string[]): void {
    const row = ++this.count - this.primed;
    if (cells.length > MAX_COLUMNS) {
      this.failed ??= new UnreadableFile(
        `Row ${row} has ${cells.length} columns, and at most ${MAX_COLUMNS} are read. Look whether ${named(this.layout.delimiter)} is the delimiter, or leave columns out.`,
      );
    }
    if (row > 0 && !cells.every(isBlank)) this.found.push({ row, cells });
  }

  private taken(): SourceRow[] {
    if (this.failed !== null) throw this.failed;
    const rows = this.found;
    this.found = [];
    return rows;
  }

  private told(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      act((error) => {
        if (error == null) resolve();
        else reject(this.explained(error));
      });
    });
  }

  /** The parser's failure in words; any other error as it is. */
  private explained(error: Error): Error {
    switch ((error as Partial<CsvError>).code) {
      case 'CSV_MAX_RECORD_SIZE':
        return this.tooLong();
      case 'CSV_QUOTE_NOT_CLOSED':
        return this.fault('opens a quotation mark that is never closed. Close it, or double it where it belongs to the text.');
      case 'CSV_INVALID_CLOSING_QUOTE':
      case 'INVALID_OPENING_QUOTE':
        return this.fault('has a quotation mark in the middle of a cell. Put the whole cell in quotation marks and double the one inside, as in "5"" disk"; or choose another quoting character.');
      default:
        return error;
    }
  }

  private tooLong(): UnreadableFile {
    return this.fault(`is longer than ${MAX_RECORD_BYTES / 1_000_000} MB. Most often it opens a quotation mark that is never closed, or the file is no table of rows.`);
  }

  private fault(what: string): UnreadableFile {
    return new UnreadableFile(`Row ${this.parser.info.records - this.primed + 1} ${what}`);
  }
}

/** Cells of the header, when it stands within these bytes. */
function widthOf(bytes: Buffer, layout: Layout): number {
  try {
    return parseAtOnce(bytes, { ...options(layout), to: layout.headerRow })[layout.headerRow - 1]?.length ?? 0;
  } catch {
    // What is wrong is told when it is read.
    return 0;
  }
}

function named(delimiter: string): string {
  return delimiter === '\t' ? 'the tab' : `“${delimiter}”`;
}
