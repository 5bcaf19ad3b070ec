import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { DecimalFilter } from '../../graphql.generated.js';
import { decimal, unusualDecimals } from '../../reports/shapes/money.js';
import type { FilterContext } from './filter.js';

const operators = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/**
 * Conditions on an amount of round `l` that is given in minor units of its currency. Filtering by money needs READ_MONEY
 * like reading it: otherwise a few questions would find the amount out.
 */
export function minorFilter(context: Pick<FilterContext, 'demand'>, minor: Sql, filter: DecimalFilter): Sql[] {
  return partsFilter(context, { amount: minor, currency: raw('l.currency'), parts: 1 }, filter);
}

/** The same for an amount in parts of a minor unit of any currency column. */
export function partsFilter(
  context: Pick<FilterContext, 'demand'>,
  { amount, currency, parts }: { amount: Sql; currency: Sql; parts: number },
  filter: DecimalFilter,
): Sql[] {
  context.demand('READ_MONEY');
  return (Object.keys(operators) as (keyof typeof operators)[]).flatMap((operator) => {
    const value = filter[operator];
    return value == null ? [] : [sql`${amount} ${raw(operators[operator])} ${bound(value, currency, parts)}`];
  });
}

/** The amount in minor units of the row's currency, as an exact literal: a bound parameter would travel as a float. */
function bound(amount: string, currency: Sql, parts: number): Sql {
  const inUnits = (decimals: number) => raw(decimal(amount).times(decimal(10).pow(decimals)).times(parts).toFixed());
  const branches = [...unusualDecimals()].map(
    ([decimals, codes]) =>
      sql`when ${currency} in (${raw(codes.map((code) => `'${code}'`).join(','))}) then ${inUnits(decimals)}`,
  );
  return sql`case ${join(branches, ' ')} else ${inUnits(2)} end`;
}
