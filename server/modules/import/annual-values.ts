import { decimalsOf, isKnownCurrency, minorFromFloat } from '../../reports/shapes/money.js';
import type { Value } from './subjects/table.js';

interface Sums {
  before: bigint;
  after: bigint;
}

/** Annual values of rounds by currency, as they are and as they would be, in minor units. */
export class AnnualValues {
  private readonly sums = new Map<string, Sums>();

  /** One round; null: it does not exist. */
  add(before: readonly Value[] | null, after: readonly Value[]): void {
    if (before !== null) this.put('before', before);
    this.put('after', after);
  }

  byCurrency(): { currency: string; before: string; after: string }[] {
    return [...this.sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, { before, after }]) => ({ currency, before: String(before), after: String(after) }));
  }

  private put(side: keyof Sums, [, , , , , seats, unitCost, , currency]: readonly Value[]): void {
    const code = String(currency);
    // A round of an unknown currency is in no sum.
    if (!isKnownCurrency(code)) return;
    let sums = this.sums.get(code);
    if (sums === undefined) this.sums.set(code, (sums = { before: 0n, after: 0n }));
    sums[side] += minorOf(Number(unitCost), code) * BigInt(Number(seats));
  }
}

const EXACT = 2 ** 44;

/** The amount in minor units; in doubles as long as those cannot err, since a file has a million of them. */
function minorOf(amount: number, currency: string): bigint {
  const scaled = Math.abs(amount) * 10 ** decimalsOf(currency);
  if (scaled < EXACT && amount >= 0) return BigInt(Math.round(scaled));
  return BigInt(minorFromFloat(amount, currency)?.toFixed(0) ?? '0');
}
