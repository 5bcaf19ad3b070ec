import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Dialect } from '../../db/dialect/dialect.js';
import type { LifecycleStatus } from '../../graphql.generated.js';
import { addDays } from '../../reports/shapes/days.js';
import { knownCurrencies, unusualDecimals } from '../../reports/shapes/money.js';
import type { LicenseRecord } from './entity.js';

/** The day and the grace period at which rounds are judged. */
export interface Judgement {
  asOf: string;
  graceDays: number;
}

const quoted = (codes: readonly string[]): Sql => raw(codes.map((code) => `'${code}'`).join(','));
const knownCurrencyList = quoted(knownCurrencies);

/** Round `l` is INVALID whatever its dates: owned by nobody or by two, without seats, or of an unknown currency. */
const isMalformed = (dialect: Dialect): Sql => sql`(l.company_id is null) = (l.partner_id is null) or l.number_of_licenses <= 0
  or ${dialect.exactText(raw('l.currency'))} not in (${knownCurrencyList})`;

/**
 * The derived status of a round in SQL: the rule of reports/shapes/lifecycle.ts over the columns of alias `l`. Called by the texts of the
 * API, or by what else says which it is: many rows are grouped faster by a number.
 */
export function lifecycleSql(dialect: Dialect, { asOf, graceDays }: Judgement, called: (status: LifecycleStatus) => Sql = (status) => raw(`'${status}'`)): Sql {
  const endless = dialect.hasNoEnd(raw('l.end_date'));
  return sql`case
    when ${isMalformed(dialect)} or (not ${endless} and l.end_date < l.start_date) then ${called('INVALID')}
    when l.start_date > ${asOf} then ${called('SCHEDULED')}
    when ${endless} then ${called('PERPETUAL')}
    when l.end_date = ${asOf} then ${called('EXPIRES_TODAY')}
    when l.end_date > ${asOf} then ${called('ACTIVE')}
    when l.end_date >= ${addDays(asOf, -graceDays)} then ${called('IN_GRACE')}
    else ${called('EXPIRED')} end`;
}

/** The derived status is one of these. */
export function hasLifecycle(dialect: Dialect, judgement: Judgement, statuses: readonly LifecycleStatus[]): Sql {
  return sql`${lifecycleSql(dialect, judgement)} in (${join(statuses)})`;
}

/**
 * The round is in force: start ≤ asOf ≤ end, or no end, and not INVALID. The same as `hasLifecycle` of those statuses, with the days first:
 * most rounds need nothing else to be told.
 */
export function isInForce(dialect: Dialect, { asOf }: Pick<Judgement, 'asOf'>): Sql {
  return sql`((${dialect.hasNoEnd(raw('l.end_date'))} or l.end_date >= ${asOf}) and (l.start_date <= ${asOf} or l.start_date is null)
    and case when ${isMalformed(dialect)} then 0 else 1 end = 1)`;
}

/** The unit cost of `l` as a whole number of minor units of its currency. */
export function unitCostMinor(dialect: Dialect): Sql {
  return dialect.wholeUnits(raw('l.cost_per_license'), minorFactor);
}

/** seats × unit cost of `l` in minor units. */
export function annualValueMinor(dialect: Dialect): Sql {
  return sql`(l.number_of_licenses * ${unitCostMinor(dialect)})`;
}

/** Minor units in one unit of the currency of `l`. */
const minorFactor: Sql = sql`case ${join(
  [...unusualDecimals()].map(([decimals, codes]) => sql`when l.currency in (${quoted(codes)}) then ${raw(String(10 ** decimals))}`),
  ' ',
)} else 100 end`;

/**
 * The stored total disagrees with seats × unit cost by more than 0.01. FLOAT columns hold 24 binary digits, so a
 * difference within that precision (2⁻²³ of the amount) says nothing and is let pass.
 */
export const totalCostDisagrees: Sql = raw(`
  abs(l.total_cost - l.number_of_licenses * l.cost_per_license)
    > case when abs(l.total_cost) * 0.00000012 > 0.0101 then abs(l.total_cost) * 0.00000012 else 0.0101 end`);

/** The same rule for a row already read. */
export function totalDisagrees({ totalCost, seats, unitCost }: Pick<LicenseRecord, 'totalCost' | 'seats' | 'unitCost'>): boolean {
  return Math.abs(totalCost - seats * unitCost) > Math.max(Math.abs(totalCost) * 0.00000012, 0.0101);
}
