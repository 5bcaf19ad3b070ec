import sql, { join, raw, type Sql } from 'sql-template-tag';
import { text } from '../../db/decode.js';
import { badInput } from '../../errors.js';
import type { RateTable } from '../../modules/rates/service.js';
import { licenceInForce } from '../../modules/unified/relation.js';
import { decimal, decimalsOf, isKnownCurrency } from '../shapes/money.js';
import { knownCurrency } from './dimensions.js';
import { licencesOf } from './facts.js';
import { amountColumn } from './measures.js';
import type { AnalyzeQuestion } from './question.js';

/** The currencies in which licences in force are priced, in order of code: each is a column of its own, so that no sum crosses two. */
export async function readCurrencies(question: AnalyzeQuestion): Promise<string[]> {
  const { context: { db }, scope } = question;
  // Trials cost nothing.
  const parts = scope.sources.filter((source) => source !== 'TRIAL').map((source) => sql`select distinct ${knownCurrency(db.dialect)} as currency
    from ${licencesOf(question, source, ['currency', 'arr', 'is_enabled', 'is_superseded'], false, licenceInForce, raw('k.arr is not null'))}`);
  if (parts.length === 0) return [];
  const rows = await db.read(join(parts, ' union '));
  return rows.map((row) => text(row, 'currency')).filter(isKnownCurrency).sort();
}

const PARTS = 60;
const DIGITS = 15;

/**
 * The annual value of line `k` in whole minor units of one currency, to order by. The exact sum of each currency is multiplied once and
 * rounded, so that a line has the same key in every statement. Throws BAD_USER_INPUT where a rate is missing.
 */
export function convertedValue(currencies: readonly string[], to: string, rates: RateTable, rounded: (amount: Sql) => Sql): Sql {
  const terms = currencies.map((currency) => {
    const rate = rates.between(currency, to);
    if (rate === null) throw badInput('orderBy.currency', `no exchange rate from ${currency} to ${to} within 7 days before asOf`);
    const factor = rate.converted('1').times(decimal(10).pow(decimalsOf(to) - decimalsOf(currency))).div(PARTS).toSignificantDigits(DIGITS);
    return rounded(sql`coalesce(k.${raw(amountColumn('value', currency))}, 0) * ${raw(factor.toExponential())}`);
  });
  return terms.length === 0 ? raw('0') : sql`(${join(terms, ' + ')})`;
}
