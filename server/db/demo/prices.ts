import { addDays } from './calendar.js';

export interface DemoPrice {
  productSlug: string;
  amountMinor: number;
  currency: string;
  intervalMonths: number;
  validFrom: string;
  validTo: string | null;
}

/** Prices of a year in euro, dollar and pound: those of today, and those before the rise. */
const yearly: readonly (readonly [slug: string, before: readonly number[], today: readonly number[]])[] = [
  ['fluent-forms', [59, 59, 49], [69, 69, 59]],
  ['fluent-crm', [99, 99, 89], [119, 129, 109]],
  ['fluent-booking', [69, 69, 59], [79, 79, 69]],
  ['fluent-boards', [49, 49, 45], [59, 59, 55]],
];
const currencies = ['EUR', 'USD', 'GBP'] as const;

/** The price list of the demo: prices rose on the first of January of last year. */
export function prices(today: string): DemoPrice[] {
  const year = Number(today.slice(0, 4));
  const rise = `${year - 1}-01-01`;
  return yearly.flatMap(([productSlug, before, after]) =>
    currencies.flatMap((currency, index): DemoPrice[] => [
      { productSlug, amountMinor: (before[index] ?? 0) * 100, currency, intervalMonths: 12, validFrom: `${year - 5}-01-01`, validTo: addDays(rise, -1) },
      { productSlug, amountMinor: (after[index] ?? 0) * 100, currency, intervalMonths: 12, validFrom: rise, validTo: null },
    ]),
  );
}
