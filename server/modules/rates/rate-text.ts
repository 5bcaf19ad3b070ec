import { decimal } from '../../reports/shapes/money.js';

const PUBLISHED = /^\d{1,12}(?:\.\d{1,12})?$/;

/** What a rate must look like, for messages. */
export const RATE_RULE = 'a number above 0 such as 1.0842, with at most 12 digits before and 12 after the point';

/** A rate as it is stored: as published, without idle zeros in front. Null when it is none. */
export function rateText(text: string): string | null {
  const stripped = text.replace(/^0+(?=\d)/, '');
  return PUBLISHED.test(stripped) && !decimal(stripped).isZero() ? stripped : null;
}

/** True when two rates are the same number. */
export function sameRate(a: string, b: string): boolean {
  return a === b || decimal(a).equals(b);
}
