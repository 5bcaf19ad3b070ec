import sql, { raw, type Sql } from 'sql-template-tag';
import type { TrendQuestion } from './question.js';

/** Day numbers count from here. */
const EPOCH = '2000-01-01';

/**
 * Starts and ends of terms `k` as events up to asOf: chain `o`, `p`; time `t`, twice the number of the day and one more for
 * an end, so that what begins on a day comes before what ends on it; weight `w`, 1 or -1; the interval `b` as the number of
 * its first month, 0 for whatever lies before the first; quantity `q`, currency `c`, ARR `a`.
 */
export function eventsOf({ context: { db }, asOf, interval, spans, scope }: TrendQuestion, terms: Sql): Sql {
  const { dialect } = db;
  const from = spans[0]?.from ?? asOf;
  const number = (day: Sql): Sql => sql`2 * ${dialect.daysBetween(sql`${EPOCH}`, day)}`;
  const interval_ = (day: Sql): Sql => {
    const month = dialect.monthOf(day);
    const first = interval === 'MONTH' ? month : sql`${month} - (${month} % 100 - 1) % 3`;
    return sql`case when ${day} < ${from} then 0 else ${first} end`;
  };
  const [start, end] = [raw('k.s'), raw('k.e')];
  return sql`(
    select k.o as o, k.p as p, w.w as w, case when w.w = 1 then ${number(start)} else ${number(end)} + 1 end as t,
      case when w.w = 1 then ${interval_(start)} else ${interval_(end)} end as b, k.q as q, k.currency as c, coalesce(k.a, 0) as a
    from ${terms} cross join (select 1 as w union all select -1) w
    where k.is_valid = 1 and k.s <= ${asOf} and (w.w = 1 or k.e <= ${asOf}) and (${scope.licenses})) x`;
}
