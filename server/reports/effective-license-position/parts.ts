import sql, { join, raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import type { LicenseSource } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { unifiedSource } from '../../modules/unified/relation.js';
import type { Grouping, LicensePart } from './grouping.js';
import { listedPrices, latestPrice } from './price.js';
import type { PositionQuery } from './query.js';
import { usersByOwner } from './users.js';

/** What is added up of each group, beside the state that decides what it counts for. */
export const measures = ['quantity', 'activations', 'trials', 'users', 'unattributed', 'unlimited', 'unknown_limits', 'row_count'] as const;
export type Measure = (typeof measures)[number];

/** States of licences, as numbers: texts would be compared for every figure of every group. */
export const states = { inForce: 1, inGrace: 2, invalid: 3, scheduled: 4, past: 0 } as const;

const stateOf = raw(`case k.status when 'PERPETUAL' then ${states.inForce} when 'ACTIVE' then ${states.inForce} when 'EXPIRES_TODAY' then ${states.inForce}
  when 'IN_GRACE' then ${states.inGrace} when 'INVALID' then ${states.invalid} when 'SCHEDULED' then ${states.scheduled} else ${states.past} end`);

const used: Record<LicenseSource, readonly UnifiedColumn[]> = {
  PORTAL: ['quantity', 'status'],
  EXTERNAL: ['quantity', 'status', 'deployed', 'is_enabled', 'is_unlimited'],
  TRIAL: ['status', 'is_enabled', 'is_superseded'],
};

const ofLicense: Record<LicenseSource, Part['figures']> = {
  PORTAL: { quantity: raw('k.quantity'), row_count: raw('1') },
  EXTERNAL: {
    quantity: raw('case when k.is_enabled = 1 then k.quantity else 0 end'),
    activations: raw('k.deployed'),
    unlimited: raw('case when k.is_enabled = 1 then k.is_unlimited else 0 end'),
    unknown_limits: raw('case when k.is_enabled = 1 and k.is_unlimited = 0 and k.quantity = 0 then 1 else 0 end'),
  },
  TRIAL: { trials: raw('case when k.is_superseded = 0 then 1 else 0 end') },
};

/** Rows that count for something: most rounds and trials are long over. Past rounds still tell a price. */
function counts(source: LicenseSource, priced: boolean): Sql {
  switch (source) {
    case 'PORTAL':
      return raw(priced ? `k.status <> 'SCHEDULED'` : `k.status not in ('EXPIRED', 'SCHEDULED')`);
    case 'EXTERNAL':
      return raw('1 = 1');
    case 'TRIAL':
      return raw(`k.is_enabled = 1 and k.status in ('PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY', 'IN_GRACE')`);
  }
}

const priceColumns: readonly UnifiedColumn[] = ['id', 'start_date', 'currency', 'unit_price'];

/** Rows of one kind, before the kinds meet. */
interface Part {
  key: Sql;
  state: Sql;
  figures: Partial<Record<Measure, Sql>>;
  licenceId: Sql | null;
  /** The unit price as one text, null where there is none. */
  latest: Sql | null;
  from: Sql;
  summed: boolean;
}

/** Groups that meet in lines, and what is known of them. */
export interface Groups {
  /** Statement of the groups by `part` and `state`; users never multiply seats, as every kind has rows of its own. */
  rows: Sql;
  /** The measures that any of them has. */
  measures: ReadonlySet<Measure>;
}

/** Groups of every source that stand in lines of the grouping. With `priced`, each has its latest unit price. */
export function groupsOf(query: PositionQuery, grouping: Grouping, priced: boolean): Groups {
  const { scope, by } = query;
  const licences = scope.sources.flatMap((source) => {
    const part = grouping.ofLicense(source);
    return part === null ? [] : [licencePart(query, grouping, source, part, priced)];
  });
  const users = grouping.ofUsers !== null && scope.sources.includes('PORTAL') ? [userPart(query, grouping.ofUsers)] : [];
  const listed = priced && by === 'PRODUCT' && scope.sources.includes('EXTERNAL') ? [listedPart(query)] : [];
  const parts = [...licences, ...users, ...listed];
  const present = measures.filter((name) => parts.some(({ figures }) => figures[name] !== undefined));
  const columns: Columns = { present, licenceId: grouping.toldByLicense, priced };
  const some = parts.length === 0 ? [nothing(query)] : parts;
  return { rows: join(some.map((part) => (part.summed ? summed(part, columns) : rowsOf(part, columns))), ' union all '), measures: new Set(present) };
}

function licencePart(query: PositionQuery, grouping: Grouping, source: LicenseSource, { key, where, summed: isSummed }: LicensePart, priced: boolean): Part {
  const { context, asOf, scope, filterColumns } = query;
  const prices = priced && source !== 'TRIAL';
  const columns = [...used[source], ...grouping.columns, ...filterColumns, ...(prices ? priceColumns : [])];
  return {
    key, state: stateOf, figures: ofLicense[source], licenceId: raw('k.id'), latest: prices ? latestPrice(context) : null, summed: isSummed,
    from: sql`${unifiedSource(context, source, asOf, columns)} where ${all([scope.licenses, where, counts(source, priced)])}`,
  };
}

const noLicence = { state: raw(String(states.past)), licenceId: null, latest: null, summed: false };

/** Users, each owner's a row of its own. */
function userPart(query: PositionQuery, key: Sql): Part {
  const figures: Part['figures'] = query.by === 'PRODUCT'
    ? { users: raw('case when u.product_key is not null then u.n else 0 end'), unattributed: raw('case when u.product_key is null then u.n else 0 end') }
    : { users: raw('u.n') };
  return { ...noLicence, key, figures, from: sql`(${usersByOwner(query)}) u` };
}

/** Prices of the list, which stand in where no licence of the product has one. */
function listedPart(query: PositionQuery): Part {
  const { source, price, product } = listedPrices(query);
  return { ...noLicence, key: product, figures: {}, latest: price, from: source };
}

/** No source is asked for: a statement without rows. */
function nothing({ context }: PositionQuery): Part {
  return { ...noLicence, key: raw('u.id'), figures: {}, from: sql`${context.db.table('company', 'u')} where 1 = 0` };
}

interface Columns {
  present: readonly Measure[];
  licenceId: boolean;
  priced: boolean;
}

/** The rows of a part, under the names that groups have. */
function rowsOf({ key, state, figures, licenceId, latest, from }: Part, columns: Columns): Sql {
  return sql`select ${join([
    sql`${key} as part`, sql`${state} as state`, ...columns.present.map((name) => sql`${figures[name] ?? raw('0')} as ${raw(name)}`),
    ...(columns.licenceId ? [sql`${licenceId ?? raw('null')} as licence_id`] : []), ...(columns.priced ? [sql`${latest ?? raw('null')} as latest`] : []),
  ])} from ${from}`;
}

/** The same, added up. */
function summed(part: Part, columns: Columns): Sql {
  const sums = columns.present.map((name) => raw(part.figures[name] === undefined ? `0 as ${name}` : `sum(t.${name}) as ${name}`));
  return sql`select ${join([
    raw('t.part as part, t.state as state'), ...sums, ...(columns.licenceId ? [raw('min(t.licence_id) as licence_id')] : []),
    ...(columns.priced ? [raw(part.latest === null ? 'null as latest' : 'max(t.latest) as latest')] : []),
  ])} from (${rowsOf(part, columns)}) t group by t.part, t.state`;
}
