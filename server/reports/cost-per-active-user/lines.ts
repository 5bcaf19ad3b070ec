import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { activeByOwner, ownerNumber } from '../../modules/activity/owners.js';
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

/** Each currency has the check-ins of its own licences, since each licence has one price. */
function externalLines(question: CostQuestion): Sql {
  return sql`(select min(k.id) as id, 'EXTERNAL' as source, k.company_id, k.partner_id, k.site_host, k.currency, count(*) as licenses,
      sum(k.arr) as spend, sum(k.used) as active
    from (${pricedExternals(question)}) k group by k.company_id, k.partner_id, k.site_host, k.currency) k`;
}

const externalColumns = [
  'id', 'company_id', 'partner_id', 'site_host', 'product_key', 'currency', 'arr', 'last_checked_in_at', 'status', 'is_enabled', 'is_superseded',
] as const;

/** The external licences in force with a price, each with its owner and whether it checked in within the window. */
export function pricedExternals({ context, asOf, window, scope }: CostQuestion): Sql {
  return sql`select k.id, k.company_id, case when k.company_id is null then k.partner_id end as partner_id,
      case when k.company_id is null and k.partner_id is null then coalesce(k.site_host, '') end as site_host, k.currency, k.arr,
      case when k.last_checked_in_at >= ${window.startsAt} and k.last_checked_in_at < ${window.endsBefore} then 1 else 0 end as used
    from ${unifiedSource(context, 'EXTERNAL', asOf, externalColumns)} where ${all([licenceInForce, scope.licenses, pricedIn(context)])}`;
}

/** `k` with currency and arr adds to the spend. */
export function pricedIn({ db }: Context): Sql {
  return sql`k.arr is not null and ${hasKnownCurrency(db.dialect, raw('k.currency'))}`;
}
