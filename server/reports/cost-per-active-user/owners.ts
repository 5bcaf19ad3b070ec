import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all, containsText } from '../../db/filter.js';
import type { Page, PageOrder } from '../../db/page.js';
import type { CostOrder, CostOrderField, LicenseSource } from '../../graphql.generated.js';
import { ownerNameSql } from '../../modules/unified/order.js';
import { readMergedPage } from '../merged-page.js';
import { ownerLines } from './lines.js';
import type { CostQuestion, PaidSource } from './question.js';
import { decodeCost, type Cost } from './spend.js';

/** One owner's spend and users in one currency. */
export interface OwnerCostModel extends Cost {
  companyId: number | null;
  partnerId: number | null;
  /** Where neither a company nor a partner is known. */
  siteHost: string | null;
}

export type OwnerCostPage = Page<OwnerCostModel>;

export interface OwnerCostArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  source?: LicenseSource | null | undefined;
  currency?: string | null | undefined;
  search?: string | null | undefined;
  orderBy?: CostOrder | null | undefined;
}

/** A page of lines. Their number is found out without reading anybody's activity. */
export function ownerCosts(question: CostQuestion, { first, after, source, currency, search, orderBy }: OwnerCostArgs): Promise<OwnerCostPage> {
  const { context } = question;
  const { db } = context;
  const sources = question.sources.filter((name) => source == null || name === source);
  const where = [
    ...(currency == null ? [] : [sql`k.currency = ${currency}`]),
    ...(search?.trim() ? [containsText(ownerName(context), search.trim())] : []),
  ];
  return readMergedPage({
    db, where, first, after,
    sources: sources.length === 0 ? [noLines(context)] : sources.map((name) => ownerLines(question, name)),
    order: costOrder(context, orderBy),
    columns: sql`k.source as source, k.company_id as company_id, k.partner_id as partner_id, ${db.dialect.neutralText(raw('k.site_host'))} as site_host,
      ${db.dialect.neutralText(raw('k.currency'))} as currency, k.licenses as licenses, ${db.dialect.exactInteger(raw('k.spend'))} as parts, k.active as active`,
    decode: decodeLine,
    totalCount: () => countLines(context, sources.map((name) => ownerLines(question, name, false)), where),
  });
}

async function countLines({ db }: Context, lines: readonly Sql[], where: readonly Sql[]): Promise<number> {
  const counts = await Promise.all(lines.map(async (source) => {
    const rows = await db.read(sql`select k.source as source, count(*) as n from ${source} where ${all(where)} group by k.source`);
    return rows.reduce((sum, row) => sum + number(row, 'n'), 0);
  }));
  return counts.reduce((sum, n) => sum + n, 0);
}

/** No source is asked for: a list without rows. */
function noLines({ db }: Context): Sql {
  return sql`(select c.id as id, '' as source, null as company_id, null as partner_id, '' as site_host, '' as currency, 0 as licenses, 0 as spend,
    0 as active from ${db.table('company', 'c')} where 1 = 0) k`;
}

function decodeLine(row: Row): OwnerCostModel {
  return {
    ...decodeCost(text(row, 'source') as PaidSource, row),
    companyId: numberOrNull(row, 'company_id'),
    partnerId: numberOrNull(row, 'partner_id'),
    siteHost: textOrNull(row, 'site_host'),
  };
}

const ownerName = (context: Context): Sql => ownerNameSql(context, (column) => raw(`k.${column}`));

/** Above any cost, and still a whole number that a cursor holds exactly. */
const HIGHEST = raw('9000000000000000');

/** Ordering by money takes READ_MONEY; without it, and without an ordering, lines are in the order of names. */
function costOrder(context: Context, order: CostOrder | null | undefined): PageOrder {
  const blind = order == null && !context.signedIn().permissions.has('READ_MONEY');
  const field: CostOrderField = order?.field ?? (blind ? 'OWNER' : 'COST_PER_ACTIVE_USER');
  return { name: `cost.${field}`, key: orderKey(context, field), direction: order?.direction ?? (blind ? 'ASC' : 'DESC') };
}

function orderKey(context: Context, field: CostOrderField): Sql {
  const { dialect } = context.db;
  switch (field) {
    case 'COST_PER_ACTIVE_USER':
      context.demand('READ_MONEY');
      return sql`case when k.active = 0 then ${HIGHEST} else ${dialect.wholeQuotient(raw('k.spend'), raw('k.active'))} end`;
    case 'ANNUAL_SPEND':
      context.demand('READ_MONEY');
      return dialect.wholeQuotient(raw('k.spend'), raw('1'));
    case 'ACTIVE_USERS':
      return dialect.wholeQuotient(raw('k.active'), raw('1'));
    case 'OWNER':
      return dialect.foldCase(ownerName(context));
  }
}
