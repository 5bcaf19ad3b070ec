import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { padded, readPage, readPages, type Page, type PageOrder, type PageQuery } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { LicenseFilter, LicenseOrder, LicenseOrderField } from '../../graphql.generated.js';
import { decodeLicense, decodeShape, licenseColumns, shapeColumns, shapeJoins, type LicenseShape } from './columns.js';
import type { LicenseRow } from './entity.js';
import { licenseCondition, partnerOfRound, type FilterContext } from './filter.js';
import { annualValueMinor, unitCostMinor } from './lifecycle.js';

/** Arguments of every list of rounds. */
export interface LicenseListArgs {
  first?: number | null;
  /** Largest page allowed, where it is not a client that asks. */
  maximum?: number;
  after?: string | null;
  filter?: LicenseFilter | null;
  orderBy?: LicenseOrder | null;
  asOf?: string | null;
}

/** Judged at asOf, default today, with the grace period of premium licences. */
export function filterContext(context: Context, asOf: string | null | undefined): FilterContext {
  return {
    db: context.db,
    demand: (permission) => context.demand(permission),
    asOf: asOf ?? context.today,
    graceDays: context.config.GRACE_DAYS_PREMIUM,
  };
}

/** One page of the rounds in scope. */
export function licensePage(context: Context, args: LicenseListArgs, shape: LicenseShape): Promise<Page<LicenseRow>> {
  return readPage(pageQuery(context, args, shape));
}

/** The parents whose rounds can be listed, and how a round names its parent. */
const parents = {
  company: () => raw('l.company_id'),
  partner: (db: ScopedTables) => partnerOfRound(db),
  product: () => raw('l.product_code_id'),
};
export type LicenseParent = keyof typeof parents;

/** The same page of the rounds of each parent, in one statement. */
export function licensePagesOf(
  context: Context,
  parent: LicenseParent,
  ids: readonly number[],
  args: LicenseListArgs,
  shape: LicenseShape,
): Promise<Page<LicenseRow>[]> {
  return readPages(pageQuery(context, args, shape), parents[parent](context.db), ids);
}

/** Rounds by id, null where there is none in scope. */
export async function licensesByIds(db: ScopedTables, ids: readonly number[], lock = false): Promise<(LicenseRow | null)[]> {
  const rows = await db.read(sql`
    select ${licenseColumns} from ${db.table('license', 'x')}
    where x.id in (${join(padded(ids))}) ${lock ? db.dialect.lockRows : raw('')}`);
  const byId = new Map(rows.map(decodeLicense).map((license) => [license.id, license]));
  return ids.map((id) => byId.get(id) ?? null);
}

function pageQuery(context: Context, args: LicenseListArgs, shape: LicenseShape): PageQuery<LicenseRow> {
  const { db } = context;
  return {
    db,
    source: db.table('license', 'l'),
    alias: 'l',
    where: args.filter == null ? [] : [licenseCondition(filterContext(context, args.asOf), args.filter)],
    order: licenseOrder(context, args.orderBy),
    first: args.first,
    maximum: args.maximum,
    after: args.after,
    columns: shapeColumns(shape),
    joins: shapeJoins(db, shape),
    decode: decodeShape(shape),
  };
}

const moneyOrders: ReadonlySet<LicenseOrderField> = new Set(['UNIT_COST', 'ANNUAL_VALUE']);

function licenseOrder(context: Context, order: LicenseOrder | null | undefined): PageOrder {
  const field = order?.field ?? 'ID';
  if (moneyOrders.has(field)) context.demand('READ_MONEY');
  return { name: `license.${field}`, key: orderKey(context.db, field), direction: order?.direction ?? 'ASC' };
}

/** What to order by; never null, so that a page can begin after any key. */
function orderKey(db: ScopedTables, field: LicenseOrderField): Sql {
  const { dialect } = db;
  switch (field) {
    case 'ID':
      return raw('l.id');
    case 'OWNER':
      return dialect.foldCase(sql`case when l.company_id is not null and l.partner_id is not null then '' else coalesce(
        (select c.company_name from ${db.table('company', 'c')} where c.id = l.company_id),
        (select p.partner_name from ${db.table('partner', 'p')} where p.id = l.partner_id), '') end`);
    case 'PRODUCT':
      return dialect.foldCase(sql`coalesce((select d.code from ${db.table('product', 'd')} where d.id = l.product_code_id), '')`);
    case 'START_DATE':
      return dialect.asText(raw('l.start_date'));
    case 'END_DATE':
      return sql`case when ${dialect.hasNoEnd(raw('l.end_date'))} then '9999-12-31' else ${dialect.asText(raw('l.end_date'))} end`;
    case 'SEATS':
      return raw('l.number_of_licenses');
    case 'UNIT_COST':
      return unitCostMinor(dialect);
    case 'ANNUAL_VALUE':
      return annualValueMinor(dialect);
    case 'CURRENCY':
      return raw('l.currency');
    case 'STATUS':
      return dialect.foldCase(raw('l.status'));
  }
}
