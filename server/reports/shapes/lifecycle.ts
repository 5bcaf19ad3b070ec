import type { LifecycleStatus } from '../../graphql.generated.js';
import { addDays, daysBetween } from './days.js';
import { isKnownCurrency } from './money.js';

/** What the derived status of a round depends on. */
export interface Term {
  companyId: number | null;
  partnerId: number | null;
  startDate: string;
  endDate: string | null;
  seats: number;
  currency: string;
}

const NO_END = '9999-12-31';

/** Every status, in the order in which a round lives through them. */
export const lifecycleStatuses: readonly LifecycleStatus[] = [
  'SCHEDULED', 'PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY', 'IN_GRACE', 'EXPIRED', 'INVALID',
];

/** The statuses in which a round is in force. */
export const inForceStatuses: readonly LifecycleStatus[] = ['PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY'];

/** The last day of a term; null when it has no end: null, empty, `lifetime` or 9999-12-31. */
export function lastDay(endDate: string | null): string | null {
  if (endDate === null || endDate === '' || endDate === 'lifetime' || endDate >= NO_END) return null;
  return endDate.slice(0, 10);
}

/**
 * The status on a day, derived from the dates. The same rule stands in SQL in modules/license/lifecycle.ts for filters
 * and totals; a property test holds the two together.
 */
export function lifecycleStatus(term: Term, asOf: string, graceDays: number): LifecycleStatus {
  const end = lastDay(term.endDate);
  const oneOwner = (term.companyId === null) !== (term.partnerId === null);
  if (!oneOwner || term.seats <= 0 || !isKnownCurrency(term.currency)) return 'INVALID';
  if (end !== null && end < term.startDate) return 'INVALID';
  if (term.startDate > asOf) return 'SCHEDULED';
  if (end === null) return 'PERPETUAL';
  if (end === asOf) return 'EXPIRES_TODAY';
  if (end > asOf) return 'ACTIVE';
  return asOf <= addDays(end, graceDays) ? 'IN_GRACE' : 'EXPIRED';
}

/** Calendar days until the last day: 0 on it, negative after it; null for a perpetual term. */
export function daysRemaining(endDate: string | null, asOf: string): number | null {
  const end = lastDay(endDate);
  return end === null ? null : daysBetween(asOf, end);
}
