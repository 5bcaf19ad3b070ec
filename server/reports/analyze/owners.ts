import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import { ownerNumber } from '../../modules/activity/owner-number.js';
import { activeByOwner } from '../../modules/activity/owners.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { dimensions, groupColumns, groupValues, noHost, resellerJoin, type GroupedBy } from './dimensions.js';
import { factColumns, licencesOf } from './facts.js';
import type { FactColumn } from './measures.js';
import type { AnalyzeQuestion } from './question.js';

const owned = raw('u.company_id is not null or u.partner_id is not null');

/** The number of an owner as its two ids. */
const idsOf = (owner: string): Sql => raw(`case when ${owner} >= 0 then ${owner} end as company_id, case when ${owner} < 0 then -${owner} end as partner_id`);

const isOfOwner = ({ ofOwner }: GroupedBy): boolean => ofOwner;

/**
 * Companies and partners as rows `k` (company_id, partner_id, site_host); `withUsers` also those that are known by their users alone,
 * since rows of owners may be missing. Without dimensions of licences all of them stand where they would with their licences;
 * otherwise only those that hold none are left.
 */
function ownersFor(question: AnalyzeQuestion, dims: readonly GroupedBy[], withUsers: boolean): Sql {
  const { context: { db }, scope } = question;
  const users = sql`union select ${ownerNumber('u')} as owner from ${db.table('user', 'u')} where ${all([owned, scope.owners.users])}`;
  const owners = sql`(select c.id as owner from ${db.table('company', 'c')} where ${scope.owners.companies}
    union select -p.id as owner from ${db.table('partner', 'p')} where ${scope.owners.partners} ${withUsers ? users : empty}) o`;
  const held = (['PORTAL', 'EXTERNAL'] as const).filter((source) => scope.sources.includes(source)).map((source) =>
    sql`select distinct ${ownerNumber('k')} as owner from ${licencesOf(question, source, ['company_id', 'partner_id'], false, raw('k.company_id is not null or k.partner_id is not null'))}`);
  const without = sql`left join (${join(held, ' union ')}) h on h.owner = o.owner where h.owner is null`;
  return sql`(select ${idsOf('o.owner')}, null as site_host from ${owners} ${dims.every(isOfOwner) ? empty : without}) k`;
}

/** Owners that may hold no licence, each in its group, adding nothing: so that the group is there. */
export function keptOwners(question: AnalyzeQuestion, dims: readonly GroupedBy[], needs: ReadonlySet<FactColumn>): Sql {
  return sql`select ${join([...groupValues(question.context, dims, isOfOwner), ...factColumns(needs, {})])}
    from ${ownersFor(question, dims, false)} ${resellers(question, dims)}`;
}

/** The distinct owners of each group: of its licences, and where owners without one stand, these. */
export function ownersFact(question: AnalyzeQuestion, dims: readonly GroupedBy[], needs: ReadonlySet<FactColumn>): Sql {
  const { context, scope, ofHoldersOnly } = question;
  const owner: GroupedBy = { ...dimensions.OWNER, name: 'OWNER', column: 'o' };
  const columns: UnifiedColumn[] = [...owner.columns, ...dims.flatMap((dim) => dim.columns)];
  // A union makes its rows distinct by itself.
  const distinct = raw(scope.sources.length === 1 && ofHoldersOnly ? 'distinct' : '');
  const holders = scope.sources.map((source) => sql`select ${distinct} ${join(groupValues(context, [...dims, owner]))}
    from ${licencesOf(question, source, columns, dims.some(({ ofReseller }) => ofReseller))}`);
  const others = ofHoldersOnly ? [] : [sql`select ${join(groupValues(context, [...dims, owner], isOfOwner))} from ${ownersFor(question, dims, true)} ${resellers(question, dims)}`];
  const groups = groupColumns(dims);
  // Grouped by a constant where there is no dimension: a count without groups over a derived table fails when MariaDB runs it again.
  return sql`select ${join([...groups.map((column) => raw(`t.${column} as ${column}`)), ...factColumns(needs, { owners: raw('count(*)') })])}
    from (select e.*, 1 as sw_one from (${join([...holders, ...others], ' union ')}) e where e.o is not null or e.o_h <> ${noHost(context.db.dialect)}) t
    group by ${join([raw('t.sw_one'), ...groups.map((column) => raw(`t.${column}`))])}`;
}

/**
 * Users by group. A user has one owner, and an owner stands once in each group in which it holds a round: so the users of a group are
 * counted by adding up those of its owners. Owners without a passing round stand where the dimensions of licences are null.
 */
export function usersFact(question: AnalyzeQuestion, dims: readonly GroupedBy[], needs: ReadonlySet<FactColumn>): Sql {
  const { context, ofHoldersOnly } = question;
  const ofLicence = dims.filter((dim) => !isOfOwner(dim));
  const groups = groupColumns(dims);
  const joined = ofLicence.length > 0 || ofHoldersOnly;
  const holders = sql`select distinct ${join([sql`${ownerNumber('k')} as owner`, ...groupValues(context, ofLicence)])}
    from ${licencesOf(question, 'PORTAL', ['company_id', 'partner_id', ...ofLicence.flatMap((dim) => dim.columns)], false)}`;
  const read = [idsOf('v.owner'), raw('null as site_host, v.registered as registered, v.active as active'), ...groupColumns(ofLicence).map((column) => raw(`h.${column} as ${column}`))];
  const rows = sql`(select ${join(read)} from (${usersByOwner(question, needs)}) v
    ${joined ? sql`${raw(ofHoldersOnly ? 'join' : 'left join')} (${holders}) h on h.owner = v.owner` : empty}) k`;
  return sql`select ${join([...groups.map((column) => raw(`t.${column} as ${column}`)), ...factColumns(needs, { registered: raw('sum(t.registered)'), active: raw('sum(t.active)') })])}
    from (select ${join([...groupValues(context, dims, isOfOwner, (column) => raw(`k.${column}`)), raw('1 as sw_one, k.registered as registered, k.active as active')])}
      from ${rows} ${resellers(question, dims)}) t
    group by ${join([raw('t.sw_one'), ...groups.map((column) => raw(`t.${column}`))])}`;
}

/** Rows (owner, registered, active), one an owner that has any user that counts. */
function usersByOwner({ context, window, scope }: AnalyzeQuestion, needs: ReadonlySet<FactColumn>): Sql {
  const registered = sql`select ${ownerNumber('u')} as owner, count(*) as registered, 0 as active from ${context.db.table('user', 'u')}
    where ${all([raw('u.active = 1'), owned, scope.owners.users])} group by ${ownerNumber('u')}`;
  const active = sql`select a.owner as owner, 0 as registered, a.active as active from ${activeByOwner(context, window, scope.owners)} a`;
  const parts = [...(needs.has('registered') ? [registered] : []), ...(needs.has('active') ? [active] : [])];
  return parts.length === 1 ? join(parts) : sql`select b.owner as owner, sum(b.registered) as registered, sum(b.active) as active
    from (${join(parts, ' union all ')}) b group by b.owner`;
}

function resellers({ context }: AnalyzeQuestion, dims: readonly GroupedBy[]): Sql {
  return dims.some(({ ofReseller }) => ofReseller) ? resellerJoin(context) : empty;
}
