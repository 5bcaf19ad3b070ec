import sql, { raw, type Sql } from 'sql-template-tag';
import { keptWhole } from '../../db/kept-whole.js';
import { CHANGE } from './chains.js';
import type { TrendUnits } from './question.js';

/**
 * Movements of chains, see `Movement`, from their terms `v`. What changes within a chain and an interval is netted before it
 * counts as gained or lost, so that a round that starts before the end of the one it replaces is no movement: money per chain and
 * currency, seats per chain. Only these changes are grouped by chain; all else is added up at once.
 */
export function chainMovements(chained: Sql, units: TrendUnits): Sql {
  // The currencies of a chain follow each other: what is netted up to one less what was netted before it.
  const seats = (of: Netting, up: string, down: string): Sql =>
    raw(`sum(${of(`r.${up}_to`, `r.${down}_to`)} - ${of(`(r.${up}_to - r.${up})`, `(r.${down}_to - r.${down})`)})`);
  return sql`
    select r.kind as kind, r.b as b, r.c as currency, sum(r.un - r.dn) as terms,
      case when r.kind = ${raw(String(CHANGE))} then ${seats(both, 'un', 'dn')} else sum(r.firsts) end as licenses,
      sum(r.uq) as seats_up, sum(r.dq) as seats_down, ${seats(least, 'uq', 'dq')} as seats_kept,
      sum(r.ua) as arr_up, sum(r.da) as arr_down, ${raw(`sum(${least('r.ua', 'r.da')})`)} as arr_kept
    from ${upToCurrency(chained, units)} group by r.kind, r.b, r.c`;
}

type Netting = (up: string, down: string) => string;
const both: Netting = (up, down) => `case when ${up} > 0 and ${down} > 0 then 1 else 0 end`;
const least: Netting = (up, down) => `case when ${up} < ${down} then ${up} else ${down} end`;

/** The sums `r` with those of terms and seats up to each currency of their kind, interval and chain, in an order of currencies. */
function upToCurrency(chained: Sql, units: TrendUnits): Sql {
  const upTo = (column: string): Sql => raw(`sum(z.${column}) over (partition by z.kind, z.b, z.o, z.n order by z.c rows unbounded preceding) as ${column}_to`);
  const seats = units.seats ? sql`${upTo('uq')}, ${upTo('dq')}` : raw('0 as uq_to, 0 as dq_to');
  return sql`(select z.*, ${upTo('un')}, ${upTo('dn')}, ${seats} from ${sums(chained, units)} ${keptWhole}) r`;
}

/**
 * Starts (weight 1) and ends (-1) of terms added up, as `z`: by kind, interval `b` and currency, changes in the range also by
 * chain `o` and `n`; how many of them, seats and money, with `u` for those that start, `d` for those that end.
 */
function sums(chained: Sql, units: TrendUnits): Sql {
  const of = (start: string, end: string): Sql => raw(`case when d.w = 1 then v.${start} else v.${end} end`);
  const isNetted = raw(`d.w = 1 and v.sk = ${CHANGE} and v.sb > 0 or d.w = -1 and v.ek = ${CHANGE} and v.eb > 0`);
  const sum = { u: (value: string) => `sum(case when d.w = 1 then ${value} else 0 end)`, d: (value: string) => `sum(case when d.w = 1 then 0 else ${value} end)` };
  const seats = (side: 'u' | 'd'): Sql => raw(units.seats ? sum[side]('v.q') : '0');
  const money = (side: 'u' | 'd'): Sql => raw(units.money ? sum[side]('v.a') : '0');
  return sql`(
    select ${of('sk', 'ek')} as kind, ${of('sb', 'eb')} as b, v.c as c, case when ${isNetted} then v.o end as o, case when ${isNetted} then v.n end as n,
      sum(${of('sf', 'ef')}) as firsts, count(case when d.w = 1 then 1 end) as un, count(case when d.w = -1 then 1 end) as dn,
      ${seats('u')} as uq, ${seats('d')} as dq, ${money('u')} as ua, ${money('d')} as da
    from ${chained} cross join (select 1 as w union all select -1) d
    where d.w = 1 or v.ek is not null group by 1, 2, 3, 4, 5 order by null) z`;
}
