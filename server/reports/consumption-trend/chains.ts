import sql, { raw, type Sql } from 'sql-template-tag';

/** What an event does to a chain of rounds. */
export const START = 1;
export const RESTART = 2;
export const CHANGE = 3;
export const EXPIRY = 4;

/** A round continues a licence when it starts no later than so many days after the end of the one before. */
const CONTINUES_WITHIN_DAYS = 30;

/** Of the events of a chain in their order, those whose time lies between two distances from the event's own. */
const within = (bounds: string): Sql => raw(`over (partition by x.o order by x.t range between ${bounds})`);

/** The last time that is too early: an end (odd) more than 30 days before the day of a start (even). */
const TOO_EARLY = 2 * CONTINUES_WITHIN_DAYS + 1;
/** The times after an end (odd) of starts (even) up to 30 days later. */
const LATEST_START = 2 * CONTINUES_WITHIN_DAYS - 1;

/**
 * Events `x` with what each means for its chain, as `y`: `kind`, the interval `b` in which it counts, and `f`, 1 for the
 * first of several at the same time. One ordering serves all: rounds that start or end together are never told apart, since
 * each looks at what lies strictly before or after their common time.
 *
 * A start begins a chain unless an earlier round is in force or ended at most 30 days before. An end is a change when the
 * chain is in force after it, or goes on within 30 days: then the level stays until that start, and so counts there.
 */
function chainEvents(events: Sql): Sql {
  return sql`(
    select v.o as o, v.t as t, v.w as w, v.q as q, v.c as c, v.a as a, case when v.earlier = v.t then 0 else 1 end as f,
      case when v.w = 1 and v.begun is null then ${raw(String(START))}
        when v.w = 1 and v.begun = coalesce(v.gone, 0) then ${raw(String(RESTART))}
        when v.w = 1 or v.open > 0 or v.next is not null then ${raw(String(CHANGE))} else ${raw(String(EXPIRY))} end as kind,
      case when v.w = 1 or v.open > 0 then v.b else coalesce(v.next, v.b) end as b
    from (
      select x.o as o, x.t as t, x.b as b, x.w as w, x.q as q, x.c as c, x.a as a,
        lag(x.t) over (partition by x.o order by x.t) as earlier,
        sum(case when x.w = 1 then 1 end) ${within('unbounded preceding and 1 preceding')} as begun,
        sum(case when x.w = -1 then 1 end) ${within(`unbounded preceding and ${TOO_EARLY} preceding`)} as gone,
        sum(x.w) ${within('unbounded preceding and current row')} as open,
        min(case when x.w = 1 then x.b end) ${within(`1 following and ${LATEST_START} following`)} as next
      from ${events}
    ) v) y`;
}

/**
 * Movements of chains, see `Movement`. What changes within a chain and an interval is netted before it counts as gained or lost,
 * so that a round that starts before the end of the one it replaces is no movement. A month holds changes of one chain of an
 * owner and product only, since there are more than 30 days between two; for longer intervals they are numbered.
 */
export function chainMovements(events: Sql, intervalsAreMonths: boolean): Sql {
  const numbered = intervalsAreMonths
    ? sql`select y.*, 0 as n from ${chainEvents(events)}`
    : sql`select y.*, sum(case when y.kind in (1, 2) then 1 else 0 end) over (partition by y.o order by y.t) as n from ${chainEvents(events)}`;
  const netted = raw(`y.kind = ${CHANGE} and y.b > 0`);
  const chain = (column: string): Sql => sql`case when ${netted} then y.${raw(column)} end`;
  const up = (column: string): Sql => raw(`sum(case when z.w = 1 then z.${column} else 0 end)`);
  const down = (column: string): Sql => raw(`sum(case when z.w = 1 then 0 else z.${column} end)`);
  const ofChain = raw('over (partition by m.kind, m.b, m.o, m.n)');
  const less = (a: string, b: string): Sql => raw(`case when ${a} < ${b} then ${a} else ${b} end`);
  const beyond = (a: string, b: string): Sql => raw(`case when ${a} > ${b} then ${a} - ${b} else 0 end`);
  return sql`
    select r.kind as kind, r.b as b, r.c as currency, sum(r.terms) as terms,
      sum(case when r.kind = ${raw(String(CHANGE))} then case when r.one = 1 and r.started > 0 and r.ended > 0 then 1 else 0 end else r.firsts end) as licenses,
      sum(r.uq - r.dq) as seats,
      sum(case when r.one = 1 then ${less('r.ucq', 'r.dcq')} else 0 end) as seats_kept,
      sum(case when r.one = 1 then ${beyond('r.ucq', 'r.dcq')} else 0 end) as seats_gained,
      sum(case when r.one = 1 then ${beyond('r.dcq', 'r.ucq')} else 0 end) as seats_lost,
      sum(r.ua - r.da) as arr, sum(${less('r.ua', 'r.da')}) as arr_kept, sum(${beyond('r.ua', 'r.da')}) as arr_gained, sum(${beyond('r.da', 'r.ua')}) as arr_lost
    from (
      select m.kind as kind, m.b as b, m.c as c, m.terms as terms, m.firsts as firsts, m.uq as uq, m.dq as dq, m.ua as ua, m.da as da,
        sum(m.uq) ${ofChain} as ucq, sum(m.dq) ${ofChain} as dcq, sum(m.ups) ${ofChain} as started, sum(m.downs) ${ofChain} as ended,
        row_number() over (partition by m.kind, m.b, m.o, m.n order by m.c) as one
      from (
        select z.kind as kind, z.b as b, z.c as c, z.net_o as o, z.net_n as n,
          sum(z.w) as terms, sum(z.f) as firsts, ${up('q')} as uq, ${down('q')} as dq, ${up('a')} as ua, ${down('a')} as da,
          sum(case when z.w = 1 then 1 else 0 end) as ups, sum(case when z.w = 1 then 0 else 1 end) as downs
        from (select y.*, ${chain('o')} as net_o, ${chain('n')} as net_n from (${numbered}) y) z
        group by z.kind, z.b, z.c, z.net_o, z.net_n order by null
      ) m
    ) r group by r.kind, r.b, r.c`;
}
