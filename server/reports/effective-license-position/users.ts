import sql, { join, raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import type { PositionQuery } from './query.js';

/**
 * Registered users by owner, `(company_id, partner_id, product_key, n)`: of companies, and those attached directly to a partner.
 * product_key is read by PRODUCT alone; null there: the users cannot be attributed to one product.
 */
export function usersByOwner(query: PositionQuery): Sql {
  const counted = (owner: 'company' | 'partner') => {
    // Not by the bare column: an index on it would be followed into every row, for a flag that it does not hold.
    const column = raw(`u.${owner}_id`);
    const owned = raw(owner === 'company' ? 'u.company_id is not null' : 'u.company_id is null and u.partner_id is not null');
    return sql`select ${owner === 'company' ? sql`${column} + 0 as company_id, null as partner_id` : sql`null as company_id, ${column} + 0 as partner_id`},
      count(*) as n from ${query.context.db.table('user', 'u')}
      where ${all([raw('u.active = 1'), owned, query.scope.owners.users, ...holders(query, owner)])} group by ${column} + 0`;
  };
  const users = sql`${counted('company')} union all ${counted('partner')}`;
  if (query.by !== 'PRODUCT') return users;
  const within = (owner: Sql): Sql => (query.products === null ? owner : sql`case when ${owner} in (${join([...query.products, ''])}) then ${owner} end`);
  return sql`select u.company_id as company_id, u.partner_id as partner_id, ${within(raw('coalesce(pc.product_key, pp.product_key)'))} as product_key, u.n as n
    from (${users}) u left join (${productsOfOwners(query, 'company')}) pc on pc.owner_id = u.company_id
    left join (${productsOfOwners(query, 'partner')}) pp on pp.owner_id = u.partner_id`;
}

/** Users have neither product nor currency: a filter on these keeps the users of owners that hold a passing round. */
function holders({ context, scope, asOf, filterColumns }: PositionQuery, owner: 'company' | 'partner'): Sql[] {
  if (scope.ofOwnersOnly) return [];
  const rounds = unifiedSource(context, 'PORTAL', asOf, ['company_id', 'partner_id', 'status', ...filterColumns]);
  return [sql`u.${raw(owner)}_id in (select k.${raw(owner)}_id from ${rounds}
    where ${all([raw(`k.${owner}_id is not null`), raw(`k.status not in ('SCHEDULED', 'INVALID')`), scope.licenses])})`];
}

/**
 * The product of each owner that holds exactly one, `(owner_id, product_key)`: among its rounds in force, or among its past
 * ones where none is in force. Of all its rounds, whatever the report is filtered by.
 */
function productsOfOwners({ context, asOf }: PositionQuery, owner: 'company' | 'partner'): Sql {
  const rounds = unifiedSource(context, 'PORTAL', asOf, ['company_id', 'partner_id', 'product_key', 'status', 'is_enabled', 'is_superseded']);
  const product = context.db.dialect.neutralExactText(raw(`coalesce(k.product_key, '')`));
  return sql`select t.owner_id as owner_id, case when min(t.current_key) = max(t.current_key) then min(t.current_key)
      when min(t.current_key) is null and min(t.any_key) = max(t.any_key) then min(t.any_key) end as product_key
    from (select k.${raw(owner)}_id as owner_id, ${product} as any_key, case when ${licenceInForce} then ${product} end as current_key from ${rounds}
      where k.${raw(owner)}_id is not null and k.status not in ('SCHEDULED', 'INVALID')) t group by t.owner_id`;
}
