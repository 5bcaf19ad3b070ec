import sql, { type Sql } from 'sql-template-tag';
import type { ScopedTables } from '../../db/scoped.js';

/** A licence that may need a price of the list: its columns, and on which day. */
export interface PricedLicense {
  productSlug: Sql;
  variation: Sql;
  /** The currency it is billed in; null where the provider does not say. */
  currency: Sql;
  /** Preferred where the licence names no currency. */
  reportingCurrency: string;
  day: Sql;
  /** True for the licences that need a price. */
  when: Sql;
}

/**
 * Joins as `xp` the price of the list that is valid on the day: in the licence's currency or else the reporting one, of the
 * variation before one of any variation, the latest first. Without `xp` the licence has no price.
 */
export function validPriceJoin(db: ScopedTables, { productSlug, variation, currency, reportingCurrency, day, when }: PricedLicense): Sql {
  return sql`left join ${db.sharedTable('sw_price_list', 'xp')} on ${when} and xp.id = (
    select xq.id from ${db.sharedTable('sw_price_list', 'xq')}
    where xq.product_slug = ${productSlug} and (xq.variation is null or xq.variation = ${variation})
      and (${currency} is null or xq.currency = ${currency})
      and xq.valid_from <= ${day} and (xq.valid_to is null or xq.valid_to >= ${day})
    order by case when xq.currency = ${reportingCurrency} then 0 else 1 end, case when xq.variation is null then 1 else 0 end,
      xq.valid_from desc, xq.id desc limit 1)`;
}
