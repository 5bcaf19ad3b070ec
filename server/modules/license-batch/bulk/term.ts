import { Temporal } from 'temporal-polyfill';
import { addDays, daysBetween } from '../../../reports/shapes/days.js';

/** First and last day, both included. */
export interface Days {
  startDate: string;
  endDate: string;
}

/** The last day that the databases can store and that is not read as "no end". */
const LATEST_END = '9999-12-30';

/**
 * The term that follows another: from the day after its last day, for so many months or, with null, for as long as the
 * term itself, in whole months where it has them and in days otherwise. Null when it would end after all calendars.
 */
export function nextTerm(term: Days, months: number | null): Days | null {
  const startDate = addDays(term.endDate, 1);
  const length = months ?? wholeMonths(term);
  const endDate = length === null ? addDays(startDate, daysBetween(term.startDate, term.endDate)) : dayBefore(startDate, length);
  return startDate > LATEST_END || endDate > LATEST_END ? null : { startDate, endDate };
}

/** The last day of so many months that begin on a day. */
function dayBefore(startDate: string, months: number): string {
  const end = Temporal.PlainDate.from(startDate).add({ months }).subtract({ days: 1 });
  return end.year > 9999 ? '9999-12-31' : end.toString();
}

/** How many months a term has: the 31st of January to the 27th of February is one. Null when it is not whole months. */
function wholeMonths({ startDate, endDate }: Days): number | null {
  const start = Temporal.PlainDate.from(startDate);
  const after = Temporal.PlainDate.from(addDays(endDate, 1));
  const least = (after.year - start.year) * 12 + after.month - start.month;
  const fits = (months: number) => months > 0 && start.add({ months }).equals(after);
  return [least, least - 1].find(fits) ?? null;
}
