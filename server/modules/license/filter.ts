import sql, { raw, type Sql } from 'sql-template-tag';
import type { Permission } from '../../graphql.generated.js';
import type { LicenseFilter } from '../../graphql.generated.js';
import {
  combine, currencyConditions, dateConditions, idConditions, intConditions, isOneOf, searchCondition, textConditions,
} from '../../db/filter.js';
import type { ScopedTables } from '../../db/scoped.js';
import { minorFilter } from './money-filter.js';
import {
  annualValueMinor, isInForce, lifecycleSql, unitCostMinor, type Judgement,
} from './lifecycle.js';

/** What a filter may look at depends on who asks. */
export interface FilterContext extends Judgement {
  db: ScopedTables;
  /** Throws FORBIDDEN when the viewer lacks the permission. */
  demand(permission: Permission): void;
}

/**
 * The partner of round `l`: the owner itself, or the reseller of the owning company as far as the viewer may see it
 * (filtering by a hidden reseller would tell which it is).
 */
export function partnerOfRound(db: ScopedTables): Sql {
  return sql`coalesce(l.partner_id, (select rp.id from ${db.table('company', 'rc')}
    join ${db.table('partner', 'rp')} on rp.id = rc.partner_id where rc.id = l.company_id))`;
}

/** A filter on licence rounds as a condition on alias `l`. To add an operator, add a line here and its field in the SDL. */
export function licenseCondition(context: FilterContext, filter: LicenseFilter | null | undefined, path = 'filter'): Sql {
  const { db } = context;
  const dialect = db.dialect;
  return combine(filter, path, (level, at) => [
    ...(level.id ? idConditions(raw('l.id'), level.id, `${at}.id`) : []),
    ...(level.company ? idConditions(raw('l.company_id'), level.company, `${at}.company`) : []),
    ...(level.partner ? idConditions(partnerOfRound(db), level.partner, `${at}.partner`) : []),
    ...(level.ownerType ? [raw(level.ownerType === 'COMPANY' ? 'l.company_id is not null' : 'l.partner_id is not null')] : []),
    ...(level.product ? idConditions(raw('l.product_code_id'), level.product, `${at}.product`) : []),
    ...(level.status ? textConditions(dialect, raw('l.status'), level.status, `${at}.status`) : []),
    ...(level.lifecycleStatus ? lifecycleConditions(context, level.lifecycleStatus, `${at}.lifecycleStatus`) : []),
    ...(level.inForce == null ? [] : [sql`${level.inForce ? raw('') : raw('not')} ${isInForce(dialect, context)}`]),
    ...(level.startDate ? startDateConditions(level.startDate) : []),
    ...(level.endDate ? endDateConditions(db, level.endDate) : []),
    ...(level.runsWithin ? runsWithin(db, level.runsWithin) : []),
    ...(level.currency ? currencyConditions(raw('l.currency'), level.currency, `${at}.currency`) : []),
    ...(level.seats ? intConditions(raw('l.number_of_licenses'), level.seats, `${at}.seats`) : []),
    ...(level.unitCost ? minorFilter(context, unitCostMinor(dialect), level.unitCost) : []),
    ...(level.annualValue ? minorFilter(context, annualValueMinor(dialect), level.annualValue) : []),
    ...(level.search?.trim() ? [searchRounds(db, level.search)] : []),
  ]);
}

function lifecycleConditions(
  context: FilterContext,
  filter: NonNullable<LicenseFilter['lifecycleStatus']>,
  field: string,
): Sql[] {
  const status = lifecycleSql(context.db.dialect, context);
  const conditions: Sql[] = [];
  if (filter.eq != null) conditions.push(sql`${status} = ${filter.eq}`);
  if (filter.in != null) conditions.push(isOneOf(status, filter.in, `${field}.in`));
  if (filter.notIn != null && filter.notIn.length > 0) conditions.push(sql`not ${isOneOf(status, filter.notIn, `${field}.notIn`)}`);
  return conditions;
}

function startDateConditions(filter: NonNullable<LicenseFilter['startDate']>): Sql[] {
  const conditions = dateConditions(raw('l.start_date'), filter);
  if (filter.isNull != null) conditions.push(raw(filter.isNull ? 'l.start_date is null' : 'l.start_date is not null'));
  return conditions;
}

/** A perpetual round has no last day: it passes only `isNull: true`. */
function endDateConditions(db: ScopedTables, filter: NonNullable<LicenseFilter['endDate']>): Sql[] {
  const noEnd = db.dialect.hasNoEnd(raw('l.end_date'));
  const compared = dateConditions(raw('l.end_date'), filter);
  const conditions = compared.length > 0 ? [sql`not ${noEnd}`, ...compared] : [];
  if (filter.isNull != null) conditions.push(filter.isNull ? noEnd : sql`not ${noEnd}`);
  return conditions;
}

/** In force on a day of the range. A round that ends before it starts is in force on none. */
function runsWithin(db: ScopedTables, range: NonNullable<LicenseFilter['runsWithin']>): Sql[] {
  const conditions = [sql`${db.dialect.hasNoEnd(raw('l.end_date'))} or l.end_date >= l.start_date`];
  if (range.to != null) conditions.push(sql`l.start_date <= ${range.to}`);
  if (range.from != null) conditions.push(sql`${db.dialect.hasNoEnd(raw('l.end_date'))} or l.end_date >= ${range.from}`);
  return conditions;
}

function searchRounds(db: ScopedTables, text: string): Sql {
  const named = (table: 'company' | 'partner' | 'product', columns: string[]) =>
    sql`(select s.id from ${db.table(table, 's')} where ${searchCondition(raw('0'), columns.map((column) => raw(`s.${column}`)), text)})`;
  return sql`${searchCondition(raw('l.id'), [raw('l.status')], text)}
    or l.company_id in ${named('company', ['company_name'])}
    or l.partner_id in ${named('partner', ['partner_name'])}
    or l.product_code_id in ${named('product', ['code', 'label'])}`;
}
