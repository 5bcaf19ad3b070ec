import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { addDays } from '../../reports/shapes/days.js';
import { validPriceJoin } from '../price/valid-price.js';
import { idOffsets, type Ending, type UnifiedSourceSql } from './columns.js';
import { termStatus } from './term-status.js';

/** Months of a year times the 60 parts of a minor unit. */
const YEAR_IN_PARTS = raw('720');

/** Licences of the mirror as unified licences; the price list stands in where the provider names no price. `ending`: of those that `mayEnd` lets pass, which have an end. */
export function externalSource({ db, config }: Context, asOf: string, ending?: Ending): UnifiedSourceSql {
  const { dialect } = db;
  const noEnd = dialect.hasNoEnd(raw('x.expiration_date'));
  const unlessEndless = (day: Sql): Sql => (ending !== undefined ? day : sql`case when ${noEnd} then null else ${day} end`);
  const end = unlessEndless(raw('x.expiration_date'));
  const grace = unlessEndless(dialect.addDays(raw('x.expiration_date'), config.GRACE_DAYS_PREMIUM));
  const status = termStatus({ start: raw('x.purchase_date'), end, grace }, asOf);
  const listed = validPriceJoin(db, {
    productSlug: raw('x.product_slug'), variation: raw('x.variation'), currency: raw('x.currency'), reportingCurrency: config.REPORTING_CURRENCY,
    day: sql`${asOf}`, when: raw('x.price_minor is null'),
  });
  const priced = (own: string, list: string): Sql => raw(`case when x.price_minor is null then ${list} else ${own} end`);
  const [price, interval] = [priced('x.price_minor', 'xp.amount_minor'), priced('x.interval_months', 'xp.interval_months')];
  const yearly = dialect.wholeQuotient(sql`(${price}) * ${YEAR_IN_PARTS}`, interval);
  // A perpetual licence is not renewed, whatever it cost.
  const arr = sql`case when ${noEnd} then 0 when ${price} is null then null when ${interval} is null then 0 else ${yearly} end`;
  const unitPrice = sql`case when ${noEnd} or ${price} is null or ${interval} is null then null else ${yearly} end`;
  const unlimited = config.EXTERNAL_LIMIT_ZERO === 'unlimited'
    ? raw('case when x.is_unlimited = 1 or coalesce(x.activation_limit, 0) = 0 then 1 else 0 end')
    : raw('x.is_unlimited');
  return {
    mayEnd: ending === undefined ? raw('1 = 1') : sql`x.expiration_date <= ${ending.to} and x.expiration_date >= ${addDays(ending.from, -config.GRACE_DAYS_PREMIUM)}`,
    from: db.table('externalLicense', 'x'),
    joins: [{ needs: ['currency', 'arr', 'unit_price', 'interval_months'], join: listed }],
    columns: {
      id: raw(`x.id + ${idOffsets.EXTERNAL}`), source: raw(`'EXTERNAL'`), row_id: raw('x.id'), provider: raw('x.provider'), license_key: raw('x.license_key'),
      site_url: raw('x.site_url'), site_host: raw('x.site_host'), site_count: raw('x.site_count'), product_key: raw('lower(x.product_slug)'), product_id: raw('null'),
      company_id: raw('x.company_id'), partner_id: raw('x.partner_id'),
      owner_kind: raw(`case when x.company_id is not null then 'COMPANY' when x.partner_id is not null then 'PARTNER' when x.site_host <> '' then 'SITE' end`),
      owner_key: sql`case when x.company_id is not null then ${dialect.concat([raw(`'c:'`), raw('x.company_id')])}
        when x.partner_id is not null then ${dialect.concat([raw(`'p:'`), raw('x.partner_id')])}
        when x.site_host <> '' then ${dialect.concat([raw(`'s:'`), raw('x.site_host')])} end`,
      is_premium: raw('1'), quantity: sql`case when ${unlimited} = 1 then 0 else coalesce(x.activation_limit, 0) end`, is_unlimited: unlimited,
      deployed: raw('coalesce(x.activation_count, x.site_count)'), activations: raw('x.activation_count'),
      start_date: raw('x.purchase_date'), end_date: end, grace_end_date: grace,
      currency: priced('x.currency', 'xp.currency'), arr, unit_price: unitPrice, interval_months: interval, auto_renew: raw('x.auto_renew'),
      last_checked_in_at: raw('x.last_checked_in_at'), status, is_enabled: raw('x.is_enabled'), is_superseded: raw('0'),
      sub_status: raw(`case when x.is_enabled = 0 then 'INACTIVE' else 'NONE' end`), fetched_at: raw('x.fetched_at'),
    },
  };
}
