import { isDay } from '../../filters/presets';

/** Reads texts as a reader writes them; null: it is none. */
export interface Reader {
  /** YYYY-MM-DD, day, month and year in the reader's order, or with the month in words. */
  day(text: string): string | null;
  /** An exact decimal text. */
  decimal(text: string): string | null;
  /** An exact whole number. */
  whole(text: string): string | null;
  /** A decimal text as the reader writes it, without grouping. */
  writeDecimal(value: string): string;
}

type Part = 'day' | 'month' | 'year';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const folded = (text: string) => text.toLocaleLowerCase('en').replace(/\.$/, '');
const pad = (text: string) => text.padStart(2, '0');

/** Spreadsheets write short years; all of ours are of this century. */
const fullYear = (text: string) => (text.length === 2 ? `20${text}` : text);

function dayOf(year: string, month: string, day: string): string | null {
  const text = `${fullYear(year)}-${pad(month)}-${pad(day)}`;
  return isDay(text) ? text : null;
}

/** The months' names in the reader's language and in ours, short and long. */
function monthNames(locale: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const language of ['en', locale]) {
    for (const month of ['short', 'long'] as const) {
      const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
      for (let index = 0; index < 12; index += 1) {
        const name = format.formatToParts(Date.UTC(2026, index, 1)).find(({ type }) => type === 'month')?.value;
        if (name) names.set(folded(name), String(index + 1));
      }
    }
  }
  return names;
}

function dayReader(locale: string): Reader['day'] {
  const order = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: 'numeric' })
    .formatToParts(0).map(({ type }) => type).filter((type): type is Part => type === 'day' || type === 'month' || type === 'year');
  const months = monthNames(locale);
  return (text) => {
    const trimmed = text.trim();
    if (isDay(trimmed)) return trimmed;
    const numbers = /^(\d{1,4})[./\- ]+(\d{1,2})[./\- ]+(\d{4}|\d{1,2})\.?$/.exec(trimmed)?.slice(1);
    if (numbers) {
      // A year in front is read as such in every language.
      const parts: readonly Part[] = numbers[0]?.length === 4 ? ['year', 'month', 'day'] : order;
      const at = (part: Part) => numbers[parts.indexOf(part)] ?? '';
      return at('year').length === 2 || at('year').length === 4 ? dayOf(at('year'), at('month'), at('day')) : null;
    }
    const words = trimmed.split(/[\s,./-]+/).filter((word) => word !== '' && !/^(de|of)$/i.test(word));
    const month = words.map((word) => months.get(folded(word))).find((found) => found !== undefined);
    const [first = '', second = '', ...more] = words.filter((word) => /^\d+$/.test(word));
    if (!month || words.length !== 3 || more.length > 0) return null;
    return first.length === 4 ? dayOf(first, month, second) : dayOf(second, month, first);
  };
}

function decimalReader(group: string, point: string): Reader['decimal'] {
  // Readers type a plain space for the narrow one that Intl writes.
  const space = /^\s$/.test(group) ? '[\\s\\u00a0\\u202f]' : escaped(group);
  const apostrophe = /^['’]$/.test(group) ? '[\'’]' : space;
  const grouped = new RegExp(`^[+-]?\\d{1,3}(${apostrophe}\\d{3})+(${escaped(point)}\\d+)?$`);
  const indian = new RegExp(`^[+-]?\\d{1,2}(${apostrophe}\\d{2})+${apostrophe}\\d{3}(${escaped(point)}\\d+)?$`);
  const plain = new RegExp(`^[+-]?\\d+(${escaped(point)}\\d+)?$`);
  return (text) => {
    const trimmed = text.trim().replace(/^\u2212/, '-');
    if (!plain.test(trimmed) && !grouped.test(trimmed) && !indian.test(trimmed)) return null;
    return trimmed.replace(new RegExp(apostrophe, 'g'), '').replace(point, '.').replace(/^\+/, '');
  };
}

/** Reads and writes as one locale does. */
export function createReader(locale: string): Reader {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(1234567.5);
  const group = parts.find(({ type }) => type === 'group')?.value ?? ',';
  const point = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const decimal = decimalReader(group, point);
  return {
    day: dayReader(locale),
    decimal,
    whole: (text) => {
      const value = decimal(text);
      // A spreadsheet may show whole numbers with decimals.
      return value === null || !/^-?\d+(\.0+)?$/.test(value) ? null : value.replace(/\.0+$/, '');
    },
    writeDecimal: (value) => value.replace('.', point),
  };
}
