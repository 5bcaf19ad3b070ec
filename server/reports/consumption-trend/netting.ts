import sql, { raw, type Sql } from 'sql-template-tag';
import { CHANGE } from './chains.js';

/** What a row of an event speaks of. */
const ALL = 0;
const SEATS = 1;
const MONEY = 2;

/**
 * Movements of chains, see `Movement`, from their terms `v`. What changes within a chain and an interval is netted before it
 * counts as gained or lost, so that a round that starts before the end of the one it replaces is no movement. Seats are netted
 * per chain, money per chain and currency: a change in the range stands in two rows, all else in one.
 */
export function chainMovements(chained: Sql): Sql {
  const up = (column: string): Sql => raw(`sum(case when z.w = 1 then z.${column} else 0 end)`);
  const down = (column: string): Sql => raw(`sum(case when z.w = 1 then 0 else z.${column} end)`);
  const least = (a: string, b: string): Sql => raw(`sum(case when ${a} < ${b} then ${a} else ${b} end)`);
  const beyond = (a: string, b: string): Sql => raw(`sum(case when ${a} > ${b} then ${a} - ${b} else 0 end)`);
  const netted = raw(`y.part <> ${ALL}`);
  return sql`
    select r.kind as kind, r.b as b, r.c as currency, sum(r.terms) as terms,
      sum(case when r.kind <> ${raw(String(CHANGE))} then r.firsts when r.part = ${raw(String(SEATS))} and r.started > 0 and r.ended > 0 then 1 else 0 end) as licenses,
      sum(r.uq - r.dq) as seats, ${least('r.uq', 'r.dq')} as seats_kept, ${beyond('r.uq', 'r.dq')} as seats_gained, ${beyond('r.dq', 'r.uq')} as seats_lost,
      sum(r.ua - r.da) as arr, ${least('r.ua', 'r.da')} as arr_kept, ${beyond('r.ua', 'r.da')} as arr_gained, ${beyond('r.da', 'r.ua')} as arr_lost
    from (
      select z.kind as kind, z.b as b, z.part as part, z.c as c, sum(z.w) as terms, sum(z.f) as firsts, ${up('q')} as uq, ${down('q')} as dq,
        ${up('a')} as ua, ${down('a')} as da, sum(case when z.w = 1 then 1 else 0 end) as started, sum(case when z.w = 1 then 0 else 1 end) as ended
      from (
        select y.kind as kind, y.b as b, y.part as part, y.f as f, y.w as w,
          case when ${netted} then y.o end as o, case when ${netted} then y.n end as n, case when y.part <> ${raw(String(SEATS))} then y.c end as c,
          case when y.part <> ${raw(String(MONEY))} then y.q else 0 end as q, case when y.part <> ${raw(String(SEATS))} then y.a else 0 end as a
        from ${events(chained)}
      ) z group by z.kind, z.b, z.part, z.c, z.o, z.n order by null
    ) r group by r.kind, r.b, r.c`;
}

/** Starts (weight `w` 1) and ends (-1) of terms, as `y`: changes in the range as seats and again as money, all else as a whole. */
function events(chained: Sql): Sql {
  const of = (start: string, end: string): Sql => raw(`case when d.w = 1 then v.${start} else v.${end} end`);
  const isNetted = sql`(d.w = 1 and v.sk = ${raw(String(CHANGE))} and v.sb > 0 or d.w = -1 and v.ek = ${raw(String(CHANGE))} and v.eb > 0)`;
  return sql`(
    select v.o as o, v.n as n, v.q as q, v.c as c, v.a as a, d.w as w, ${of('sk', 'ek')} as kind, ${of('sb', 'eb')} as b, ${of('sf', 'ef')} as f,
      case when d.again = 1 then ${raw(String(MONEY))} when ${isNetted} then ${raw(String(SEATS))} else ${raw(String(ALL))} end as part
    from ${chained} cross join (select 1 as w, 0 as again union all select -1, 0 union all select 1, 1 union all select -1, 1) d
    where (d.w = 1 or v.ek is not null) and (d.again = 0 or ${isNetted})) y`;
}
