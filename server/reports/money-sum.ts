import type { Decimal } from 'decimal.js';
import type { Context } from '../context.js';
import { once } from '../db/page.js';
import { badInput } from '../errors.js';
import type { ConvertedTotal, MoneySumResolvers } from '../graphql.generated.js';
import { RateTable } from '../modules/rates/service.js';
import { decimal, decimalsOf, isKnownCurrency, money, moneyFromMinor, type Money } from './shapes/money.js';

/** Parts of a minor unit in which the unified relation holds money: see modules/unified/columns.ts. */
const PARTS = 60;

/** Money of one currency in 1/60 minor units, as the database summed it. */
export interface MoneyParts {
  currency: string | null;
  /** An exact whole number as text. */
  parts: string;
}

/** A sum of money before it is rounded: one exact amount per currency, and the rates of its day. */
export interface MoneySumModel {
  /** 1/60 minor units by currency. */
  parts: ReadonlyMap<string, ReturnType<typeof decimal>>;
  rates: () => Promise<RateTable>;
}

/** Rates of asOf, read once for all sums of a report. */
export function ratesOf(context: Context, asOf: string): () => Promise<RateTable> {
  return once(() => RateTable.of(context, asOf));
}

/** Adds up what the database summed, currency by currency. Entries without a known currency are left out. */
export function moneySum(entries: Iterable<MoneyParts>, rates: () => Promise<RateTable>): MoneySumModel {
  const sums = new Map<string, ReturnType<typeof decimal>>();
  for (const { currency, parts } of entries) {
    if (currency === null || !isKnownCurrency(currency)) continue;
    sums.set(currency, (sums.get(currency) ?? decimal(0)).plus(parts));
  }
  return { parts: sums, rates };
}

/** 1/60 minor units as money, rounded half to even. */
export function moneyFromParts(parts: Decimal.Value, currency: string): Money {
  return moneyFromMinor(decimal(parts).div(PARTS), currency);
}

const byCode = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

async function converted({ parts, rates }: MoneySumModel, to: string): Promise<ConvertedTotal> {
  const table = await rates();
  let total = decimal(0);
  const used = [...parts].sort(byCode).map(([currency, amount]) => {
    const rate = table.between(currency, to);
    if (rate === null) throw badInput('to', `no exchange rate from ${currency} to ${to} within 7 days before asOf`);
    total = total.plus(rate.converted(amountFromParts(amount, currency)));
    return { currency, rate: rate.rate, rateDate: rate.rateDate, source: rate.source };
  });
  return { money: money(total, to), rates: used };
}

/** 1/60 minor units as an amount that is not rounded yet. */
export function amountFromParts(parts: Decimal.Value, currency: string): string {
  return decimal(parts).div(decimal(10).pow(decimalsOf(currency)).times(PARTS)).toFixed();
}

export const MoneySum: MoneySumResolvers = {
  amounts: ({ parts }) => [...parts].sort(byCode).map(([currency, amount]) => moneyFromParts(amount, currency)),
  converted: (sum, { to }) => converted(sum, to),
};
