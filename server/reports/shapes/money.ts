import { Decimal } from 'decimal.js';

/** Enough digits that no sum of 64-bit minor units loses one. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

const minorUnits = new Map(
  Intl.supportedValuesOf('currency').map((code) => [
    code,
    new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2,
  ]),
);

/** An exact amount as it leaves the API. */
export interface Money {
  amount: string;
  currency: string;
}

/** The ISO 4217 codes Seatwise accepts, sorted. */
export const knownCurrencies: readonly string[] = [...minorUnits.keys()].sort();

/** True for an ISO 4217 code in upper case. */
export function isKnownCurrency(code: string): boolean {
  return minorUnits.has(code);
}

/** Decimals of a currency: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return minorUnits.get(currency) ?? 2;
}

/** Currencies grouped by their number of decimals, leaving out the usual 2. */
export function unusualDecimals(): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>();
  for (const [code, decimals] of minorUnits) {
    if (decimals !== 2) groups.set(decimals, [...(groups.get(decimals) ?? []), code]);
  }
  return groups;
}

/** Exact decimal arithmetic; rounds half to even where it must round. */
export function decimal(value: Decimal.Value): Decimal {
  return new Exact(value);
}

/** An amount rounded once, half to even, to the decimals of its currency. */
export function money(amount: Decimal.Value, currency: string): Money {
  return { amount: decimal(amount).toFixed(decimalsOf(currency), Decimal.ROUND_HALF_EVEN), currency };
}

/** An integer count of minor units (cents) as money. */
export function moneyFromMinor(minor: Decimal.Value, currency: string): Money {
  return money(decimal(minor).div(decimal(10).pow(decimalsOf(currency))), currency);
}

/**
 * A FLOAT column as the integer count of minor units it stands for. Single precision cannot hold 19.99, so the stored
 * value is read rounded to the currency's minor unit; null when the currency is unknown.
 */
export function minorFromFloat(value: number, currency: string): Decimal | null {
  if (!isKnownCurrency(currency) || !Number.isFinite(value)) return null;
  return decimal(value).times(decimal(10).pow(decimalsOf(currency))).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
}
