import sql, { join, raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import type { PositionQuery } from './query.js';

/**
 * Registered users by owner, `(owner_id, product_key, n)`: of companies, and those attached directly to a partner, whose id is
 * below zero. product_key is read by PRODUCT alone; null there: the users cannot be attributed to one product.
 */
export function usersByOwner(query: PositionQuery): Sql {
  // Not by the bare column: an index on it would be followed into every row, for a flag that it does not hold.
  const counted = (owner: Sql, conditions: readonly Sql[]): Sql => sql`select ${owner} as owner_id, count(*) as n from ${query.context.db.table('user', 'u')}
      where ${all([raw('u.active = 1'), query.scope.owners.users, ...conditions])} group by ${owner}`;
  const users = query.scope.ofOwnersOnly
    ? counted(raw('case when u.company_id is not null then u.company_id else -u.partner_id end'), [raw('u.company_id is not null or u.partner_id is not null')])
    : sql`${counted(raw('u.company_id + 0'), [raw('u.company_id is not null'), holders(query, 'company')])}
      union all ${counted(raw('-u.partner_id'), [raw('u.company_id is null and u.partner_id is not null'), holders(query, 'partner')])}`;
  if (query.by !== 'PRODUCT') return users;
  const within = (owner: Sql): Sql => (query.products === null ? owner : sql`case when ${owner} in (${join([...query.products, ''])}) then ${owner} end`);
  return sql`select u.owner_id as owner_id, ${within(raw('coalesce(pc.product_key, pp.product_key)'))} as product_key, u.n as n
    from (${users}) u left join (${productsOfOwners(query, 'company')}) pc on pc.owner_id = u.owner_id
    left join (${productsOfOwners(query, 'partner')}) pp on pp.owner_id = -u.owner_id`;
}

/** Users have neither product nor currency: a filter on these keeps the users of owners that hold a passing round. */
function holders({ context, scope, asOf, filterColumns }: PositionQuery, owner: 'company' | 'partner'): Sql {
  const rounds = unifiedSource(context, 'PORTAL', asOf, ['company_id', 'partner_id', 'status', ...filterColumns]);
  return sql`u.${raw(owner)}_id in (select k.${raw(owner)}_id from ${rounds}
    where ${all([raw(`k.${owner}_id is not null`), raw(`k.status not in ('SCHEDULED', 'INVALID')`), scope.licenses])})`;
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
