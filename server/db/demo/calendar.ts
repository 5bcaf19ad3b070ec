import { Temporal } from 'temporal-polyfill';

/** Days without a time are midnights in UTC; the calendar library took twenty times as long for tens of thousands of them. */
const MS_PER_DAY = 86_400_000;

/** The day that is `days` after an ISO day; before it when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The same day of the month in another year; 29 February becomes the 28th. */
export function addYears(day: string, years: number): string {
  return Temporal.PlainDate.from(day).add({ years }).toString();
}

/** The same day so many months later, or the last of a shorter month. */
export function addMonths(day: string, months: number): string {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The last day of the month that holds the day. */
export function endOfMonth(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return date.with({ day: date.daysInMonth }).toString();
}

/** Days from one ISO day to another. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;
}

/** First day of the period of so many months that ends with the day. */
export function startOfPeriod(lastDay: string, months: number): string {
  return Temporal.PlainDate.from(lastDay).subtract({ months }).add({ days: 1 }).toString();
}

/** Day of the week: 1 is Monday, 7 is Sunday. */
export function weekday(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}
