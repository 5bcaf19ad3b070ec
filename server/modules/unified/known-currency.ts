import sql, { join, type Sql } from 'sql-template-tag';
import type { Dialect } from '../../db/dialect/dialect.js';
import { knownCurrencies } from '../../reports/shapes/money.js';

/** The currency is a known one, letter case included; null is none. */
export function hasKnownCurrency(dialect: Dialect, currency: Sql): Sql {
  return sql`coalesce(${dialect.exactText(currency)}, '') in (${join(knownCurrencies)})`;
}
