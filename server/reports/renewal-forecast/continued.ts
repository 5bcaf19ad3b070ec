import type { RenewalState } from '../../graphql.generated.js';
import { continuedSeats } from './allocation.js';
import { readChains, type ChainRow } from './chains.js';
import type { RenewalQuestion } from './question.js';

/** A licence of the report that is continued, in full or in part. */
export interface Continued {
  uid: number;
  endDate: string;
  quantity: number;
  /** Seats that are continued, at most the quantity. */
  renewed: number;
  state: RenewalState;
  currency: string | null;
  /** 1/60 minor units; null when unknown or not asked for. */
  arr: string | null;
}

/**
 * The licences of the report that are continued, by id. The database finds the owners and products that have both a licence
 * that expires and a later one; only these few are put together here, with all that they ever had: a seat that continued an
 * earlier licence does not continue another.
 */
export async function readContinued(question: RenewalQuestion, withMoney: boolean): Promise<Map<number, Continued>> {
  const bySource = await Promise.all(question.sources.map((source) => readChains(question, source, withMoney)));
  const groups = new Map<string, ChainRow[]>();
  for (const row of bySource.flat()) {
    const group = groups.get(row.group);
    if (group === undefined) groups.set(row.group, [row]);
    else group.push(row);
  }
  const found = new Map<number, Continued>();
  for (const group of groups.values()) {
    const seats = continuedSeats(group);
    for (const row of group) {
      const count = seats.get(row.uid);
      if (row.isListed && count !== undefined) found.set(row.uid, continuedOf(row, count));
    }
  }
  return found;
}

function continuedOf({ uid, endDate, quantity, currency, arr }: ChainRow, seats: number): Continued {
  return {
    uid, endDate: endDate ?? '', quantity, renewed: Math.min(seats, quantity), state: seats >= quantity ? 'RENEWED' : 'PARTIALLY_RENEWED', currency, arr,
  };
}
