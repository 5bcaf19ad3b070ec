import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import type { LicenseSource } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { licenceInForce, licenceInGrace, unifiedSource } from '../../modules/unified/relation.js';
import { groupColumns, groupValues, knownCurrency, resellerJoin, type GroupedBy } from './dimensions.js';
import { kinds, states, type FactColumn } from './measures.js';
import type { AnalyzeQuestion } from './question.js';

/** What a fact adds to its groups; what it leaves out it adds nothing to. */
type Added = Partial<Record<FactColumn, Sql>>;

const nothing: Record<FactColumn, Sql> = {
  licence_id: raw('null'), kind: raw('0'), state: raw(String(states.other)), currency: raw('null'), n: raw('0'), quantity: raw('0'), arr: raw('null'),
  owners: raw('0'), registered: raw('0'), active: raw('0'),
};

/** The columns that all facts of a statement have beside their groups, in one order. */
export function factColumns(needs: ReadonlySet<FactColumn>, added: Added): Sql[] {
  return [...needs].sort().map((column) => sql`${added[column] ?? nothing[column]} as ${raw(column)}`);
}

/**
 * The licences of a source that are analysed, `k` with these columns and those of the filter; what else is selected is joined to
 * each of them once. INVALID ones, and trials that count as their premium licence, are left out.
 */
export function licencesOf(question: AnalyzeQuestion, source: LicenseSource, columns: readonly UnifiedColumn[], reseller: boolean, ...conditions: Sql[]): Sql {
  const { context, asOf, licences, filterColumns, filterJoins } = question;
  const superseded: UnifiedColumn[] = source === 'TRIAL' ? ['is_superseded'] : [];
  const counted = [raw(`k.status <> 'INVALID'`), ...superseded.map(() => raw('k.is_superseded = 0'))];
  return sql`${unifiedSource(context, source, asOf, [...columns, ...filterColumns, 'status', ...superseded])}
    ${filterJoins} ${reseller ? resellerJoin(context) : empty} where ${all([...counted, licences, ...conditions])}`;
}

const stateOf = sql`case when ${licenceInForce} then ${raw(String(states.inForce))} when ${licenceInGrace} then ${raw(String(states.inGrace))} else ${raw(String(states.other))} end`;

/** A trial grants no seats: it is deployed, never purchased. */
const quantityOf: Record<LicenseSource, Sql> = { PORTAL: raw('k.quantity'), TRIAL: raw('0'), EXTERNAL: raw('k.quantity') };

/** The licences of a source, added up by group, state and currency as far as these are needed. */
export function licenceFact(question: AnalyzeQuestion, dims: readonly GroupedBy[], needs: ReadonlySet<FactColumn>, source: LicenseSource): Sql {
  const { context } = question;
  const { dialect } = context.db;
  const grouped = [...groupColumns(dims), 'kind', ...(['state', 'currency'] as const).filter((column) => needs.has(column))];
  const summed = (['quantity', 'arr'] as const).filter((column) => needs.has(column));
  const columns: UnifiedColumn[] = [
    ...dims.flatMap((dim) => dim.columns), ...(needs.has('state') ? (['is_enabled', 'is_superseded'] as const) : []),
    ...(needs.has('licence_id') ? (['id'] as const) : []), ...(needs.has('quantity') ? (['quantity'] as const) : []), ...(needs.has('arr') ? (['arr'] as const) : []), ...(needs.has('currency') ? (['currency'] as const) : []),
  ];
  const rows = sql`select ${join([
    ...groupValues(context, dims), sql`${raw(String(kinds[source]))} as kind`,
    ...(needs.has('state') ? [sql`${stateOf} as state`] : []),
    ...(needs.has('currency') ? [sql`${knownCurrency(dialect)} as currency`] : []),
    ...(needs.has('quantity') ? [sql`${quantityOf[source]} as quantity`] : []),
    ...(needs.has('arr') ? [raw('k.arr as arr')] : []),
    ...(needs.has('licence_id') ? [raw('k.id as licence_id')] : []),
  ])} from ${licencesOf(question, source, columns, dims.some(({ ofReseller }) => ofReseller))}`;
  // Hardly two licences of sites fall into one group: they are added up where the sources meet.
  if (source !== 'PORTAL' && dims.some(({ host }) => host !== undefined)) {
    return sql`select ${join([...groupColumns(dims).map((column) => raw(`t.${column} as ${column}`)), ...factColumns(needs, {
      kind: raw('t.kind'), state: raw('t.state'), currency: raw('t.currency'), n: raw('1'), licence_id: raw('t.licence_id'), quantity: raw('t.quantity'), arr: raw('t.arr'),
    })])} from (${rows}) t`;
  }
  const added: Added = {
    kind: raw('t.kind'), state: raw('t.state'), currency: raw('t.currency'), n: raw('count(*)'), licence_id: raw('min(t.licence_id)'),
    ...Object.fromEntries(summed.map((column) => [column, raw(`sum(t.${column})`)])),
  };
  const groups = grouped.map((column) => raw(`t.${column}`));
  return sql`select ${join([...groupColumns(dims).map((column) => raw(`t.${column} as ${column}`)), ...factColumns(needs, added)])}
    from (${rows}) t group by ${join(groups)}`;
}

/** No source and no owner is asked for: a fact without rows. */
export function noFact({ context }: AnalyzeQuestion, dims: readonly GroupedBy[], needs: ReadonlySet<FactColumn>): Sql {
  return sql`select ${join([...groupColumns(dims).map((column) => raw(`null as ${column}`)), ...factColumns(needs, {}), raw('c.id as row_id')])}
    from ${context.db.table('company', 'c')} where 1 = 0`;
}
