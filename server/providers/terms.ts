import { addDays } from '../reports/shapes/days.js';

/** What a licence is worth while a term lasts. */
export interface TermValues {
  quantity: number;
  priceMinor: number | null;
  currency: string | null;
  intervalMonths: number | null;
}

/** A stretch of days for which a licence was bought; null: no end. */
export interface Term extends TermValues {
  startDate: string;
  endDate: string | null;
}

/** What the provider says now. */
export interface LicenseNow extends TermValues {
  purchaseDate: string | null;
  expirationDate: string | null;
  isEnabled: boolean;
}

/** A licence that is renewed later than this many days after its end was away in between. */
const REACTIVATION_DAYS = 30;
const FOREVER = '9999-12-31';

/**
 * The term of a licence that is seen for the first time; none when its dates contradict each other. Whoever does not say
 * since when is taken to have begun today, or on the last day when that has passed.
 */
export function firstTerm(license: LicenseNow, today: string): Term | null {
  const end = license.expirationDate;
  const start = license.purchaseDate ?? earlier(today, end ?? today);
  if (end !== null && end < start) return null;
  const cut = license.isEnabled ? end : earlierEnd(end, later(start, addDays(today, -1)));
  return { startDate: start, endDate: cut, ...valuesOf(license) };
}

/**
 * The terms after a look at the licence. `known` are those that were in force of record before, in the order of their
 * start; a term that is still in the result as the same object stays as it is, any other is replaced.
 */
export function nextTerms<T extends Term>(known: readonly T[], license: LicenseNow, today: string): (T | Term)[] {
  const first = known[0];
  if (first === undefined) return [firstTerm(license, today)].filter((term) => term !== null);
  if (!license.isEnabled) return cutAt(known, later(first.startDate, addDays(today, -1)));
  const latest = known.at(-1) ?? first;
  const end = license.expirationDate;
  const kept = end !== null && beyond(latest.endDate, end) ? cutAt(known, later(first.startDate, end)) : known;
  const valued = revalued(kept, license, today);
  // What is left after a cut may end before the new end, where a term that began later is gone.
  const last = valued.at(-1) ?? first;
  return beyond(end, last.endDate) ? [...valued, renewal(last.endDate ?? today, license, today)] : valued;
}

/** From the day after the old end; from today where the licence was away for longer than a late renewal explains. */
function renewal(oldEnd: string, license: LicenseNow, today: string): Term {
  const next = addDays(oldEnd, 1);
  const wasAway = today > addDays(oldEnd, REACTIVATION_DAYS) && (license.expirationDate ?? FOREVER) >= today;
  return { startDate: wasAway ? today : next, endDate: license.expirationDate, ...valuesOf(license) };
}

/** Nothing after the day; a term that begins after it is gone. */
function cutAt<T extends Term>(terms: readonly T[], day: string): (T | Term)[] {
  return terms
    .filter(({ startDate }) => startDate <= day)
    .map((term) => (beyond(term.endDate, day) ? { ...plain(term), endDate: day } : term));
}

/** From today on the quantity and the price that the provider names now; days gone by keep theirs. */
function revalued<T extends Term>(terms: readonly (T | Term)[], license: LicenseNow, today: string): (T | Term)[] {
  return terms.flatMap((term) => {
    if (sameValues(term, license) || (term.endDate ?? FOREVER) < today) return [term];
    const rest = { ...plain(term), startDate: later(term.startDate, today), ...valuesOf(license) };
    return term.startDate < today ? [{ ...plain(term), endDate: addDays(today, -1) }, rest] : [rest];
  });
}

function sameValues(a: TermValues, b: TermValues): boolean {
  return a.quantity === b.quantity && a.priceMinor === b.priceMinor && a.currency === b.currency && a.intervalMonths === b.intervalMonths;
}

function valuesOf({ quantity, priceMinor, currency, intervalMonths }: TermValues): TermValues {
  return { quantity, priceMinor, currency, intervalMonths };
}

function plain({ startDate, endDate, ...values }: Term): Term {
  return { startDate, endDate, ...valuesOf(values) };
}

/** True when the end `a` lies after `b`; null is after every day. */
function beyond(a: string | null, b: string | null): boolean {
  return (a ?? FOREVER) > (b ?? FOREVER);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function earlierEnd(end: string | null, day: string): string {
  return end === null ? day : earlier(end, day);
}
