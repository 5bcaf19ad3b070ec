import type { Context } from '../../context.js';
import { badInput } from '../../errors.js';
import type { ConversionWindow, FunnelMode, QueryTrialFunnelArgs } from '../../graphql.generated.js';
import { productKey } from '../../trials/unit.js';
import { reportScope } from '../filter.js';
import { addDays, intervalsOf, startOfDay } from '../shapes/days.js';

/** A month of the range: the days of it that are in the range. */
export interface FunnelMonth {
  /** First day of the calendar month. */
  month: string;
  from: string;
  to: string;
}

/** What is asked of the funnel, with everything filled in. */
export interface FunnelQuestion {
  asOf: string;
  /** First and last day; the last is not after asOf. `from` is after `to` when the whole range is. */
  from: string;
  to: string;
  mode: FunnelMode;
  windowDays: number;
  /** In order; none when the whole range lies after asOf. */
  months: readonly FunnelMonth[];
  /** Products as the units hold them; null: all. */
  products: readonly string[] | null;
  /** True when the filter leaves no trial, whatever there is. */
  isEmpty: boolean;
  /** What is known from this instant on, in UTC, does not count. */
  knownBefore: string;
}

const windows: Record<ConversionWindow, number> = { D7: 7, D14: 14, D30: 30, D90: 90 };
const DEFAULT_MONTHS = 12;
const MAX_MONTHS = 120;

/** The arguments with their defaults. */
type FunnelArgs = QueryTrialFunnelArgs & { mode: FunnelMode; conversionWindow: ConversionWindow };

/** Throws BAD_USER_INPUT for a range that makes no sense. */
export function funnelQuestion(context: Context, { filter, asOf: day, range, mode, conversionWindow }: FunnelArgs): FunnelQuestion {
  const asOf = day ?? context.today;
  if (range?.from != null && range.to != null && range.from > range.to) throw badInput('range', 'ends before it begins');
  const to = range?.to != null && range.to < asOf ? range.to : asOf;
  const from = range?.from ?? monthsBefore(to, DEFAULT_MONTHS - 1);
  const months = from > to ? 0 : monthNumber(to) - monthNumber(from) + 1;
  if (months > MAX_MONTHS) throw badInput('range', `has ${months} months, more than ${MAX_MONTHS}`);
  // Checked as in every report, even what no trial can match.
  const { sources } = reportScope(context, filter, asOf, ['TRIAL']);
  const ofOwners = filter?.partnerIds != null || filter?.companyIds != null || filter?.currencies != null;
  return {
    asOf, from, to, mode,
    windowDays: windows[conversionWindow],
    months: from > to ? [] : intervalsOf(from, to, 'MONTH').map((days) => ({ month: `${days.from.slice(0, 7)}-01`, ...days })),
    products: filter?.products?.map(productKey) ?? null,
    isEmpty: sources.length === 0 || ofOwners || filter?.products?.length === 0,
    knownBefore: startOfDay(addDays(asOf, 1), context.config.REPORT_TIMEZONE),
  };
}

/** Months since year 0. */
function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** First day of the month so many months before the day's. */
function monthsBefore(day: string, months: number): string {
  const number = monthNumber(day) - months;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`;
}
