import sql, { raw, type Sql } from 'sql-template-tag';
import { keptWhole } from '../../db/kept-whole.js';
import type { TrendQuestion } from './question.js';

/** Day numbers count from here: the first day that MySQL knows, so that none is below zero. */
const EPOCH = '1000-01-01';
/** The day number of an end that has not come: above that of any day. */
export const NEVER = 9_999_999;
/** Above any number of a month: day × MONTHS + interval is a day and its interval in one number, of which the least and the greatest are those of the first and the last day. */
export const MONTHS = 1_000_000;

/**
 * Terms that began by asOf in numbers, as `x`: owner and product `o`; the days of start `s` and end `e`, NEVER when it ends after
 * asOf; the intervals of both, `sb` and `eb`, as the number of their first month, 0 for whatever lies before the first;
 * quantity `q`, currency `c`, ARR `a`, as far as they are asked for.
 */
export function datedTerms(question: TrendQuestion, terms: Sql): Sql {
  const { context: { db: { dialect } }, asOf } = question;
  const number = (day: Sql): Sql => dialect.daysBetween(sql`${EPOCH}`, day);
  const intervalOf = intervalIn(question);
  return sql`(
    select k.o as o, ${number(start)} as s, case when k.e <= ${asOf} then ${number(end)} else ${raw(String(NEVER))} end as e,
      ${intervalOf(start)} as sb, case when k.e <= ${asOf} then ${intervalOf(end)} end as eb, ${amounts(question)}
    from ${terms} where ${countedIn(question)} ${keptWhole}) x`;
}

/** Terms added up by the intervals of their start and end, as `g`: first months `sb` and `eb` (null: not ended), currency `c`, sums. */
export function spansOf(question: TrendQuestion, terms: Sql): Sql {
  const intervalOf = intervalIn(question);
  const seats = raw(question.units.seats ? 'sum(k.q)' : '0');
  const money = raw(question.units.money ? 'sum(coalesce(k.a, 0))' : '0');
  return sql`(
    select ${intervalOf(start)} as sb, case when k.e <= ${question.asOf} then ${intervalOf(end)} end as eb, k.currency as c,
      count(*) as n, ${seats} as q, ${money} as a
    from ${terms} where ${countedIn(question)} group by 1, 2, 3 order by null) g`;
}

const [start, end] = [raw('k.s'), raw('k.e')];

function amounts({ units }: TrendQuestion): Sql {
  return raw(`${units.seats ? 'k.q' : '0'} as q, ${units.money ? 'k.currency' : '0'} as c, ${units.money ? 'coalesce(k.a, 0)' : '0'} as a`);
}

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
