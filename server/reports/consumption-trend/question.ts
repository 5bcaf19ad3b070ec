import type { Context } from '../../context.js';
import { badInput } from '../../errors.js';
import type { LicenseSource, QueryConsumptionTrendArgs, TrendInterval, TrendMode } from '../../graphql.generated.js';
import { allSources } from '../../modules/unified/relation.js';
import { reportScope, type ReportScope } from '../filter.js';
import { addDays, startOfDay } from '../shapes/days.js';
import { monthIndex, trendSpans, type TrendSpan } from '../shapes/trend-intervals.js';

const DEFAULT_MONTHS = 24;
const MOST_MONTHS = 120;
/** A range of more months than this is answered in quarters, unless the caller says otherwise. */
const MONTHS_IN_MONTHS = 36;

/** Trials are followed only when asked for. */
const defaultSources: readonly LicenseSource[] = ['PORTAL', 'EXTERNAL'];

/** What is asked of the trend. */
export interface TrendQuestion {
  context: Context;
  asOf: string;
  /** The instant at which asOf ends, in UTC: what is recorded later is not known. */
  knownBefore: string;
  mode: TrendMode;
  interval: TrendInterval;
  spans: readonly TrendSpan[];
  scope: ReportScope;
  /** What is counted beside the start and end of licences, as far as it is asked for: each costs sums and windows over every term. */
  units: TrendUnits;
}

/** Units beside licences that start and end. */
export interface TrendUnits {
  /** Licences that go on with another round. */
  renewals: boolean;
  seats: boolean;
  money: boolean;
}

/** The arguments, checked, with their defaults. */
export function trendQuestion(context: Context, { filter, asOf: day, range, mode, interval: wanted }: QueryConsumptionTrendArgs, units: TrendUnits): TrendQuestion {
  const asOf = day ?? context.today;
  const { first, last } = monthsOf(asOf, range);
  const interval = wanted ?? (last - first >= MONTHS_IN_MONTHS ? 'QUARTER' : 'MONTH');
  return {
    context,
    asOf,
    knownBefore: startOfDay(addDays(asOf, 1), context.config.REPORT_TIMEZONE),
    mode: mode ?? 'RENEWAL_AWARE',
    interval,
    spans: trendSpans(first, last, interval, asOf),
    units,
    scope: reportScope(context, filter, asOf, filter?.sources == null ? defaultSources : allSources),
  };
}

function monthsOf(asOf: string, range: QueryConsumptionTrendArgs['range']): { first: number; last: number } {
  const running = monthIndex(asOf);
  if (range?.from != null && range.to != null && range.to < range.from) throw badInput('range.to', `must not be before range.from, ${range.from}`);
  const last = range?.to == null ? running : Math.min(monthIndex(range.to), running);
  const first = range?.from == null ? last - DEFAULT_MONTHS + 1 : monthIndex(range.from);
  if (first > running) throw badInput('range.from', `must not be in a month after that of asOf, ${asOf}`);
  if (last - first >= MOST_MONTHS) throw badInput('range', `has ${last - first + 1} months up to asOf; at most ${MOST_MONTHS} are allowed`);
  return { first, last };
}
