import { addDays } from './calendar.js';
import type { Round } from './licences.js';
import { at, randomFor } from './random.js';

const DISAGREEING_TOTALS = 6;

/** The rounds with the status that somebody typed, right most of the time, and a few totals that were never updated. */
export function withTypedFaults(rounds: readonly Round[], today: string): Round[] {
  const random = randomFor('typed status');
  const typed = rounds.map((round) => {
    const right = expectedStatus(round, today);
    const wrong = right === 'Expired' ? 'Active' : random.pick(['Expired', 'Cancelled', 'Pending']);
    const spelled = random.chance(0.05) ? right.toLowerCase() : right;
    return { ...round, status: random.chance(0.07) ? wrong : spelled };
  });
  const priced = random.shuffle(typed.flatMap((round, index) => (round.totalCost > 0 ? [index] : [])));
  for (const index of priced.slice(0, DISAGREEING_TOTALS)) {
    const round = at(typed, index);
    // The total of the price before a discount.
    typed[index] = { ...round, totalCost: Math.round(round.totalCost * 1.25) };
  }
  return typed;
}

function expectedStatus(round: Round, today: string): string {
  if (round.startDate > today) return 'Pending';
  return round.endDate !== null && round.endDate < today ? 'Expired' : 'Active';
}

/** Rounds that no figure may count, one or two of each fault. */
export function faultyRounds(today: string): Round[] {
  const day = (offset: number): string => addDays(today, offset);
  const year = { startDate: day(-120), endDate: day(244), status: 'Active' };
  return [
    { ...owner(14), productId: 1, ...year, startDate: day(60), endDate: day(-305), ...price(25, 145, 'EUR') },
    { ...owner(52), productId: 5, ...year, startDate: day(-10), endDate: day(-40), ...price(10, 76, 'GBP') },
    { ...owner(1), productId: 6, ...year, ...price(0, 98.5, 'GBP') },
    { ...owner(77), productId: 2, ...year, ...price(0, 299, 'USD') },
    { ...owner(30), partnerId: 2, productId: 1, ...year, ...price(15, 145, 'EUR') },
    { ...owner(101), partnerId: 1, productId: 4, ...year, ...price(40, 475, 'GBP') },
    { ...owner(9), productId: 1, ...year, ...price(30, 150, 'XXQ') },
    { companyId: null, partnerId: 3, productId: 3, ...year, ...price(5, 380, 'XXQ') },
    { companyId: null, partnerId: null, productId: 5, ...year, ...price(8, 89, 'EUR') },
  ];
}

function owner(companyId: number): Pick<Round, 'companyId' | 'partnerId'> {
  return { companyId, partnerId: null };
}

function price(seats: number, unitCost: number, currency: string): Pick<Round, 'seats' | 'unitCost' | 'totalCost' | 'currency'> {
  return { seats, unitCost, totalCost: seats * unitCost, currency };
}
