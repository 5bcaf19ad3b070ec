import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import {
  combine, containsText, currencyConditions, dateConditions, idConditions, intConditions, isOneOf, textConditions,
} from '../../db/filter.js';
import type { DateFilter, LifecycleStatusFilter, StringFilter, UnifiedLicenseFilter } from '../../graphql.generated.js';
import { partsFilter } from '../license/money-filter.js';
import type { UnifiedColumn } from './columns.js';

/** Gives a column of `k` and remembers that it is needed. */
export type ColumnOf = (column: UnifiedColumn) => Sql;

/** Parts of a minor unit in which the relation holds money: see columns.ts. */
export const PARTS = 60;

/** Where a filter stands, and how it is read. */
interface FilterOptions {
  /** The argument that it is, for messages. */
  path?: string;
  /** The partner of `k` where the statement has joined it; without it, a subquery that looks it up. */
  partner?: () => Sql;
}

/** A filter on unified licences as a condition on `k`. To add an operator, add a line here and its field in the SDL. */
export function unifiedCondition(context: Context, filter: UnifiedLicenseFilter | null | undefined, col: ColumnOf, options: FilterOptions = {}): Sql {
  const { path = 'filter', partner = () => partnerOfLicense(context, col) } = options;
  const { dialect } = context.db;
  return combine(filter, path, (level, at) => [
    ...(level.source ? [isOneOf(col('source'), level.source, `${at}.source`)] : []),
    ...(level.company ? idConditions(col('company_id'), level.company, `${at}.company`) : []),
    ...(level.partner ? idConditions(partner(), level.partner, `${at}.partner`) : []),
    ...(level.productSlug ? textConditions(dialect, col('product_key'), level.productSlug, `${at}.productSlug`) : []),
    ...(level.siteUrl ? textConditions(dialect, col('site_url'), level.siteUrl, `${at}.siteUrl`) : []),
    ...(level.licenseKey ? keyConditions(context, col('license_key'), level.licenseKey, `${at}.licenseKey`) : []),
    ...(level.isPremium == null ? [] : [sql`${col('is_premium')} = ${Number(level.isPremium)}`]),
    ...(level.lifecycleStatus ? statusConditions(col('status'), level.lifecycleStatus, `${at}.lifecycleStatus`) : []),
    ...(level.subStatus ? [isOneOf(col('sub_status'), level.subStatus, `${at}.subStatus`)] : []),
    ...(level.purchaseDate ? dayConditions(col('start_date'), level.purchaseDate) : []),
    ...(level.expirationDate ? dayConditions(col('end_date'), level.expirationDate) : []),
    ...(level.quantity ? intConditions(col('quantity'), level.quantity, `${at}.quantity`) : []),
    ...(level.currency ? currencyConditions(sql`coalesce(${col('currency')}, '')`, level.currency, `${at}.currency`) : []),
    ...(level.renewalValueArr
      ? partsFilter(context, { amount: col('arr'), currency: col('currency'), parts: PARTS }, level.renewalValueArr)
      : []),
    ...(level.search?.trim() ? [searchCondition(context, col, level.search.trim())] : []),
  ]);
}

/** The owner itself, or the reseller of the owning company as far as the viewer may see it. */
function partnerOfLicense({ db }: Context, col: ColumnOf): Sql {
  return sql`coalesce(${col('partner_id')}, (select rp.id from ${db.table('company', 'rc')}
    join ${db.table('partner', 'rp')} on rp.id = rc.partner_id where rc.id = ${col('company_id')}))`;
}

/** Equality of keys is exact; the plain comparison beside it finds them by the index. */
function keyConditions({ db }: Context, key: Sql, filter: StringFilter, field: string): Sql[] {
  const exact = db.dialect.exactText(key);
  const { eq, in: among, ne, ...others } = filter;
  return [
    ...(eq == null ? [] : [sql`${key} = ${eq} and ${exact} = ${eq}`]),
    ...(among == null ? [] : [isOneOf(key, among, `${field}.in`), isOneOf(exact, among, `${field}.in`)]),
    ...(ne == null ? [] : [sql`(${key} is null or not ${exact} = ${ne})`]),
    ...textConditions(db.dialect, key, others, field),
  ];
}

function statusConditions(status: Sql, { eq, in: among, notIn }: LifecycleStatusFilter, field: string): Sql[] {
  return [
    ...(eq == null ? [] : [sql`${status} = ${eq}`]),
    ...(among == null ? [] : [isOneOf(status, among, `${field}.in`)]),
    ...(notIn == null || notIn.length === 0 ? [] : [sql`not ${isOneOf(status, notIn, `${field}.notIn`)}`]),
  ];
}

/** A licence without the day passes only `isNull: true`. */
function dayConditions(day: Sql, filter: DateFilter): Sql[] {
  return [
    ...dateConditions(day, filter),
    ...(filter.isNull == null ? [] : [sql`${day} is ${raw(filter.isNull ? 'null' : 'not null')}`]),
  ];
}

/** Names of owners are looked up within the viewer's scope. */
export function searchCondition({ db }: Context, col: ColumnOf, text: string): Sql {
  const named = (table: 'company' | 'partner', name: string) =>
    sql`(select s.id from ${db.table(table, 's')} where ${containsText(raw(`s.${name}`), text)})`;
  return sql`${containsText(col('site_url'), text)} or ${containsText(col('product_key'), text)} or ${col('license_key')} = ${text}
    or ${col('company_id')} in ${named('company', 'company_name')} or ${col('partner_id')} in ${named('partner', 'partner_name')}`;
}
