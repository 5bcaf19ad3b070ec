import { ENCODINGS, type Reading } from './reading.js';

/** A header further down is none. */
const LAST_HEADER_ROW = 1000;

/** Why a file cannot be read this way; null when it can. */
export function checkReading(reading: Readonly<Record<keyof Omit<Reading, 'doubtful'>, unknown>>): string | null {
  const { encoding, delimiter, quote, headerRow } = reading;
  if (!ENCODINGS.some((known) => known === encoding)) return `The encoding is one of ${ENCODINGS.join(', ')}.`;
  if (!separates(delimiter)) return 'The delimiter is one character, for example , or ; or a tab, and no letter, digit or line break.';
  if (quote !== '' && !separates(quote)) return 'The quoting character is one character, for example " or \', and no letter, digit or line break.';
  if (quote === delimiter) return 'The delimiter and the quoting character must differ.';
  if (!Number.isInteger(headerRow) || Number(headerRow) < 0 || Number(headerRow) > LAST_HEADER_ROW) {
    return `The row that names the columns is from 1 to ${LAST_HEADER_ROW}, or 0 when there is none.`;
  }
  return null;
}

/** One ASCII character that neither belongs to words and numbers nor ends a line. */
function separates(character: unknown): boolean {
  return typeof character === 'string' && /^[\t !-,./:-@[-`{-~]$/.test(character);
}
