import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { groupColumns } from './grouping.js';
import { parts } from './parts.js';
import type { PositionQuery } from './query.js';

const IN_FORCE = `'PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY'`;

/** Figures of a line: what of each group counts in which state. */
const figures = {
  site_id: 'min(g.site_id)',
  purchased: `sum(case when g.state in (${IN_FORCE}) then g.quantity else 0 end)`,
  in_grace: `sum(case when g.state = 'IN_GRACE' then g.quantity else 0 end)`,
  users: 'sum(g.users)',
  // Sites that run a licence that has expired still run it; one that begins later runs nowhere yet.
  activations: `sum(case when g.state in ('SCHEDULED', 'INVALID') then 0 else g.activations end)`,
  trials: `sum(case when g.state in (${IN_FORCE}, 'IN_GRACE') then g.trials else 0 end)`,
  unlimited: `max(case when g.state in (${IN_FORCE}) and g.unlimited > 0 then 1 else 0 end)`,
  unattributed: 'sum(g.unattributed)',
  unknown_limits: `sum(case when g.state in (${IN_FORCE}) then g.unknown_limits else 0 end)`,
  invalid_rows: `sum(case when g.state = 'INVALID' then g.row_count else 0 end)`,
} as const;

/** The position of a line `s`; null where nothing is purchased or deployed. */
const position = `case when s.unlimited = 1 then 'UNLIMITED'
  when s.purchased = 0 then case when s.deployed > 0 then 'UNLICENSED' end
  when s.deployed = 0 then 'UNUSED' when s.deployed = s.purchased then 'COMPLIANT'
  when s.purchased > s.deployed then 'SURPLUS' else 'DEFICIT' end`;

/** The lines with their figures and position, as a derived table `s`, those that are left out of the answer included. */
export function summedLines(query: PositionQuery, priced: boolean): Sql {
  const { grouping } = query;
  const keys = groupColumns.map((name) => sql`${grouping.line[name] ?? raw('null')} as ${raw(name)}`);
  const sums = Object.entries(figures).map(([name, sum]) => raw(`${sum} as ${name}`));
  const names = [...groupColumns, ...Object.keys(figures), ...(priced ? ['latest'] : [])].map((name) => raw(`v.${name} as ${name}`));
  return sql`(select ${join(groupColumns.map((name) => raw(`s.${name} as ${name}`)))}, ${join(Object.keys(figures).map((name) => raw(`s.${name} as ${name}`)))},
      s.deployed as deployed, ${raw(position)} as line_position${priced ? raw(', s.latest as latest') : empty}
    from (select ${join(names)}, v.users + v.activations + v.trials as deployed
      from (select ${join([...keys, ...sums, ...(priced ? [raw(`max(case when g.state not in ('SCHEDULED', 'INVALID') then g.latest end) as latest`)] : [])])}
        from (${parts(query, priced)}) g ${grouping.joins} group by ${join(Object.values(grouping.line))}) v) s) s`;
}

/** The lines of the answer with key and name, as a derived table `o`. */
export function namedLines(query: PositionQuery, priced: boolean): Sql {
  const { grouping } = query;
  return sql`(select s.*, ${grouping.key} as id, ${grouping.name} as name, ${grouping.host} as host from ${summedLines(query, priced)} ${grouping.nameJoins}
    where ${isShown}) o`;
}

/** Lines with neither purchased nor deployed nor in-grace quantity are left out. */
export const isShown: Sql = raw('s.line_position is not null or s.in_grace > 0');

/** Quantity that is missing. */
export const deficitOf = (line: string): Sql => raw(`case when ${line}.line_position in ('DEFICIT', 'UNLICENSED') then ${line}.deployed - ${line}.purchased else 0 end`);
