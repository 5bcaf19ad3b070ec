import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { addDays } from '../../reports/shapes/days.js';
import { hostSql } from './host.js';
import { idOffsets, type Ending, type UnifiedSourceSql } from './columns.js';
import { termStatus } from './term-status.js';
import { zonedDay } from './zoned-day.js';

/**
 * Trials as unified licences. `expiration_date` and `grace_period_date` name calendar days, whatever time stands with them,
 * and are never moved by a time zone; `created_at` is an instant, whose day is the one in REPORT_TIMEZONE. `ending`: of those that `mayEnd`
 * lets pass, which have an end.
 */
export function trialSource({ db, config, today, trialsTakeCheckIns }: Context, asOf: string, ending?: Ending): UnifiedSourceSql {
  const { dialect } = db;
  const host = hostSql(dialect, raw('t.site_url'));
  const noEnd = dialect.hasNoEnd(raw('t.expiration_date'));
  const lastDay = dialect.dayOf(raw('t.expiration_date'), 0);
  const end = ending !== undefined ? lastDay : sql`case when ${noEnd} then null else ${lastDay} end`;
  const grace = sql`case ${ending !== undefined ? empty : sql`when ${noEnd} then null`} when t.grace_period_date is not null then ${dialect.dayOf(raw('t.grace_period_date'), 0)}
    else ${dialect.addDays(lastDay, config.GRACE_DAYS_TRIAL)} end`;
  const start = zonedDay(dialect, raw('t.created_at'), config.REPORT_TIMEZONE, today);
  const status = termStatus({ start, end, grace }, asOf);
  // Not a correlated subquery: where this is a condition in a derived table, MariaDB loses those from the second execution on.
  const superseded = sql`case when t.is_fluent_license_check = 1 and t.premium_license_id <> ''
    and ${dialect.neutralText(raw('t.premium_license_id'))} in (select tx.license_key from ${db.table('externalLicense', 'tx')}) then 1 else 0 end`;
  return {
    mayEnd: ending === undefined ? raw('1 = 1') : sql`t.expiration_date < ${addDays(ending.to, 1)}
      and (t.expiration_date >= ${addDays(ending.from, -config.GRACE_DAYS_TRIAL)} or t.grace_period_date >= ${ending.from})`,
    from: db.table('trial', 't'),
    joins: [],
    columns: {
      id: raw(`t.id + ${idOffsets.TRIAL}`), source: raw(`'TRIAL'`), row_id: raw('t.id'), provider: raw('null'), license_key: raw('t.license_key'),
      site_url: raw('t.site_url'), site_host: host, site_count: raw('1'), product_key: raw('lower(trim(t.product_slug))'), product_id: raw('null'),
      company_id: raw('null'), partner_id: raw('null'),
      owner_kind: sql`case when ${host} <> '' then 'SITE' end`,
      owner_key: dialect.concat([raw(`'s:'`), sql`case when ${host} <> '' then ${host} end`]),
      is_premium: raw('case when t.is_fluent_license_check = 1 then 1 else 0 end'), quantity: raw('1'), is_unlimited: raw('0'),
      deployed: sql`case when t.is_active = 1 and ${status} in ('PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY', 'IN_GRACE') then 1 else 0 end`,
      activations: raw('null'), start_date: start, end_date: end, grace_end_date: grace,
      currency: raw('null'), arr: raw('0'), unit_price: raw('null'), interval_months: raw('null'), auto_renew: raw('null'),
      last_checked_in_at: trialsTakeCheckIns ? raw('t.last_checked_in_at') : ownCheckIn(db.table('checkIn', 'tc')),
      status, is_enabled: raw('case when t.is_active = 1 then 1 else 0 end'), is_superseded: superseded,
      sub_status: raw(`case when t.is_fluent_license_check = 1 then 'CONVERTED'
        when t.premium_license_id is not null and t.premium_license_id <> '' then 'REVERTED'
        when t.is_active = 1 then 'TRIAL' else 'INACTIVE' end`),
      fetched_at: raw('null'),
    },
  };
}

/** Where the rows of trials take no check-ins, ours do. */
function ownCheckIn(checkIns: Sql): Sql {
  return sql`(select max(tc.checked_in_at) from ${checkIns} where tc.kind = 'TRIAL' and tc.license_id = t.id)`;
}
