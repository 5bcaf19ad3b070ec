import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { decodeAsked, everyColumn, selected } from '../../db/columns.js';
import { combine, idConditions, searchCondition, textConditions } from '../../db/filter.js';
import { padded, readPage, readPages, type Page, type PageQuery } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { CompanyFilter, CompanyOrder, CompanyOrderField } from '../../graphql.generated.js';
import { decodePartner, partnerColumns } from '../partner/columns.js';
import { companyColumns, decodeCompany, type CompanyColumn } from './columns.js';
import type { CompanyRow } from './entity.js';

/** Arguments of every list of companies. */
export interface CompanyListArgs {
  first?: number | null;
  /** Largest page allowed, where it is not a client that asks. */
  maximum?: number;
  after?: string | null;
  filter?: CompanyFilter | null;
  orderBy?: CompanyOrder | null;
}

/** What to read of companies and, in the same statement, of the rows that they name. */
export interface CompanyShape {
  columns: readonly CompanyColumn[];
  partner: boolean;
}

/** Companies with the names around them, as lists for people have them. */
export const namedCompany: CompanyShape = { columns: everyColumn(companyColumns), partner: true };

/** One page of the companies in scope. */
export function companyPage(context: Context, args: CompanyListArgs, shape: CompanyShape): Promise<Page<CompanyRow>> {
  return readPage(pageQuery(context, args, shape));
}

/** The same page of the companies of each partner, in one statement. */
export function companyPagesOfPartners(
  context: Context,
  partnerIds: readonly number[],
  args: CompanyListArgs,
  shape: CompanyShape,
): Promise<Page<CompanyRow>[]> {
  return readPages(pageQuery(context, args, shape), raw('c.partner_id'), partnerIds);
}

/** Companies by id, null where there is none in scope. */
export async function companiesByIds(db: ScopedTables, ids: readonly number[], lock = false): Promise<(CompanyRow | null)[]> {
  const rows = await db.read(sql`
    select ${selected(companyColumns, everyColumn(companyColumns), 'x')} from ${db.table('company', 'x')}
    where x.id in (${join(padded(ids))}) ${lock ? db.dialect.lockRows : empty}`);
  const byId = new Map(rows.map(decodeCompany).map((company) => [company.id, company]));
  return ids.map((id) => byId.get(id) ?? null);
}

function pageQuery(context: Context, args: CompanyListArgs, shape: CompanyShape): PageQuery<CompanyRow> {
  const { db } = context;
  const field = args.orderBy?.field ?? 'ID';
  return {
    db,
    source: db.table('company', 'c'),
    alias: 'c',
    where: args.filter == null ? [] : [companyCondition(db, args.filter)],
    order: { name: `company.${field}`, key: orderKey(db, field), direction: args.orderBy?.direction ?? 'ASC' },
    first: args.first,
    maximum: args.maximum,
    after: args.after,
    columns: join([selected(companyColumns, shape.columns, 'x'), ...(shape.partner ? [partnerColumns('xp', 'p_')] : [])]),
    joins: shape.partner ? sql`left join ${db.table('partner', 'xp')} on xp.id = x.partner_id` : empty,
    decode: (row) => decodeWithPartner(row, shape),
  };
}

const askedOf: (row: Row) => CompanyRow = decodeAsked(companyColumns);

function decodeWithPartner(row: Row, shape: CompanyShape): CompanyRow {
  const company = askedOf(row);
  if (shape.partner) company.partner = row['p_id'] == null ? null : decodePartner(row, 'p_');
  return company;
}

/** A filter on companies as a condition on alias `c`. */
function companyCondition(db: ScopedTables, filter: CompanyFilter): Sql {
  return combine(filter, 'filter', (level, at) => [
    ...(level.id ? idConditions(raw('c.id'), level.id, `${at}.id`) : []),
    ...(level.name ? textConditions(db.dialect, raw('c.company_name'), level.name, `${at}.name`) : []),
    ...(level.active == null ? [] : [sql`c.active = ${Number(level.active)}`]),
    ...(level.partner ? idConditions(visiblePartner(db), level.partner, `${at}.partner`) : []),
    ...(level.search?.trim() ? [searchCompanies(db, level.search)] : []),
  ]);
}

/** The reseller as far as the viewer may see it: filtering by a hidden one would tell which it is. */
function visiblePartner(db: ScopedTables): Sql {
  return sql`(select p.id from ${db.table('partner', 'p')} where p.id = c.partner_id)`;
}

function searchCompanies(db: ScopedTables, text: string): Sql {
  return sql`${searchCondition(raw('c.id'), [raw('c.company_name')], text)}
    or c.partner_id in (select p.id from ${db.table('partner', 'p')} where ${searchCondition(raw('0'), [raw('p.partner_name')], text)})`;
}

function orderKey(db: ScopedTables, field: CompanyOrderField): Sql {
  switch (field) {
    case 'ID':
      return raw('c.id');
    case 'NAME':
      return db.dialect.foldCase(raw('c.company_name'));
    case 'PARTNER':
      return db.dialect.foldCase(
        sql`coalesce((select p.partner_name from ${db.table('partner', 'p')} where p.id = c.partner_id), '')`,
      );
  }
}
