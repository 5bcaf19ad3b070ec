/** The encodings that a file can have. */
export const ENCODINGS = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'windows-1252'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** How the bytes of a file become rows. */
export interface Reading {
  encoding: Encoding;
  /** One character. */
  delimiter: string;
  /** One character; empty: no cell is quoted. */
  quote: string;
  /** The row that names the columns, as a spreadsheet counts; 0: there is none. */
  headerRow: number;
  /** True: somebody should look whether encoding and delimiter are right. */
  doubtful: boolean;
}

/** One row of a file with its cells as they stand there. */
export interface SourceRow {
  /** As a spreadsheet counts: blank rows count, line breaks inside a cell do not. */
  row: number;
  cells: string[];
}

/** The beginning of a file. */
export interface Head {
  /** Names of the columns as they stand there; without a header as many empty names as the sample has columns. */
  header: string[];
  /** The first rows below the header. */
  sample: string[][];
}

/** More columns than this is no table of licences. */
export const MAX_COLUMNS = 1000;

/** Longer records are a wrong quote or delimiter, or no table at all. */
export const MAX_RECORD_BYTES = 1_000_000;

/** A file that cannot be read, with a message for the person who brought it: what is wrong, where, and what to do. */
export class UnreadableFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableFile';
  }
}
