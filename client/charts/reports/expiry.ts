import type { MoneyLike } from '../../ui/format';
import type { Format } from '../../ui/format';

/** What an expiry chart counts. */
export type Measure = 'licenses' | 'quantity' | 'arr';

/** The part of `RenewalFigures` the charts read. */
export interface ExpiryFigures {
  licenses: number;
  quantity: number;
  arr?: { amounts: readonly MoneyLike[] } | null | undefined;
}

/** What is drawn: a count, or the ARR of one currency. */
export interface Measured {
  measure: Measure;
  /** The currency of `arr`; others are not drawn. */
  currency: string;
}

function amountOf(figures: ExpiryFigures, currency: string): MoneyLike | undefined {
  return figures.arr?.amounts.find((amount) => amount.currency === currency);
}

/** A length or a shade; money becomes a float here, and is never shown. */
export function sizeOf(figures: ExpiryFigures, { measure, currency }: Measured): number {
  if (measure !== 'arr') return figures[measure];
  return Number.parseFloat(amountOf(figures, currency)?.amount ?? '0');
}

/** The exact figure in words; `none` where the currency does not occur. */
export function wordsOf(figures: ExpiryFigures, { measure, currency }: Measured, format: Format, compact = false): string {
  if (measure === 'licenses') return `${format.integer(figures.licenses)} ${figures.licenses === 1 ? 'licence' : 'licences'}`;
  if (measure === 'quantity') return `${format.integer(figures.quantity)} ${figures.quantity === 1 ? 'seat' : 'seats'}`;
  const amount = amountOf(figures, currency);
  return amount ? format.money(amount, { code: !compact, compact }) : `no ${currency}`;
}

/** Lines of a tooltip: both counts, and the ARR of each currency as far as there is room. */
export function figureLines(figures: ExpiryFigures, format: Format): (readonly [string, string])[] {
  const amounts = figures.arr?.amounts ?? [];
  return [
    ['Licences', format.integer(figures.licenses)],
    ['Seats', format.integer(figures.quantity)],
    ...amounts.slice(0, 2).map((amount) => ['ARR', format.money(amount, { code: true })] as const),
  ];
}
