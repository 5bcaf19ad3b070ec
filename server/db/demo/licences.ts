import { addDays, addYears, endOfMonth } from './calendar.js';
import { faultyRounds, withTypedFaults } from './licence-faults.js';
import type { Owner } from './owners.js';
import { homeTariff, products, quote, tariffFor, totalOf, type Product } from './products.js';
import { randomFor, shareOut, type Random } from './random.js';

/** A licence round before it has an id. */
export interface Round {
  companyId: number | null;
  partnerId: number | null;
  productId: number;
  startDate: string;
  endDate: string | null;
  seats: number;
  unitCost: number;
  totalCost: number;
  currency: string;
  status: string;
}

export interface LicenceRow extends Round {
  id: number;
}

/** All rounds, the earliest first, as an application would have numbered them. */
export function licences(owners: readonly Owner[], today: string): LicenceRow[] {
  const random = randomFor('licences');
  const rounds = owners.flatMap((owner) => roundsOf(owner, today, random));
  const all = [...withTypedFaults(rounds, today), ...faultyRounds(today)];
  // Equal starts keep their order: sorting is stable.
  return all.sort((a, b) => (a.startDate < b.startDate ? -1 : a.startDate > b.startDate ? 1 : 0)).map((round, index) => ({ id: index + 1, ...round }));
}

/** One agreement of an owner about one product: what its consecutive rounds have in common. */
interface Agreement {
  owner: Owner;
  product: Product;
  tariff: ReturnType<typeof tariffFor>;
  discount: number;
  years: number;
}

function roundsOf(owner: Owner, today: string, random: Random): Round[] {
  const tariff = isFirst(owner) ? homeTariff(owner.country) : tariffFor(owner.country, random);
  const agree = (): Agreement => ({
    owner,
    product: random.weighted(products.map((product) => [product, product.demand] as const)),
    // Now and then a second contract is in another currency.
    tariff: random.chance(0.03) ? tariffFor('US', random) : tariff,
    discount: random.chance(0.03) ? 1 : random.pick([0, 0, 0, 0.05, 0.1, 0.15]),
    years: random.weighted([[1, 80], [2, 7], [3, 13]]),
  });
  const rounds = seatShares(owner, random).flatMap((seats, slot) => current(agree(), seats, slot, today, random));
  if (owner.profile === 'nothing') return random.chance(0.4) ? lapsed(agree(), today, random.int(90, 500), random) : [];
  const unlicensed = owner.profile === 'unlicensed';
  if (random.chance(unlicensed ? 0.35 : 0.12) || isFirst(owner)) rounds.push(...lapsed(agree(), today, random.int(1, 7), random));
  if (random.chance(unlicensed ? 0.6 : 0.22)) rounds.push(...lapsed(agree(), today, random.int(9, 420), random));
  if (random.chance(unlicensed ? 0.25 : 0.06)) rounds.push(scheduled(agree(), today, random));
  return rounds;
}

function isFirst(owner: Owner): boolean {
  return owner.id === 1;
}

/** The seats in force, over one or several rounds. */
function seatShares(owner: Owner, random: Random): number[] {
  const most = isFirst(owner) ? 6 : owner.seats < 6 ? 1 : owner.seats < 20 ? 2 : 4;
  const count = isFirst(owner) ? most : random.int(1, most);
  const shares = shareOut(owner.seats, Array.from({ length: count }, () => random.between(0.4, 1.6)));
  return shares.filter((seats) => seats > 0);
}

/** A round in force with what came before it and, where it is renewed early, after it. */
function current(agreement: Agreement, seats: number, slot: number, today: string, random: Random): Round[] {
  const endsToday = slot === 0 && agreement.owner.id % 25 === 1;
  if (!endsToday && (random.chance(0.09) || (isFirst(agreement.owner) && slot === 2))) return [perpetual(agreement, seats, today, random)];
  const daysLeft = endsToday ? 0 : isFirst(agreement.owner) && slot === 1 ? 23 : random.int(1, agreement.years * 365 - 5);
  const exact = addDays(today, daysLeft);
  const endDate = daysLeft > 31 && random.chance(0.5) ? endOfMonth(exact) : exact;
  const startDate = earlier(addDays(addYears(endDate, -agreement.years), 1), today);
  const round = makeRound(agreement, startDate, endDate, seats, 0);
  const next = daysLeft <= 120 && random.chance(0.4) ? [renewal(agreement, round, seats, random)] : [];
  return [...history(agreement, startDate, seats, today, random), round, ...next];
}

function perpetual(agreement: Agreement, seats: number, today: string, random: Random): Round {
  const startDate = addDays(today, -random.int(20, 1800));
  return makeRound(agreement, startDate, random.chance(0.75) ? null : '9999-12-31', seats, 0);
}

/** The rounds before a start: mostly without a gap, some after a short one, some after the owner had left. */
function history(agreement: Agreement, startDate: string, seats: number, today: string, random: Random): Round[] {
  const rounds: Round[] = [];
  const generations = random.weighted([[0, 45], [1, 28], [2, 15], [3, 8], [4, 4]]);
  let nextStart = startDate;
  let count = seats;
  for (let yearsAgo = 1; yearsAgo <= generations; yearsAgo += 1) {
    const gap = random.weighted([[0, 78], [random.int(4, 28), 10], [random.int(40, 200), 6], [-random.int(5, 20), 6]]);
    // An overlap must not reach today: the seats in force are settled.
    const endDate = earlier(addDays(nextStart, -1 - gap), addDays(today, -1));
    nextStart = addDays(addYears(endDate, -1), 1);
    count = Math.max(1, Math.round(count * random.weighted([[1, 50], [random.between(0.7, 0.95), 38], [random.between(1.05, 1.3), 12]])));
    rounds.push(makeRound(agreement, nextStart, endDate, count, yearsAgo));
  }
  return rounds;
}

function renewal(agreement: Agreement, round: Round, seats: number, random: Random): Round {
  const startDate = addDays(round.endDate ?? round.startDate, random.weighted([[1, 80], [random.int(2, 25), 20]]));
  const count = Math.max(1, Math.round(seats * random.weighted([[1, 55], [random.between(0.4, 0.8), 25], [random.between(1.1, 1.4), 20]])));
  return makeRound(agreement, startDate, addDays(addYears(startDate, 1), -1), count, -1);
}

/** Rounds that ended so many days ago and were not renewed. */
function lapsed(agreement: Agreement, today: string, daysAgo: number, random: Random): Round[] {
  const endDate = addDays(today, -daysAgo);
  const startDate = addDays(addYears(endDate, -agreement.years), 1);
  const seats = sparseSeats(agreement.owner, random);
  return [...history(agreement, startDate, seats, today, random), makeRound(agreement, startDate, endDate, seats, Math.round(daysAgo / 365))];
}

function scheduled(agreement: Agreement, today: string, random: Random): Round {
  const startDate = addDays(today, random.int(3, 100));
  return makeRound(agreement, startDate, addDays(addYears(startDate, agreement.years), -1), sparseSeats(agreement.owner, random), -1);
}

function sparseSeats(owner: Owner, random: Random): number {
  return Math.max(2, Math.round(Math.max(owner.users, 12) * random.between(0.15, 0.6)));
}

function makeRound({ owner, product, tariff, discount }: Agreement, startDate: string, endDate: string | null, seats: number, yearsAgo: number): Round {
  const unitCost = quote(product, tariff, seats, yearsAgo, discount);
  return {
    companyId: owner.type === 'company' ? owner.id : null,
    partnerId: owner.type === 'partner' ? owner.id : null,
    productId: product.id,
    startDate,
    endDate,
    seats,
    unitCost,
    totalCost: totalOf(seats, unitCost),
    currency: tariff.currency,
    status: '',
  };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
