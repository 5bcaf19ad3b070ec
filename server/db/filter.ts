import sql, { join, raw, type Sql } from 'sql-template-tag';
import { badInput } from '../errors.js';
import type {
  CurrencyFilter, DateFilter, IdFilter, IntFilter, StringFilter,
} from '../graphql.generated.js';
import type { Dialect } from './dialect/dialect.js';

const MAX_LEVELS = 8;
const MAX_CONDITIONS = 100;
const MAX_LIST = 1000;
const MAX_ID = 2_147_483_647;
/** Longer than any column it is compared with; a pattern has its own limit in the database. */
const MAX_TEXT = 1000;

/** Holds for no row. */
export const never: Sql = raw('1 = 0');

/** All conditions hold; none given: every row. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? raw('1 = 1') : join(conditions.map((condition) => sql`(${condition})`), ' and ');
}

interface Combined<F> {
  and?: readonly F[] | null;
  or?: readonly F[] | null;
  not?: F | null;
}

/**
 * A filter with and, or, not as one condition. `conditionsOf` gives the conditions of one level. `not` also passes rows
 * for which the inner condition is unknown (null), since it does not hold for them.
 */
export function combine<F extends Combined<F>>(
  filter: F | null | undefined,
  path: string,
  conditionsOf: (level: F, path: string) => Sql[],
): Sql {
  let budget = MAX_CONDITIONS;
  const compile = (level: F, at: string, depth: number): Sql => {
    if (depth > MAX_LEVELS) throw badInput(at, `nests deeper than ${MAX_LEVELS} levels`);
    const conditions = conditionsOf(level, at);
    budget -= conditions.length;
    if (budget < 0) throw badInput(path, `holds more than ${MAX_CONDITIONS} conditions`);
    for (const [index, part] of (level.and ?? []).entries()) conditions.push(compile(part, `${at}.and.${index}`, depth + 1));
    if (level.or != null) {
      const parts = level.or.map((part, index) => sql`(${compile(part, `${at}.or.${index}`, depth + 1)})`);
      conditions.push(parts.length === 0 ? never : join(parts, ' or '));
    }
    if (level.not != null) conditions.push(sql`coalesce((${compile(level.not, `${at}.not`, depth + 1)}), 0) = 0`);
    return all(conditions);
  };
  return filter == null ? raw('1 = 1') : compile(filter, path, 1);
}

/** An id as the database has it. Throws BAD_USER_INPUT on anything but a positive 32-bit number. */
export function parseId(id: string | number, field: string): number {
  const text = String(id);
  const value = Number(text);
  if (!/^[1-9]\d{0,9}$/.test(text) || value > MAX_ID) throw badInput(field, 'is not an id');
  return value;
}

/** `value in (…)`, holding for no row when the list is empty. */
export function isOneOf(value: Sql, list: readonly (string | number)[], field: string): Sql {
  if (list.length > MAX_LIST) throw badInput(field, `lists more than ${MAX_LIST} values`);
  return list.length === 0 ? never : sql`${value} in (${join(list)})`;
}

/** The operators that compare by size, shared by numbers and days. */
const comparisons = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function compared<T extends string | number>(
  value: Sql,
  filter: { [K in keyof typeof comparisons]?: T | null },
): Sql[] {
  return (Object.keys(comparisons) as (keyof typeof comparisons)[]).flatMap((operator) => {
    const bound = filter[operator];
    return bound == null ? [] : [sql`${value} ${raw(comparisons[operator])} ${bound}`];
  });
}

export function idConditions(value: Sql, filter: IdFilter, field: string): Sql[] {
  const ids = (list: readonly (string | number)[], name: string) => list.map((id) => parseId(id, `${field}.${name}`));
  const conditions: Sql[] = [];
  if (filter.eq != null) conditions.push(sql`${value} = ${parseId(filter.eq, `${field}.eq`)}`);
  if (filter.ne != null) conditions.push(sql`(${value} is null or ${value} <> ${parseId(filter.ne, `${field}.ne`)})`);
  if (filter.in != null) conditions.push(isOneOf(value, ids(filter.in, 'in'), `${field}.in`));
  if (filter.notIn != null && filter.notIn.length > 0) {
    conditions.push(sql`(${value} is null or not ${isOneOf(value, ids(filter.notIn, 'notIn'), `${field}.notIn`)})`);
  }
  if (filter.isNull != null) conditions.push(filter.isNull ? sql`${value} is null` : sql`${value} is not null`);
  return conditions;
}

export function intConditions(value: Sql, filter: IntFilter, field: string): Sql[] {
  const conditions = compared(value, filter);
  if (filter.eq != null) conditions.push(sql`${value} = ${filter.eq}`);
  if (filter.ne != null) conditions.push(sql`${value} <> ${filter.ne}`);
  if (filter.in != null) conditions.push(isOneOf(value, filter.in, `${field}.in`));
  return conditions;
}

/** `isNull` is left to the caller, who knows what counts as no day. */
export function dateConditions(value: Sql, filter: DateFilter): Sql[] {
  const conditions = compared(value, filter);
  if (filter.eq != null) conditions.push(sql`${value} = ${filter.eq}`);
  return conditions;
}

export function currencyConditions(value: Sql, filter: CurrencyFilter, field: string): Sql[] {
  const conditions: Sql[] = [];
  if (filter.eq != null) conditions.push(sql`${value} = ${filter.eq}`);
  if (filter.in != null) conditions.push(isOneOf(value, filter.in, `${field}.in`));
  if (filter.notIn != null && filter.notIn.length > 0) {
    conditions.push(sql`not ${isOneOf(value, filter.notIn, `${field}.notIn`)}`);
  }
  return conditions;
}

/** A pattern for `like … escape '!'` in which the text's own wildcards are plain. */
function likeLiteral(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

function checkLength(text: string, field: string): void {
  if (text.length > MAX_TEXT) throw badInput(field, `is longer than ${MAX_TEXT} characters`);
}

/** The value contains the text, letter case ignored. */
export function containsText(value: Sql, text: string, field = 'search'): Sql {
  checkLength(text, field);
  return sql`${value} like ${`%${likeLiteral(text)}%`} escape '!'`;
}

export function textConditions(dialect: Dialect, value: Sql, filter: StringFilter, field: string): Sql[] {
  const folded = dialect.foldCase(value);
  const conditions: Sql[] = [];
  if (filter.eq != null) conditions.push(sql`${folded} = ${filter.eq}`);
  if (filter.ne != null) conditions.push(sql`(${value} is null or not ${folded} = ${filter.ne})`);
  if (filter.in != null) conditions.push(isOneOf(folded, filter.in, `${field}.in`));
  if (filter.contains != null) conditions.push(containsText(value, filter.contains, `${field}.contains`));
  if (filter.startsWith != null) checkLength(filter.startsWith, `${field}.startsWith`);
  if (filter.startsWith != null) conditions.push(sql`${value} like ${`${likeLiteral(filter.startsWith)}%`} escape '!'`);
  if (filter.isNull != null) {
    const blank = sql`(${value} is null or ${value} = '')`;
    conditions.push(filter.isNull ? blank : sql`not ${blank}`);
  }
  return conditions;
}

/** Conditions of a free-text search: the text in one of the columns, or the id itself. */
export function searchCondition(id: Sql, columns: readonly Sql[], text: string): Sql {
  const wanted = text.trim();
  const conditions = columns.map((column) => containsText(column, wanted));
  if (/^[1-9]\d{0,9}$/.test(wanted) && Number(wanted) <= MAX_ID) conditions.push(sql`${id} = ${Number(wanted)}`);
  return join(conditions, ' or ');
}
