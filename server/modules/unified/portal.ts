import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { addDays } from '../../reports/shapes/days.js';
import { annualValueMinor, lifecycleSql, unitCostMinor } from '../license/lifecycle.js';
import type { Ending, UnifiedSourceSql } from './columns.js';

/** Portal rounds as unified licences; `ending`: of those that `mayEnd` lets pass, which have an end. */
export function portalSource({ db, config }: Context, asOf: string, ending?: Ending): UnifiedSourceSql {
  const { dialect } = db;
  const noEnd = dialect.hasNoEnd(raw('l.end_date'));
  const unlessEndless = (day: Sql): Sql => (ending !== undefined ? day : sql`case when ${noEnd} then null else ${day} end`);
  return {
    mayEnd: ending === undefined ? raw('1 = 1') : sql`l.end_date <= ${ending.to} and l.end_date >= ${addDays(ending.from, -config.GRACE_DAYS_PREMIUM)}`,
    from: db.table('license', 'l'),
    joins: [
      { needs: ['product_key'], join: sql`left join ${db.table('product', 'd')} on d.id = l.product_code_id` },
      { needs: ['sub_status'], join: sql`left join ${db.table('company', 'lc')} on lc.id = l.company_id` },
    ],
    columns: {
      id: raw('l.id'), source: raw(`'PORTAL'`), row_id: raw('l.id'), provider: raw('null'), license_key: raw('null'), site_url: raw('null'),
      site_host: raw('null'), site_count: raw('0'), product_key: raw('lower(d.code)'), product_id: raw('l.product_code_id'), company_id: raw('l.company_id'),
      partner_id: raw('l.partner_id'),
      owner_kind: raw(`case when l.company_id is not null then 'COMPANY' when l.partner_id is not null then 'PARTNER' end`),
      owner_key: sql`case when l.company_id is not null then ${dialect.concat([raw(`'c:'`), raw('l.company_id')])}
        when l.partner_id is not null then ${dialect.concat([raw(`'p:'`), raw('l.partner_id')])} end`,
      is_premium: raw('1'), quantity: raw('l.number_of_licenses'), is_unlimited: raw('0'), deployed: raw('0'), activations: raw('null'),
      start_date: raw('l.start_date'), end_date: unlessEndless(raw('l.end_date')),
      grace_end_date: unlessEndless(dialect.addDays(raw('l.end_date'), config.GRACE_DAYS_PREMIUM)),
      currency: raw('l.currency'), arr: sql`(${annualValueMinor(dialect)} * 60)`, unit_price: sql`(${unitCostMinor(dialect)} * 60)`,
      interval_months: raw('null'), auto_renew: raw('null'), last_checked_in_at: raw('null'),
      status: lifecycleSql(dialect, { asOf, graceDays: config.GRACE_DAYS_PREMIUM }),
      is_enabled: raw('1'), is_superseded: raw('0'), sub_status: raw(`case when lc.active = 0 then 'INACTIVE' else 'NONE' end`),
      fetched_at: raw('null'),
    },
  };
}
