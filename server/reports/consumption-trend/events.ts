import sql, { raw, type Sql } from 'sql-template-tag';
import type { TrendQuestion } from './question.js';

/** Day numbers count from here. */
const EPOCH = '2000-01-01';

/**
 * Starts and ends of terms `k` as events up to asOf: owner and product `o`; time `t`, twice the number of the day and one more for
 * an end, so that what begins on a day comes before what ends on it; weight `w`, 1 or -1; the interval `b` as the number of
 * its first month, 0 for whatever lies before the first; quantity `q`, currency `c`, ARR `a`.
 */
export function eventsOf(question: TrendQuestion, terms: Sql): Sql {
  const { context: { db: { dialect } }, asOf } = question;
  const number = (day: Sql): Sql => sql`2 * ${dialect.daysBetween(sql`${EPOCH}`, day)}`;
  const intervalOf = intervalIn(question);
  const counts = countedIn(question);
  // A union is built before it is read: each expression is worked out once, and what is sorted then is small.
  return sql`(
    select k.o as o, 1 as w, ${number(start)} as t, ${intervalOf(start)} as b, k.q as q, k.currency as c, coalesce(k.a, 0) as a from ${terms} where ${counts}
    union all
    select k.o, -1, ${number(end)} + 1, ${intervalOf(end)}, k.q, k.currency, coalesce(k.a, 0) from ${terms} where ${counts} and k.e <= ${asOf}) x`;
}

/** Terms added up by the intervals of their start and end, as `g`: first months `sb` and `eb` (null: not ended), currency `c`, sums. */
export function spansOf(question: TrendQuestion, terms: Sql): Sql {
  const intervalOf = intervalIn(question);
  return sql`(
    select ${intervalOf(start)} as sb, case when k.e <= ${question.asOf} then ${intervalOf(end)} end as eb, k.currency as c,
      count(*) as n, sum(k.q) as q, sum(coalesce(k.a, 0)) as a
    from ${terms} where ${countedIn(question)} group by 1, 2, 3 order by null) g`;
}

const [start, end] = [raw('k.s'), raw('k.e')];

/** The interval of a day as the number of its first month, 0 before the first interval. */
function intervalIn({ context: { db: { dialect } }, asOf, interval, spans }: TrendQuestion): (day: Sql) => Sql {
  const from = spans[0]?.from ?? asOf;
  return (day) => {
    const month = dialect.monthOf(day);
    const first = interval === 'MONTH' ? month : sql`${month} - (${month} % 100 - 1) % 3`;
    return sql`case when ${day} < ${from} then 0 else ${first} end`;
  };
}

/** The terms that the question is about. */
function countedIn({ asOf, scope }: TrendQuestion): Sql {
  return sql`k.is_valid = 1 and k.s <= ${asOf} and (${scope.licenses})`;
}
