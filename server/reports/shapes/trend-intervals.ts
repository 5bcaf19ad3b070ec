import type { TrendInterval } from '../../graphql.generated.js';

/** An interval of a trend. */
export interface TrendSpan {
  from: string;
  /** Last day, or asOf in a running interval. */
  to: string;
  incomplete: boolean;
  /** First month as the number YYYYMM. */
  key: number;
}

const MONTHS: Record<TrendInterval, number> = { MONTH: 1, QUARTER: 3 };

/** Months since the year 0 of the month that a day falls in. */
export function monthIndex(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** Whole months or calendar quarters from one month to another, none that begins after asOf; the running one ends with asOf. */
export function trendSpans(first: number, last: number, interval: TrendInterval, asOf: string): TrendSpan[] {
  const length = MONTHS[interval];
  const spans: TrendSpan[] = [];
  for (let month = first - (first % length); month <= Math.min(last, monthIndex(asOf)); month += length) {
    const end = lastDayOf(month + length - 1);
    spans.push({ from: `${monthText(month)}-01`, to: end < asOf ? end : asOf, incomplete: asOf < end, key: Math.floor(month / 12) * 100 + (month % 12) + 1 });
  }
  return spans;
}

function monthText(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

function lastDayOf(month: number): string {
  const days = new Date(Date.UTC(2000 + (Math.floor(month / 12) % 400), (month % 12) + 1, 0)).getUTCDate();
  return `${monthText(month)}-${days}`;
}
