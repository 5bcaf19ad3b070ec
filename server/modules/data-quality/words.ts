import { decimal, minorFromFloat, moneyFromMinor } from '../../reports/shapes/money.js';
import type { LicenseRow } from '../license/entity.js';

/** Significant digits that a FLOAT column holds. */
const FLOAT_DIGITS = 7;

/** An amount of a round in words; of a currency that is not known as far as the column is exact. */
export function amountInWords({ currency }: Pick<LicenseRow, 'currency'>, amount: number): string {
  const minor = minorFromFloat(amount, currency);
  const digits = minor === null ? decimal(amount).toSignificantDigits(FLOAT_DIGITS).toFixed() : moneyFromMinor(minor, currency).amount;
  return `${digits} ${currency}`.trim();
}

/** Until when a term runs, in words. */
export function untilInWords(endDate: string | null): string {
  return endDate === null ? 'without end' : `to ${endDate}`;
}

/** A number of entries of the activity log at the beginning of a sentence. */
export function entriesInWords(entries: number): string {
  return entries === 1 ? '1 log entry' : `${entries} log entries`;
}
