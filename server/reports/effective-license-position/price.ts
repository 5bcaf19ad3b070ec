import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { knownCurrencies } from '../shapes/money.js';
import type { PositionQuery } from './query.js';

/**
 * A unit price as one text that sorts by its date: `2026-01-01:10000000000012:EUR:600000`, of start, id, currency and 1/60
 * minor units. So the greatest text of a group is its latest price, found in the same pass as the sums.
 */
const KEY_OFFSET = 10 ** 13;
const CURRENCY_AT = 27;
const PRICE_AT = 31;

/** The price of licence `k` as such a text; null when it has none. */
export function latestPrice({ db }: Context): Sql {
  const { dialect } = db;
  const known = join(knownCurrencies.map((code) => raw(`'${code}'`)));
  return sql`case when k.unit_price is not null and k.currency in (${known}) then ${dialect.concat([
    sql`coalesce(substr(${dialect.asText(raw('k.start_date'))}, 1, 10), '0000-00-00')`, raw(`':'`), dialect.asText(raw(`k.id + ${KEY_OFFSET}`)),
    raw(`':'`), dialect.neutralText(raw('k.currency')), raw(`':'`), dialect.asText(raw('k.unit_price')),
  ])} end`;
}

/** Currency and price within such a text. */
export const currencyIn = (latest: Sql): Sql => sql`substr(${latest}, ${raw(String(CURRENCY_AT))}, 3)`;
export const priceIn = (latest: Sql): Sql => sql`substr(${latest}, ${raw(String(PRICE_AT))})`;

/** The price of such a text, read back. */
export function parsePrice(latest: string | null): { currency: string; parts: string } | null {
  return latest === null ? null : { currency: latest.slice(CURRENCY_AT - 1, CURRENCY_AT + 2), parts: latest.slice(PRICE_AT - 1) };
}

/**
 * Prices of the list valid at asOf as such texts without a date, older than any licence: of any variation before one of a
 * single variation, the latest first. Those without an interval are no yearly prices.
 */
export function listedPrices({ context: { db }, asOf, products }: PositionQuery): { source: Sql; product: Sql; price: Sql } {
  const { dialect } = db;
  const product = dialect.neutralExactText(raw('lower(y.product_slug)'));
  const days = dialect.asText(raw('y.valid_from'));
  const yearly = dialect.wholeQuotient(raw('y.amount_minor * 720'), raw('y.interval_months'));
  const among = products === null ? [] : [products.length === 0 ? raw('1 = 0') : sql`${product} in (${join([...products])})`];
  return {
    product: raw('u.product_key'),
    price: raw('u.latest'),
    source: sql`(select ${product} as product_key, ${dialect.concat([
      raw(`'0000-00-00:'`), sql`case when y.variation is null then '1' else '0' end`, sql`substr(replace(${days}, '-', ''), 1, 8)`,
      sql`substr(${dialect.asText(raw('y.id + 100000'))}, 2, 5)`, raw(`':'`), dialect.neutralText(raw('y.currency')), raw(`':'`), dialect.asText(yearly),
    ])} as latest from ${db.sharedTable('sw_price_list', 'y')}
      where ${all([sql`y.valid_from <= ${asOf}`, sql`y.valid_to is null or y.valid_to >= ${asOf}`, raw('y.interval_months is not null'), ...among])}) u`,
  };
}
