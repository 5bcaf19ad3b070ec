import { shown as shownText } from '../../csv/faults.js';
import type { CellFault, Parsed } from './parsed.js';

const APOSTROPHE = 0x27;
/** Enough for what a message shows; a cell may hold a million characters. */
const MOST_SHOWN = 200;

/** Spaces of every kind: those that people and spreadsheets put around values and between groups of digits. */
const SPACE = /^[\s\u00a0\u2007\u2009\u202f]*$/;

/** True for a cell that says nothing. */
export function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= 0x3000 && SPACE.test(text));
}

/**
 * The text as it was before an export made it safe: an apostrophe before what a spreadsheet would run is taken away, one only,
 * so that a text which really begins so comes back too.
 */
export function parseText(text: string): Parsed<string> & { value: string } {
  return { value: unneutralised(text) };
}

/** Most cells begin with no apostrophe and cost one comparison. */
export function unneutralised(text: string): string {
  if (text.charCodeAt(0) !== APOSTROPHE) return text;
  let first = 1;
  while (text.charCodeAt(first) === APOSTROPHE) first++;
  return startsFormula(text.charCodeAt(first)) ? text.slice(1) : text;
}

function startsFormula(code: number): boolean {
  return code === 0x3d || code === 0x2b || code === 0x2d || code === 0x40 || code === 0x09 || code === 0x0d;
}

/** The text that a number, a day or a yes is read from. */
export function trimmed(text: string): string {
  return unneutralised(text).trim();
}

/** The fault of a cell that its column's format does not explain. */
export function unreadable(text: string, expected: string): CellFault {
  return { code: 'UNREADABLE', message: `${shown(text)} is not ${expected}.` };
}

/** The cell for a message: so much of it as can be read. */
export function shown(text: string): string {
  return shownText(text.slice(0, MOST_SHOWN));
}

/** Why a row does not fit its header; null when it does. Empty cells beyond the last column are what spreadsheets leave there. */
export function raggedness(cells: readonly string[], width: number): string | null {
  if (cells.length < width) {
    return `The row has ${cells.length} cells, the header ${width}: a delimiter is missing, or the row was cut off.`;
  }
  for (let index = width; index < cells.length; index++) {
    if (!isBlank(cells[index] ?? '')) {
      return `The row has ${cells.length} cells, the header ${width}: a cell that holds the delimiter must stand in quotation marks.`;
    }
  }
  return null;
}
