import { addDays } from '../../server/reports/shapes/days.js';

/** A term as the trend sees it. */
export interface NaiveTerm {
  owner: string;
  start: string;
  end: string | null;
  seats: number;
  currency: string;
  /** Whole cents a year. */
  arr: number;
}

/** What the trend must say of one interval, unit by unit. */
export type NaiveFlow = Record<'opening' | 'new' | 'reactivated' | 'expansion' | 'contraction' | 'expired' | 'closing', number>;

const CONTINUED_WITHIN = 30;
const FOR_EVER = '9999-12-31';
const endOf = ({ end }: NaiveTerm): string => end ?? FOR_EVER;
const isWithin = (day: string, from: string, to: string): boolean => day >= from && day <= to;

type Measure = (terms: readonly NaiveTerm[]) => number;

/** How much a set of terms is, by unit. A chain is one licence, whatever it holds. */
export function measures(mode: 'GROSS' | 'RENEWAL_AWARE', currencies: readonly string[]): Record<string, Measure> {
  const sum = (value: (term: NaiveTerm) => number): Measure => (terms) => terms.reduce((total, term) => total + value(term), 0);
  return {
    licenses: mode === 'GROSS' ? (terms) => terms.length : (terms) => Math.min(terms.length, 1),
    seats: sum(({ seats }) => seats),
    ...Object.fromEntries(currencies.map((currency) => [currency, sum((term) => (term.currency === currency ? term.arr : 0))])),
  };
}

/** The trend counted day by day and chain by chain, by the words of its definition. */
export function naiveFlow(all: readonly NaiveTerm[], asOf: string, mode: 'GROSS' | 'RENEWAL_AWARE', measure: Measure, from: string, to: string): NaiveFlow {
  const flow: NaiveFlow = { opening: 0, new: 0, reactivated: 0, expansion: 0, contraction: 0, expired: 0, closing: 0 };
  const known = all.filter(({ start }) => start <= asOf);
  const chains = mode === 'GROSS' ? known.map((term) => [[term]]) : chainsByOwner(known);
  for (const ofOwner of chains) {
    for (const [index, chain] of ofOwner.entries()) {
      const [opening, closing] = [measure(levelOf(chain, addDays(from, -1), asOf)), measure(levelOf(chain, to, asOf))];
      const begins = chain.reduce((first, { start }) => (start < first ? start : first), FOR_EVER);
      const ends = chain.reduce((last, term) => (endOf(term) > last ? endOf(term) : last), '');
      const begun = isWithin(begins, from, to) ? measure(chain.filter(({ start }) => start === begins)) : 0;
      const expired = isWithin(ends, from, to) && ends <= asOf ? measure(chain.filter((term) => endOf(term) === ends)) : 0;
      const change = closing - opening - begun + expired;
      flow.opening += opening;
      flow.closing += closing;
      flow[index === 0 ? 'new' : 'reactivated'] += begun;
      flow.expired += expired;
      flow[change > 0 ? 'expansion' : 'contraction'] += Math.abs(change);
    }
  }
  return flow;
}

function chainsByOwner(terms: readonly NaiveTerm[]): NaiveTerm[][][] {
  return [...new Set(terms.map(({ owner }) => owner))].map((owner) => {
    const chains: NaiveTerm[][] = [];
    let latest = '';
    for (const term of terms.filter((other) => other.owner === owner).sort((a, b) => (a.start < b.start ? -1 : 1))) {
      if (latest === '' || term.start > addDays(latest, CONTINUED_WITHIN)) chains.push([]);
      chains.at(-1)?.push(term);
      if (endOf(term) > latest) latest = endOf(term);
    }
    return chains;
  });
}

/** What a chain holds at the end of a day: its terms in force then, or over a gap those that ended last before it. */
function levelOf(chain: readonly NaiveTerm[], day: string, asOf: string): NaiveTerm[] {
  const inForce = chain.filter((term) => term.start <= day && endOf(term) > day);
  if (inForce.length > 0) return inForce;
  const past = chain.filter(({ start }) => start <= day);
  const goesOn = chain.some(({ start }) => start > day && start <= asOf);
  const last = past.map(endOf).sort().at(-1);
  return goesOn ? past.filter((term) => endOf(term) === last) : [];
}
