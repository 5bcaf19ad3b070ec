import type { PriceChanges, PriceInput } from '../../api/generated/graphql';
import { isDay } from '../../ui/filters/presets';
import { normalDecimal } from '../licences/licenceValues';
import { decimalsOf } from '../licences/validateLicence';
import type { Price } from './priceQueries';

/** The form of a price, as typed; an empty interval is a price paid once, an empty end is open. */
export type PriceValues = {
  productSlug: string;
  variation: string;
  amount: string;
  currency: string;
  intervalMonths: string;
  validFrom: string;
  validTo: string;
};

const words: Record<string, string> = {
  productSlug: 'Product', variation: 'Variation', amount: 'Price', currency: 'Currency', intervalMonths: 'Billed every, months',
  validFrom: 'Valid from', validTo: 'Valid until',
};

/** A field of the form in words. */
export const priceFieldWord = (field: string) => words[field] ?? field;

/** A new price: from today, billed once a year. */
export function newPrice(today: string, currency: string): PriceValues {
  return { productSlug: '', variation: '', amount: '', currency, intervalMonths: '12', validFrom: today, validTo: '' };
}

/** A price as the form holds it. */
export function valuesOfPrice(price: Price): PriceValues {
  return {
    productSlug: price.productSlug, variation: price.variation ?? '', amount: price.amount.amount, currency: price.amount.currency,
    intervalMonths: price.intervalMonths == null ? '' : String(price.intervalMonths), validFrom: price.validFrom, validTo: price.validTo ?? '',
  };
}

/** The form as a new price. */
export function priceInput(values: PriceValues): PriceInput {
  return {
    productSlug: values.productSlug.trim().toLowerCase(),
    variation: values.variation.trim() || null,
    amount: normalDecimal(values.amount),
    currency: values.currency,
    intervalMonths: values.intervalMonths.trim() === '' ? null : Number.parseInt(values.intervalMonths, 10),
    validFrom: values.validFrom,
    validTo: values.validTo || null,
  };
}

/** The changed fields alone: what nobody touched here must not overwrite what someone touched elsewhere. */
export function priceChanges(values: PriceValues, changed: readonly (keyof PriceValues)[]): PriceChanges {
  const all = priceInput(values);
  return Object.fromEntries(changed.map((field) => [field, all[field]]));
}

function amountProblem(text: string, currency: string): string | undefined {
  const amount = normalDecimal(text);
  if (amount === '') return 'Enter the price of one licence for one interval; 0 if it is free.';
  if (!/^\d+(\.\d+)?$/.test(amount)) return 'Enter an amount such as 49.90, without sign or separators.';
  const allowed = decimalsOf(currency);
  if ((amount.split('.')[1]?.length ?? 0) <= allowed) return undefined;
  return allowed === 0 ? `${currency} has no decimals.` : `${currency} has at most ${allowed} decimals.`;
}

function intervalProblem(text: string): string | undefined {
  const months = text.trim();
  if (months === '' || (/^\d{1,3}$/.test(months) && Number(months) >= 1 && Number(months) <= 120)) return undefined;
  return 'A whole number of months from 1 to 120; empty: paid once.';
}

/** What is wrong with a price as typed; the server checks again. */
export function validatePrice(values: PriceValues, currencies: readonly string[]): Partial<Record<keyof PriceValues, string>> {
  const slug = values.productSlug.trim();
  return {
    productSlug: slug === '' ? 'Enter the product slug.' : slug.length > 255 ? 'At most 255 characters.' : undefined,
    amount: amountProblem(values.amount, values.currency),
    currency: currencies.includes(values.currency) ? undefined : 'Choose a currency.',
    intervalMonths: intervalProblem(values.intervalMonths),
    validFrom: isDay(values.validFrom) ? undefined : 'Enter the first day.',
    validTo: values.validTo === '' ? undefined : !isDay(values.validTo) ? 'Enter a calendar day.' : values.validTo < values.validFrom ? 'The last day is before the first.' : undefined,
  };
}
