import sql, { join, raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import type { LicenseSource } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { unifiedSource } from '../../modules/unified/relation.js';
import { groupColumns, type GroupedBy, type LicensePart } from './grouping.js';
import { listedPrices, latestPrice } from './price.js';
import type { PositionQuery } from './query.js';
import { usersByOwner } from './users.js';

/** What is added up of each group, beside the state that decides what it counts for. */
const measures = ['quantity', 'activations', 'trials', 'users', 'unattributed', 'unlimited', 'unknown_limits', 'row_count'] as const;
type Measures = Partial<Record<(typeof measures)[number], Sql>>;

const used: Record<LicenseSource, readonly UnifiedColumn[]> = {
  PORTAL: ['quantity', 'status'],
  EXTERNAL: ['quantity', 'status', 'deployed', 'is_enabled', 'is_unlimited'],
  TRIAL: ['status', 'is_enabled', 'is_superseded'],
};

const ofLicense: Record<LicenseSource, Measures> = {
  PORTAL: { quantity: raw('k.quantity'), row_count: raw('1') },
  EXTERNAL: {
    quantity: raw('case when k.is_enabled = 1 then k.quantity else 0 end'),
    activations: raw('k.deployed'),
    unlimited: raw('case when k.is_enabled = 1 then k.is_unlimited else 0 end'),
    unknown_limits: raw('case when k.is_enabled = 1 and k.is_unlimited = 0 and k.quantity = 0 then 1 else 0 end'),
  },
  TRIAL: { trials: raw('case when k.is_enabled = 1 and k.is_superseded = 0 then 1 else 0 end') },
};

/** Rows that count for something: most trials are long over. */
const counts: Record<LicenseSource, Sql> = {
  PORTAL: raw('1 = 1'),
  EXTERNAL: raw(`k.status not in ('SCHEDULED', 'INVALID')`),
  TRIAL: raw(`k.is_enabled = 1 and k.status in ('PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY', 'IN_GRACE')`),
};

const priceColumns: readonly UnifiedColumn[] = ['id', 'start_date', 'currency', 'unit_price'];

/**
 * Groups of every source `g`, by the grouping and by state: each source is added up by itself, so that users never multiply
 * seats, and little is left where the sources meet. With `priced`, each group has its latest unit price.
 */
export function parts(query: PositionQuery, priced: boolean): Sql {
  const { grouping, scope } = query;
  const licences = scope.sources.flatMap((source) => grouping.ofLicense(source).map((part) => licencePart(query, source, part, priced)));
  const users = scope.sources.includes('PORTAL') ? [userPart(query, priced)] : [];
  const listed = priced && query.by === 'PRODUCT' && scope.sources.includes('EXTERNAL') ? [listedPart(query)] : [];
  const some = [...licences, ...users, ...listed];
  return join(some.length === 0 ? [nothing(query, priced)] : some, ' union all ');
}

/** One part of a source, added up unless hardly anything would meet there. */
function licencePart(query: PositionQuery, source: LicenseSource, { by, where, summed, siteId }: LicensePart, priced: boolean): Sql {
  const { context, asOf, grouping, scope, filterColumns } = query;
  const prices = priced && source !== 'TRIAL';
  const columns = [...used[source], ...grouping.columns, ...filterColumns, ...(prices ? priceColumns : [])];
  const figures: Measures = ofLicense[source];
  const from = sql`${unifiedSource(context, source, asOf, columns)} where ${all([scope.licenses, where, counts[source]])}`;
  const latest = prices ? latestPrice(context) : raw('null');
  if (!summed) return row(by, figures, priced ? latest : null, from, { state: raw('k.status'), siteId });
  const rows = sql`select ${join([
    ...Object.entries(by).map(([name, value]) => sql`${value} as ${raw(name)}`), raw('k.status as state'),
    ...Object.entries(figures).map(([name, value]) => sql`${value} as ${raw(name)}`), ...(prices ? [sql`${latest} as latest`] : []),
  ])} from ${from}`;
  return grouped(rows, { by: [...Object.keys(by), 'state'], figures, priced, latest: prices });
}

/** Rows of `t` with their figures added up by some of the columns; all other columns are null or 0. */
function grouped(rows: Sql, { by, figures, priced, latest }: { by: readonly string[]; figures: Measures; priced: boolean; latest: boolean }): Sql {
  const own = (name: string): Sql => raw(by.includes(name) ? `t.${name}` : 'null');
  const sums = measures.map((name) => (figures[name] === undefined ? raw(`0 as ${name}`) : raw(`sum(t.${name}) as ${name}`)));
  return sql`select ${join([
    ...groupColumns.map((name) => sql`${own(name)} as ${raw(name)}`), raw('null as site_id, t.state as state'), ...sums,
    ...(priced ? [raw(latest ? 'max(t.latest) as latest' : 'null as latest')] : []),
  ])} from (${rows}) t group by ${raw(by.map((name) => `t.${name}`).join(', '))}`;
}

/** Users, each owner's a row of its own. */
function userPart(query: PositionQuery, priced: boolean): Sql {
  const attributed = query.by === 'PRODUCT' ? raw('u.product_key is not null') : raw('1 = 1');
  return row(query.grouping.ofUsers, {
    users: sql`case when ${attributed} then u.n else 0 end`, unattributed: sql`case when ${attributed} then 0 else u.n end`,
  }, priced ? raw('null') : null, sql`(${usersByOwner(query)}) u`);
}

/** Prices of the list, which stand in where no licence of the product has one. */
function listedPart(query: PositionQuery): Sql {
  const { source, price, product } = listedPrices(query);
  return row({ product_key: product }, {}, price, source);
}

/** No source is asked for: a statement without rows. */
function nothing({ context }: PositionQuery, priced: boolean): Sql {
  return sql`${row({}, {}, priced ? raw('null') : null, context.db.table('company', 'u'))} where 1 = 0`;
}

function row(groupedBy: GroupedBy, figures: Measures, latest: Sql | null, source: Sql, { state, siteId }: { state?: Sql; siteId?: Sql | undefined } = {}): Sql {
  return sql`select ${join([
    ...groupColumns.map((name) => sql`${groupedBy[name] ?? raw('null')} as ${raw(name)}`), sql`${siteId ?? raw('null')} as site_id, ${state ?? raw(`''`)} as state`,
    ...measures.map((name) => sql`${figures[name] ?? raw('0')} as ${raw(name)}`),
    ...(latest === null ? [] : [sql`${latest} as latest`]),
  ])} from ${source}`;
}
