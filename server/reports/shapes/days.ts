import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';

/** A window of calendar days that ends with asOf, both ends included, and the instants that bound it. */
export interface DayWindow {
  days: number;
  /** First day, YYYY-MM-DD. */
  from: string;
  /** Last day, YYYY-MM-DD: asOf. */
  to: string;
  /** Where the first day begins, in UTC, as the activity log stores it. */
  startsAt: string;
  /** Where the day after the last begins, in UTC. */
  endsBefore: string;
}

/** True for a calendar day `YYYY-MM-DD` that exists, from year 1000 on as the databases store them. */
export function isCalendarDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** The calendar day that an instant falls on in a time zone. */
export function dayOf(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

const MS_PER_DAY = 86_400_000;

/** No day of the databases is later. */
const LAST_DAY = '9999-12-31';

/** The day that is so many days later, or earlier when negative; never later than 9999-12-31. */
export function addDays(day: string, days: number): string {
  const instant = Math.min(Date.parse(day) + days * MS_PER_DAY, Date.parse(LAST_DAY));
  return new Date(instant).toISOString().slice(0, 10);
}

/**
 * Calendar days from one day to another: 0 for the same day, negative when `to` is earlier. A day without a time is
 * midnight in UTC, where every day has 24 hours; a calendar library took ten times as long in lists of rounds.
 */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;
}

/** The instant at which a calendar day begins in a time zone, in UTC as `YYYY-MM-DD HH:MM:SS`. */
export function startOfDay(day: string, timeZone: string): string {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant();
  return start.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');
}

/** Every row of a page asks for the same window, and time zones are slow. */
const windows = new LRUCache<string, Readonly<DayWindow>>({ max: 100 });

/** The window of so many calendar days that ends with asOf. */
export function windowEnding(asOf: string, days: number, timeZone: string): Readonly<DayWindow> {
  const key = `${asOf} ${days} ${timeZone}`;
  const known = windows.get(key);
  if (known !== undefined) return known;
  const from = addDays(asOf, 1 - days);
  const window = {
    days,
    from,
    to: asOf,
    startsAt: startOfDay(from, timeZone),
    endsBefore: startOfDay(addDays(asOf, 1), timeZone),
  };
  windows.set(key, window);
  return window;
}

export type Interval = 'DAY' | 'WEEK' | 'MONTH';

/** First day of the interval that a day falls in; weeks begin on Monday. */
function intervalStart(day: Temporal.PlainDate, interval: Interval): Temporal.PlainDate {
  if (interval === 'DAY') return day;
  return interval === 'WEEK' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
}

const step: Record<Interval, { days?: number; weeks?: number; months?: number }> = {
  DAY: { days: 1 },
  WEEK: { weeks: 1 },
  MONTH: { months: 1 },
};

/** The intervals of a range of days, the first and the last cut to the range. */
export function intervalsOf(from: string, to: string, interval: Interval): { from: string; to: string }[] {
  const last = Temporal.PlainDate.from(to);
  const intervals: { from: string; to: string }[] = [];
  let begin = Temporal.PlainDate.from(from);
  while (Temporal.PlainDate.compare(begin, last) <= 0) {
    const next = intervalStart(begin, interval).add(step[interval]);
    const end = next.subtract({ days: 1 });
    intervals.push({ from: begin.toString(), to: (Temporal.PlainDate.compare(end, last) < 0 ? end : last).toString() });
    begin = next;
  }
  return intervals;
}
