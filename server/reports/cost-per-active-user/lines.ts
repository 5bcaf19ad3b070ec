import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { keptWhole } from '../../db/kept-whole.js';
import { ownerNumber } from '../../modules/activity/owner-number.js';
import { activeByOwner } from '../../modules/activity/owners.js';
import { idOffsets } from '../../modules/unified/columns.js';
import { hasKnownCurrency } from '../../modules/unified/known-currency.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import type { CostQuestion, PaidSource } from './question.js';

/**
 * One row per owner and currency of one source: a derived table `k` with id (of the first licence, so that no two lines share
 * one), source, company_id, partner_id, site_host, currency, licenses, spend (1/60 minor units) and active. Without `used`
 * nothing is read of anybody's activity, and active is 0.
 */
export function ownerLines(question: CostQuestion, source: PaidSource, used = true): Sql {
  return source === 'PORTAL' ? portalLines(question, used) : externalLines(question);
}

/** Spend is summed and users are counted apart, owner by owner, before they meet: neither multiplies the other. */
function portalLines({ context, asOf, window, scope }: CostQuestion, used: boolean): Sql {
  const columns = ['id', 'company_id', 'partner_id', 'product_key', 'currency', 'arr', 'status', 'is_enabled', 'is_superseded'] as const;
  const spend = sql`select ${ownerNumber('k')} as owner, k.currency as currency, min(k.id) as id, min(k.company_id) as company_id,
      min(k.partner_id) as partner_id, count(*) as licenses, sum(k.arr) as spend
    from ${unifiedSource(context, 'PORTAL', asOf, columns)} where ${all([licenceInForce, scope.licenses])} group by owner, k.currency`;
  const users = used ? sql`left join ${activeByOwner(context, window, scope.owners)} w on w.owner = s.owner` : sql``;
  return sql`(select s.id, 'PORTAL' as source, s.company_id, s.partner_id, null as site_host, s.currency, s.licenses, s.spend,
      ${raw(used ? 'coalesce(w.active, 0)' : '0')} as active
    from (${spend}) s ${users}) k`;
}

/**
 * Each currency has the check-ins of its own licences, since each licence has one price. Grouped by an owner of numbers and a
 * digest of the host, which is read again of the line's first licence: a page of 200,000 licences took MariaDB 3.9 seconds so on
 * a busy machine, and 8.6 grouped by the hosts themselves, which are too wide for a temporary table in memory.
 */
function externalLines(question: CostQuestion): Sql {
  const { context, asOf } = question;
  const lines = sql`select min(k.row_id) as row_id, min(k.company_id) as company_id, min(k.partner_id) as partner_id, k.currency as currency,
      count(*) as licenses, sum(k.arr) as spend, sum(k.used) as active
    from (${pricedExternals(question)} ${keptWhole}) k group by k.owner, k.host_key, k.currency`;
  return sql`(select s.row_id + ${raw(String(idOffsets.EXTERNAL))} as id, 'EXTERNAL' as source, s.company_id, s.partner_id,
      case when s.company_id is null and s.partner_id is null then coalesce(k.site_host, '') end as site_host, s.currency, s.licenses, s.spend, s.active
    from (${lines}) s left join ${unifiedSource(context, 'EXTERNAL', asOf, ['row_id', 'site_host'])} on k.row_id = s.row_id) k`;
}

const externalColumns = [
  'row_id', 'company_id', 'partner_id', 'site_host', 'product_key', 'currency', 'arr', 'last_checked_in_at', 'status', 'is_enabled', 'is_superseded',
] as const;

/**
 * The external licences in force with a price, each with its owner (a number, or where none is known a digest of the host) and
 * whether it checked in within the window.
 */
export function pricedExternals({ context, asOf, window, scope }: CostQuestion): Sql {
  const host = context.db.dialect.shortKey(raw(`coalesce(k.site_host, '')`));
  return sql`select k.row_id, k.company_id, case when k.company_id is null then k.partner_id end as partner_id, ${ownerNumber('k')} as owner,
      case when k.company_id is null and k.partner_id is null then ${host} end as host_key, k.currency, k.arr,
      case when k.last_checked_in_at >= ${window.startsAt} and k.last_checked_in_at < ${window.endsBefore} then 1 else 0 end as used
    from ${unifiedSource(context, 'EXTERNAL', asOf, externalColumns)} where ${all([licenceInForce, scope.licenses, pricedIn(context)])}`;
}

/** `k` with currency and arr adds to the spend. */
export function pricedIn({ db }: Context): Sql {
  return sql`k.arr is not null and ${hasKnownCurrency(db.dialect, raw('k.currency'))}`;
}
