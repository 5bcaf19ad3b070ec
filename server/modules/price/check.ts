import type { UserErrorCode } from '../../graphql.generated.js';
import { isCalendarDay } from '../../reports/shapes/days.js';
import { decimal, decimalsOf, isKnownCurrency } from '../../reports/shapes/money.js';
import type { PriceRow } from './entity.js';

/** A price as someone wants it to be, unchecked, with the amount as a decimal text. */
export interface PriceDraft {
  productSlug: string | null;
  variation: string | null;
  amount: string | null;
  currency: string | null;
  intervalMonths: number | null;
  validFrom: string | null;
  validTo: string | null;
}

/** Called for each thing that is wrong with a field of the draft. */
export type Fault = (field: keyof PriceDraft, code: UserErrorCode, message: string) => void;

const MAX_LENGTH = 255;
const MAX_MONTHS = 120;
/** A year's value of it in the parts of a minor unit that reports sum is still exact in a double. */
const MAX_MINOR = 10 ** 12;
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** The columns of a price; where `fault` was called they mean nothing. */
export function checkPrice(draft: PriceDraft, fault: Fault): Omit<PriceRow, 'id'> {
  const productSlug = (draft.productSlug ?? '').trim().toLowerCase();
  if (productSlug === '') fault('productSlug', 'REQUIRED', 'a product is required.');
  else checkLength('productSlug', productSlug, fault);
  const variation = draft.variation?.trim() || null;
  if (variation !== null) checkLength('variation', variation, fault);
  const { intervalMonths } = draft;
  if (intervalMonths !== null && !(Number.isInteger(intervalMonths) && intervalMonths >= 1 && intervalMonths <= MAX_MONTHS)) {
    fault('intervalMonths', 'INVALID', `a billing interval has from 1 to ${MAX_MONTHS} whole months; none means paid once.`);
  }
  const amountMinor = checkAmount(draft, fault);
  checkValidity(draft, fault);
  return {
    productSlug, variation, amountMinor, currency: draft.currency ?? '', intervalMonths, validFrom: draft.validFrom ?? '', validTo: draft.validTo,
  };
}

function checkLength(field: 'productSlug' | 'variation', text: string, fault: Fault): void {
  if (UNSTORABLE.test(text)) fault(field, 'INVALID', 'the text holds a character that cannot be stored.');
  else if ([...text].length > MAX_LENGTH) fault(field, 'TOO_LONG', `the text has at most ${MAX_LENGTH} characters, not ${[...text].length}.`);
}

function checkAmount({ amount, currency }: PriceDraft, fault: Fault): string {
  const known = currency !== null && isKnownCurrency(currency);
  if (currency === null) fault('currency', 'REQUIRED', 'a currency is required.');
  else if (!known) fault('currency', 'INVALID', 'this is not a currency Seatwise knows.');
  if (amount === null) fault('amount', 'REQUIRED', 'an amount is required.');
  // A decimal text of bounded length, so that 1e999 is no number here and no long one costs time.
  else if (!/^\d{1,30}(\.\d{1,30})?$/.test(amount)) fault('amount', 'INVALID', 'the amount must be a number of 0 or more, such as 59.00.');
  else if (known) {
    const minor = decimal(amount).times(decimal(10).pow(decimalsOf(currency)));
    if (!minor.isInteger()) fault('amount', 'INVALID', `${currency} has ${decimalsOf(currency)} decimals.`);
    else if (minor.greaterThan(MAX_MINOR)) fault('amount', 'INVALID', 'the amount is too large.');
    else return minor.toFixed();
  }
  return '0';
}

function checkValidity({ validFrom, validTo }: PriceDraft, fault: Fault): void {
  if (validFrom === null) fault('validFrom', 'REQUIRED', 'a first day of validity is required.');
  else if (!isCalendarDay(validFrom)) fault('validFrom', 'INVALID', 'this is not a day YYYY-MM-DD.');
  if (validTo !== null && !isCalendarDay(validTo)) fault('validTo', 'INVALID', 'this is not a day YYYY-MM-DD.');
  else if (validTo !== null && validFrom !== null && validTo < validFrom) fault('validTo', 'INVALID', `the last day ${validTo} is before the first, ${validFrom}.`);
}

/** What a price is of: there is one for each product, variation, currency and first day. */
export function identityOf({ productSlug, variation, currency, validFrom }: Omit<PriceRow, 'id'>): string {
  return JSON.stringify([productSlug, variation?.toLowerCase() ?? null, currency, validFrom]);
}
