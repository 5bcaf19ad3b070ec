import sql, { raw, type Sql } from 'sql-template-tag';
import { keptWhole } from '../../db/kept-whole.js';
import { CONTINUES_WITHIN_DAYS, EXPIRY, RESTART, START } from './chains.js';
import { MONTHS, NEVER } from './events.js';

/**
 * Movements of chains, see `Movement`, where only their beginnings and ends are asked for: a single sort, by start, tells both. A
 * term that begins its chain again tells the end of the chain before; the last term of an owner and product that of the last chain.
 */
export function lifeMovements(dated: Sql): Sql {
  return sql`
    select case when d.w = 1 then g.sk else ${raw(String(EXPIRY))} end as kind, case d.w when 1 then g.sb when 2 then g.pb else g.lb end as b, null as currency,
      0 as terms, sum(g.n) as licenses, 0 as seats_up, 0 as seats_down, 0 as seats_kept, 0 as arr_up, 0 as arr_down, 0 as arr_kept
    from ${beginningsAndEnds(dated)} cross join (select 1 as w union all select 2 union all select 3) d
    where case d.w when 1 then g.sk when 2 then g.pb else g.lb end is not null group by 1, 2`;
}

/**
 * Terms added up, as `g`: kind `sk` and interval `sb` of a beginning, interval `pb` in which the chain before it ended, and
 * interval `lb` in which the last chain of an owner and product ended; null: none.
 */
function beginningsAndEnds(dated: Sql): Sql {
  const again = `u.ended < (u.s - ${CONTINUES_WITHIN_DAYS}) * ${MONTHS}`;
  const begins = `(u.ended is null or ${again})`;
  const last = `case when u.ended is null or u.ending > u.ended then u.ending else u.ended end`;
  return sql`(
    select ${raw(`case when u.ended is null then ${START} when ${again} then ${RESTART} end`)} as sk, ${raw(`case when ${begins} then u.sb end`)} as sb,
      ${raw(`case when ${again} then u.ended % ${MONTHS} end`)} as pb, ${raw(`case when u.following is null and ${last} < ${NEVER} * ${MONTHS} then ${last} % ${MONTHS} end`)} as lb,
      count(*) as n
    from ${inOrderOfStart(dated)} where ${raw(begins)} or u.following is null group by 1, 2, 3, 4 order by null) g`;
}

/** Terms as `u` with the latest end `ended` of those that start before them, and with what starts after them. */
function inOrderOfStart(dated: Sql): Sql {
  const ending = `x.e * ${MONTHS} + coalesce(x.eb, 0)`;
  const order = 'over (partition by x.o order by x.s';
  return sql`(
    select x.s as s, x.sb as sb, ${raw(ending)} as ending, ${raw(`max(${ending}) ${order} rows between unbounded preceding and 1 preceding)`)} as ended,
      ${raw(`lead(x.s) ${order})`)} as following
    from ${dated} ${keptWhole}) u`;
}
