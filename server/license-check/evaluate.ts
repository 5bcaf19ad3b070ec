import type { LicenseCheckState } from '../graphql.generated.js';
import { addDays, daysBetween } from '../reports/shapes/days.js';

/** The days of a licence. */
export interface Term {
  /** Last day, itself in force; null: no end. */
  lastDay: string | null;
  /** Last day of grace that the licence names itself; null: none. */
  ownGraceDay: string | null;
}

/** A licence judged on one day. */
export interface Verdict {
  state: Exclude<LicenseCheckState, 'INVALID'>;
  expirationDate: string | null;
  daysToExpiry: number | null;
  graceEndDate: string | null;
  daysToGraceEnd: number | null;
}

/** Judges a licence on a calendar day: the last day is in force, grace is the licence's own or so many days after it. */
export function evaluate({ lastDay, ownGraceDay }: Term, graceDays: number, today: string): Verdict {
  if (lastDay === null) return { state: 'ACTIVE', expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null };
  const graceEndDate = ownGraceDay ?? addDays(lastDay, graceDays);
  const daysToExpiry = daysBetween(today, lastDay);
  const daysToGraceEnd = daysBetween(today, graceEndDate);
  return { state: stateOf(daysToExpiry, daysToGraceEnd), expirationDate: lastDay, daysToExpiry, graceEndDate, daysToGraceEnd };
}

function stateOf(daysToExpiry: number, daysToGraceEnd: number): Verdict['state'] {
  if (daysToExpiry > 0) return 'ACTIVE';
  if (daysToExpiry === 0) return 'EXPIRES_TODAY';
  return daysToGraceEnd >= 0 ? 'IN_GRACE' : 'EXPIRED';
}
