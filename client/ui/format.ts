import { createDateFormat, type DateFormat } from './formatDates';

/** What a missing value reads as. */
export const MISSING = '–';

/** An amount as the API gives it: an exact decimal string. */
export interface MoneyLike {
  amount: string;
  currency: string;
}

/** How an amount is written. */
export interface MoneyStyle {
  /** Write the currency code instead of its symbol: wherever two currencies are on screen. */
  code?: boolean;
  /** From 10,000 up write `€1.2M`; figures and axes only. */
  compact?: boolean;
  /** As short as the number allows, `€500`, `€3k`: axes only. */
  axis?: boolean;
}

/** Every number, amount and day on screen is written by one of these. */
export interface Format extends DateFormat {
  locale: string;
  integer(value: number | null | undefined): string;
  compact(value: number | null | undefined): string;
  signed(value: number | null | undefined): string;
  percent(ratio: number | null | undefined): string;
  decimal(value: string | null | undefined, digits?: number): string;
  /** 950 bytes, 12 kB, 3.4 MB */
  bytes(count: number): string;
  money(value: MoneyLike | null | undefined, style?: MoneyStyle): string;
}

type Numeric = `${number}`;

/** `Intl` takes decimal strings exactly; its type wants proof that the text is a number. */
function isNumeric(text: string): text is Numeric {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** True from 10,000 up, judged on the digits: money is never turned into a float. */
function isLarge(amount: string): boolean {
  return /^-?[1-9]\d{4,}/.test(amount);
}

const sizes = [['gigabyte', 1e9], ['megabyte', 1e6], ['kilobyte', 1e3]] as const;

function bytesIn(locale: string): Format['bytes'] {
  return (count) => {
    const [unit, size] = sizes.find(([, least]) => count >= least) ?? (['byte', 1] as const);
    const style = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: count / size < 10 ? 1 : 0 } as const;
    return new Intl.NumberFormat(locale, style).format(count / size);
  };
}

function createMoneyFormat(locale: string): Format['money'] {
  const cache = new Map<string, Intl.NumberFormat>();
  const formatter = (currency: string, code: boolean, compact: boolean): Intl.NumberFormat => {
    const key = `${currency}${code}${compact}`;
    const known = cache.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: code ? 'code' : 'narrowSymbol',
      ...(compact ? { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 } : {}),
    });
    cache.set(key, made);
    return made;
  };
  return (value, style = {}) => {
    if (!value || !isNumeric(value.amount)) return MISSING;
    const compact = style.axis === true || (style.compact === true && isLarge(value.amount));
    return formatter(value.currency, style.code === true, compact).format(value.amount);
  };
}

/** The formats of one locale. */
export function createFormat(locale: string): Format {
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const compacts = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const signs = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const finePercents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return {
    locale,
    ...createDateFormat(locale),
    integer: (value) => (value == null ? MISSING : integers.format(value)),
    compact: (value) => (value == null ? MISSING : (value < 10_000 ? integers : compacts).format(value)),
    signed: (value) => (value == null ? MISSING : signs.format(value)),
    percent: (ratio) => (ratio == null ? MISSING : (ratio > 0.1 ? percents : finePercents).format(ratio)),
    decimal: (value, digits) =>
      value == null || !isNumeric(value)
        ? MISSING
        : new Intl.NumberFormat(locale, { maximumFractionDigits: digits ?? 6 }).format(value),
    bytes: bytesIn(locale),
    money: createMoneyFormat(locale),
  };
}

/** English words are ours, so a reader without an English locale still gets their own numbers and days. */
function viewerLocale(): string {
  return typeof navigator === 'undefined' ? 'en-GB' : navigator.language;
}

/** The formats of the viewer's locale. */
export const format: Format = createFormat(viewerLocale());
