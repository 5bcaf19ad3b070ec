import { addDays } from '../shapes/days.js';

/** How long after the end of a licence another may start and still continue it. */
export const CONTINUATION_DAYS = 30;

/** A licence among others of the same source, owner and product. */
export interface ChainLicense {
  uid: number;
  startDate: string;
  /** Null: no end. */
  endDate: string | null;
  quantity: number;
  isUnlimited: boolean;
}

/**
 * How many seats of each licence are continued by others of its group, by id; licences that nothing continues are left out.
 * The licence that ends first is continued first, by those among its successors that end first, since these are the least use
 * to the licences after it. Every seat continues one seat only. A licence of unknown quantity is continued by any successor: 1.
 */
export function continuedSeats(group: readonly ChainLicense[]): Map<number, number> {
  const byEnd = [...group].sort(compareEnds);
  const left = new Map(group.map(({ uid, quantity, isUnlimited }) => [uid, isUnlimited ? Infinity : quantity]));
  const continued = new Map<number, number>();
  for (const ending of byEnd) {
    if (ending.endDate === null) break;
    const limit = addDays(ending.endDate, CONTINUATION_DAYS);
    const successors = byEnd.filter((other) => continues(other, ending, limit));
    if (successors.length === 0) continue;
    let missing = ending.quantity;
    for (const { uid } of successors) {
      const taken = Math.min(left.get(uid) ?? 0, missing);
      left.set(uid, (left.get(uid) ?? 0) - taken);
      missing -= taken;
    }
    const seats = ending.quantity === 0 ? 1 : ending.quantity - missing;
    if (seats > 0) continued.set(ending.uid, seats);
  }
  return continued;
}

/** Starts after the other's start and no later than `limit`, 30 days after its end, and ends later. */
function continues(other: ChainLicense, { startDate, endDate }: ChainLicense, limit: string): boolean {
  if (endDate === null || other.startDate <= startDate || other.startDate > limit) return false;
  return other.endDate === null || other.endDate > endDate;
}

function compareEnds(a: ChainLicense, b: ChainLicense): number {
  if (a.endDate === b.endDate) return a.uid - b.uid;
  if (a.endDate === null) return 1;
  return b.endDate === null || a.endDate < b.endDate ? -1 : 1;
}
