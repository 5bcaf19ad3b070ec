import sql, { join, raw, type Sql } from 'sql-template-tag';
import { knownBy, type Grouping } from './grouping.js';
import { groupsOf, states, type Measure } from './parts.js';
import type { PositionQuery } from './query.js';

/** Figures of a line: what of each group's measure counts in which state. */
const figures = {
  purchased: { of: 'quantity', sum: `sum(case when g.state = ${states.inForce} then g.quantity else 0 end)` },
  in_grace: { of: 'quantity', sum: `sum(case when g.state = ${states.inGrace} then g.quantity else 0 end)` },
  users: { of: 'users', sum: 'sum(g.users)' },
  // Sites that run a licence that has expired still run it; one that begins later runs nowhere yet.
  activations: { of: 'activations', sum: `sum(case when g.state in (${states.scheduled}, ${states.invalid}) then 0 else g.activations end)` },
  trials: { of: 'trials', sum: 'sum(g.trials)' },
  unlimited: { of: 'unlimited', sum: `max(case when g.state = ${states.inForce} and g.unlimited > 0 then 1 else 0 end)` },
  unattributed: { of: 'unattributed', sum: 'sum(g.unattributed)' },
  unknown_limits: { of: 'unknown_limits', sum: `sum(case when g.state = ${states.inForce} then g.unknown_limits else 0 end)` },
  invalid_rows: { of: 'row_count', sum: `sum(case when g.state = ${states.invalid} then g.row_count else 0 end)` },
} as const satisfies Record<string, { of: Measure; sum: string }>;

const LATEST = `max(case when g.state not in (${states.scheduled}, ${states.invalid}) then g.latest end) as latest`;

/** The position of a line `s`; null where nothing is purchased or deployed. */
const position = `case when s.unlimited = 1 then 'UNLIMITED'
  when s.purchased = 0 then case when s.deployed > 0 then 'UNLICENSED' end
  when s.deployed = 0 then 'UNUSED' when s.deployed = s.purchased then 'COMPLIANT'
  when s.purchased > s.deployed then 'SURPLUS' else 'DEFICIT' end`;

/** The lines of a grouping with their figures and position, as a statement, those that are left out of the answer included. */
export function summedLines(query: PositionQuery, grouping: Grouping, priced: boolean): Sql {
  const { rows, measures } = groupsOf(query, grouping, priced);
  const sums = Object.entries(figures).map(([name, { of, sum }]) => raw(`${measures.has(of) ? sum : '0'} as ${name}`));
  return sql`select s.*, ${raw(position)} as line_position from (select v.*, v.users + v.activations + v.trials as deployed
    from (select ${join([
      sql`${grouping.part} as part`, ...sums, ...(grouping.toldByLicense ? [raw('min(g.licence_id) as licence_id')] : []), ...(priced ? [raw(LATEST)] : []),
    ])} from (${rows}) g ${grouping.joins} group by ${grouping.part}) v) s`;
}

/** The lines of the answer with key and name, as a derived table `k`. */
export function namedLines(query: PositionQuery, grouping: Grouping, priced: boolean): Sql {
  const known = knownBy.map((name) => sql`${grouping.known[name] ?? raw('null')} as ${raw(name)}`);
  return sql`(select s.*, ${grouping.key} as id, ${grouping.name} as name, ${join(known)} from (${summedLines(query, grouping, priced)}) s ${grouping.nameJoins}
    where ${isShown}) k`;
}

/** Lines with neither purchased nor deployed nor in-grace quantity are left out. */
export const isShown: Sql = raw('s.line_position is not null or s.in_grace > 0');

/** Quantity that is missing. */
export const deficitOf = (line: string): Sql => raw(`case when ${line}.line_position in ('DEFICIT', 'UNLICENSED') then ${line}.deployed - ${line}.purchased else 0 end`);
