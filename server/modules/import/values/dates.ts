import type { ImportDateFormat } from '../../../graphql.generated.js';
import type { CellFault, Parsed } from './parsed.js';
import { trimmed, unreadable } from './text.js';

const MS_PER_DAY = 86_400_000;
/** Day 0 of spreadsheets, 1899-12-30. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;
/** The databases store no earlier year. */
const FIRST_YEAR = 1000;
/** No day is written with more characters, its time included. */
const LONGEST = 60;

const months: ReadonlyMap<string, number> = new Map(
  ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
    .flatMap((name, index): [string, number][] => [[name, index + 1], [name.slice(0, 3), index + 1]]).concat([['sept', 9]]),
);

const expectedOf: Readonly<Record<ImportDateFormat | 'NONE', string>> = {
  YMD: 'a date written like 2026-04-13, as the format of the column says',
  DMY: 'a date written like 13.04.2026, day first and with all digits of the year, as the format of the column says',
  MDY: 'a date written like 04/13/2026, month first and with all digits of the year, as the format of the column says',
  D_MONTH_Y: 'a date written like 13 Apr 2026, as the format of the column says',
  SERIAL: 'a number of days as spreadsheets count, as the format of the column says',
  NONE: 'a date like 2026-04-13; choose the format of the column if its dates are written otherwise',
};

/** A day as `YYYY-MM-DD`. Without a format only the international way of writing is read, which nobody reads otherwise. */
export function parseDate(text: string, format: ImportDateFormat | null): Parsed<string> {
  const plain = isoDay(text);
  if (plain && (format === 'YMD' || format === null)) return { value: text };
  const body = trimmed(text);
  const value = format === 'SERIAL' ? serialDay(body) : writtenDay(body, format ?? 'YMD');
  if (typeof value === 'string') return { value };
  return value ?? unreadable(text, expectedOf[format ?? 'NONE']);
}

/** Days written with figures or a month's name, and perhaps midnight behind. */
function writtenDay(body: string, format: Exclude<ImportDateFormat, 'SERIAL'>): string | CellFault | null {
  if (body.length > LONGEST) return null;
  const end = format === 'D_MONTH_Y' ? endOfNamedDay(body) : endOfFigures(body);
  const time = body.slice(end);
  const parts = partsOf(body.slice(0, end), format);
  if (parts === null) return null;
  const [year, month, day] = parts;
  if (!exists(year, month, day)) return unreadable(body, 'a day of the calendar');
  if (!isMidnight(time)) return unreadable(body, 'a day: it has a time, and only midnight can be cut off without losing something');
  return `${year}-${two(month)}-${two(day)}`;
}

function endOfFigures(body: string): number {
  let end = 0;
  while (end < body.length && isDateCharacter(body.charCodeAt(end))) end++;
  return end;
}

function isDateCharacter(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x2f;
}

/** Behind the year: the first run of four digits. */
function endOfNamedDay(body: string): number {
  return (/\d{4}/.exec(body)?.index ?? body.length - 4) + 4;
}

/** Year, month and day in this order; null when the text is not written so. */
function partsOf(date: string, format: Exclude<ImportDateFormat, 'SERIAL'>): [number, number, number] | null {
  const separator = separatorOf(date, format);
  if (separator === null) return null;
  const [first = '', second = '', third = '', ...rest] = date.split(separator);
  if (rest.length > 0) return null;
  const [yearText, monthText, dayText] = format === 'YMD' ? [first, second, third] : format === 'MDY' ? [third, first, second] : [third, second, first];
  const month = format === 'D_MONTH_Y' ? months.get(monthText.toLowerCase()) : figures(monthText, 1, 2);
  const year = figures(yearText, 4, 4);
  const day = figures(dayText, 1, 2);
  return year === undefined || month === undefined || day === undefined ? null : [year, month, day];
}

const separators: Readonly<Record<Exclude<ImportDateFormat, 'SERIAL'>, string>> = { YMD: '-/', DMY: './-', MDY: '/-', D_MONTH_Y: ' -/' };

/** The first character that may stand between the parts; the other parts must be divided by the same. */
function separatorOf(date: string, format: Exclude<ImportDateFormat, 'SERIAL'>): string | null {
  for (const character of date) if (separators[format].includes(character)) return character;
  return null;
}

function figures(text: string, least: number, most: number): number | undefined {
  if (text.length < least || text.length > most) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function exists(year: number, month: number, day: number): boolean {
  return year >= FIRST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for `2026-04-13` itself, without a copy of it. */
function isoDay(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return false;
  const year = between(text, 0, 4);
  const month = between(text, 5, 7);
  const day = between(text, 8, 10);
  return exists(year, month, day);
}

/** The number in these digits; NaN when one is none. */
function between(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

/** Nothing, or a midnight of any length; an offset other than UTC would leave the day open. */
function isMidnight(time: string): boolean {
  return time === '' || /^(?:T| +)(?:0?0:00(?::00(?:[.,]0{1,9})?)?(?: ?AM)?(?:Z| ?\+00:?00)?|12:00(?::00)? ?AM)$/i.test(time);
}

function serialDay(body: string): string | CellFault | null {
  const [days = '', fraction = '0', ...rest] = body.split('.');
  const serial = figures(days, 1, 7);
  if (serial === undefined || rest.length > 0 || !/^\d{1,20}$/.test(fraction)) return null;
  if (/[1-9]/.test(fraction)) return unreadable(body, 'a day: it has a time, and only midnight can be cut off without losing something');
  if (serial < 1 || serial > LAST_SERIAL) return unreadable(body, 'a day of the calendar');
  return new Date(SERIAL_ZERO + serial * MS_PER_DAY).toISOString().slice(0, 10);
}

function two(part: number): string {
  return part < 10 ? `0${part}` : String(part);
}
