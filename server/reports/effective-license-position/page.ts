import sql, { join, raw, type Sql } from 'sql-template-tag';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all, containsText } from '../../db/filter.js';
import type { Page } from '../../db/page.js';
import type { LicensePosition, LicenseSource, PositionOrder, PositionOrderField } from '../../graphql.generated.js';
import { readMergedPage } from '../merged-page.js';
import { knownBy } from './grouping.js';
import { namedLines } from './lines.js';
import { parsePrice } from './price.js';
import type { PositionQuery } from './query.js';

export interface LineArgs {
  first?: number | null;
  after?: string | null;
  positions?: readonly LicensePosition[] | null;
  search?: string | null;
  orderBy?: PositionOrder | null;
}

/** One line of the position as read. */
export interface LineModel {
  key: string;
  name: string | null;
  companyId: number | null;
  partnerId: number | null;
  host: string | null;
  productKey: string | null;
  source: LicenseSource | null;
  purchased: number;
  inGrace: number;
  deployed: number;
  position: LicensePosition | null;
  /** Latest unit price, where it was asked for. */
  price: { currency: string; parts: string } | null;
}

/** One page of the lines; they are put together, filtered and ordered in the database. */
export function linePage(query: PositionQuery, args: LineArgs, priced: boolean): Promise<Page<LineModel>> {
  const { db } = query.context;
  const field = args.orderBy?.field ?? 'GAP';
  const sources = query.groupings.map((grouping) => namedLines(query, grouping, priced));
  const where = [
    ...(args.positions == null ? [] : [inPositions(args.positions)]),
    ...(args.search?.trim() ? [containsText(raw('k.name'), args.search.trim())] : []),
  ];
  const counted = async (source: Sql): Promise<number> => Number((await db.read<Row & { n: number }>(sql`select count(*) as n from ${source} where ${all(where)}`))[0]?.n ?? 0);
  return readMergedPage<LineModel>({
    db,
    sources,
    where,
    order: { name: `position.${query.by}.${field}`, key: orderKey(query, field), direction: args.orderBy?.direction ?? 'DESC' },
    first: args.first,
    after: args.after,
    columns: raw([...lineColumns, ...(priced ? ['latest'] : [])].map((name) => `k.${name} as ${name}`).join(', ')),
    decode: decodeLine,
    totalCount: async () => (await Promise.all(sources.map(counted))).reduce((sum, n) => sum + n, 0),
  });
}

const lineColumns = ['id', 'name', ...knownBy, 'purchased', 'in_grace', 'deployed', 'line_position'];

function inPositions(positions: readonly LicensePosition[]): Sql {
  return positions.length === 0 ? raw('1 = 0') : sql`k.line_position in (${join([...positions])})`;
}

/** A line without limit has neither gap nor surplus: it stands where these are 0. */
function orderKey({ context: { db } }: PositionQuery, field: PositionOrderField): Sql {
  const surplus = 'case when k.unlimited = 1 then 0 else k.purchased - k.deployed end';
  switch (field) {
    case 'GAP':
      return raw(`abs(${surplus})`);
    case 'SURPLUS':
      return raw(surplus);
    case 'NAME':
      return db.dialect.foldCase(raw(`coalesce(k.name, '')`));
    case 'PURCHASED':
      return raw('k.purchased');
    case 'DEPLOYED':
      return raw('k.deployed');
  }
}

function decodeLine(row: Row): LineModel {
  return {
    key: text(row, 'id'),
    name: textOrNull(row, 'name'),
    companyId: numberOrNull(row, 'company_id'),
    partnerId: numberOrNull(row, 'partner_id'),
    host: textOrNull(row, 'host'),
    productKey: textOrNull(row, 'product_key'),
    source: textOrNull(row, 'source') as LicenseSource | null,
    purchased: number(row, 'purchased'),
    inGrace: number(row, 'in_grace'),
    deployed: number(row, 'deployed'),
    position: textOrNull(row, 'line_position') as LicensePosition | null,
    price: parsePrice(textOrNull(row, 'latest')),
  };
}
