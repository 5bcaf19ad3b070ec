import type { ImportNumberFormat } from '../../../graphql.generated.js';
import type { CellFault, Parsed } from './parsed.js';
import { shown, trimmed, unreadable } from './text.js';

/** What stands between thousands beside spaces, and before decimals. Without a format only what reads the same under each is read. */
const marks: Readonly<Record<ImportNumberFormat | 'NONE', { mark: number; point: string }>> = {
  POINT: { mark: 0x2c, point: '.' },
  COMMA: { mark: 0x2e, point: ',' },
  NONE: { mark: 0x20, point: '' },
};
/** No column holds more. */
const MOST_DIGITS = 30;

const expectedOf: Readonly<Record<ImportNumberFormat | 'NONE', string>> = {
  POINT: 'a number written like 1,234.50, as the format of the column says',
  COMMA: 'a number written like 1.234,50, as the format of the column says',
  NONE: 'a number in digits alone; choose the format of the column if its numbers have points or commas',
};

/** The digits of a number, read without asking what they are for. */
interface Digits {
  negative: boolean;
  /** Without idle zeros in front. */
  whole: string;
  fraction: string;
}

/** An amount as exact decimal text, `1234.50`: as many decimals as the cell has. */
export function parseDecimal(text: string, format: ImportNumberFormat | null): Parsed<string> {
  const digits = digitsOf(text, format);
  if ('code' in digits) return digits;
  const { negative, whole, fraction } = digits;
  const value = fraction === '' ? whole : `${whole}.${fraction}`;
  return { value: negative ? `-${value}` : value };
}

/** A whole number. Zeros after the separator are allowed, as spreadsheets write them, but not three: those may be thousands. */
export function parseInteger(text: string, format: ImportNumberFormat | null): Parsed<number> {
  const digits = digitsOf(text, format);
  if ('code' in digits) return digits;
  const { negative, whole, fraction } = digits;
  if (fraction !== '' && fraction !== '0' && fraction !== '00') return unreadable(text, 'a whole number under the format of the column');
  const value = Number(whole);
  if (!Number.isSafeInteger(value)) return { code: 'INVALID', message: `${shown(text)} is too large.` };
  return { value: negative && value !== 0 ? -value : value };
}

/** Plain digits need no more than one look at each; everything else is taken apart. */
function digitsOf(text: string, format: ImportNumberFormat | null): Digits | CellFault {
  if (isPlain(text)) return { negative: false, whole: withoutZeros(text), fraction: '' };
  const body = trimmed(text);
  const sign = body.charCodeAt(0);
  const negative = sign === 0x2d || sign === 0x2212;
  const unsigned = negative || sign === 0x2b ? body.slice(1) : body;
  if (isPlain(unsigned)) return { negative, whole: withoutZeros(unsigned), fraction: '' };
  return separated(unsigned, negative, format) ?? faultOf(text, body, format);
}

/** A number with separators: groups of exactly three digits, one kind of separator between them, then the decimals. */
function separated(text: string, negative: boolean, format: ImportNumberFormat | null): Digits | null {
  if (text.length > 2 * MOST_DIGITS) return null;
  const { mark, point } = marks[format ?? 'NONE'];
  const decimalAt = point === '' ? -1 : text.lastIndexOf(point);
  const grouped = decimalAt < 0 ? text : text.slice(0, decimalAt);
  const fraction = decimalAt < 0 ? '' : text.slice(decimalAt + 1);
  const whole = isPlain(grouped) ? grouped : ungrouped(grouped, mark);
  if (whole === null || (decimalAt >= 0 && !isPlain(fraction)) || whole.length + fraction.length > MOST_DIGITS) return null;
  return { negative, whole: withoutZeros(whole), fraction };
}

/** The digits of `1,234,567`; null when a group is not of three digits or the separators differ. */
function ungrouped(text: string, mark: number): string | null {
  let separator = 0;
  let group = 0;
  let groups = 0;
  let digits = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      group++;
      digits += text[at];
    } else {
      if (code !== mark && !separatesAnywhere(code)) return null;
      if (separator !== 0 && code !== separator) return null;
      if (groups === 0 ? group < 1 || group > 3 : group !== 3) return null;
      separator = code;
      groups++;
      group = 0;
    }
  }
  return groups > 0 && group === 3 ? digits : null;
}

/** Spaces of all widths and the Swiss apostrophe stand between thousands in either format. */
function separatesAnywhere(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009 || code === 0x2007 || code === 0x27 || code === 0x2019;
}

function isPlain(text: string): boolean {
  if (text.length === 0 || text.length > MOST_DIGITS) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

function withoutZeros(digits: string): string {
  let first = 0;
  while (first < digits.length - 1 && digits.charCodeAt(first) === 0x30) first++;
  return first === 0 ? digits : digits.slice(first);
}

function faultOf(text: string, body: string, format: ImportNumberFormat | null): CellFault {
  if (/\p{Sc}/u.test(body)) return unreadable(text, 'a number: leave the currency sign out, the currency has a column of its own');
  if (body.length <= MOST_DIGITS && /^\d(?:[.,]\d+)?e[+-]?\d+$/i.test(body)) {
    return unreadable(text, 'a number in digits: a spreadsheet has shortened it, format the column there as a number and save again');
  }
  return unreadable(text, expectedOf[format ?? 'NONE']);
}
