import sql, { join, raw, type Sql } from 'sql-template-tag';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { containsText } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type { LicensePosition, LicenseSource, PositionOrder, PositionOrderField } from '../../graphql.generated.js';
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
  const field = args.orderBy?.field ?? 'GAP';
  return readPage<LineModel>({
    db: query.context.db,
    source: namedLines(query, priced),
    alias: 'o',
    where: [
      ...(args.positions == null ? [] : [inPositions(args.positions)]),
      ...(args.search?.trim() ? [containsText(raw('o.name'), args.search.trim())] : []),
    ],
    order: { name: `position.${query.by}.${field}`, key: orderKey(query, field), direction: args.orderBy?.direction ?? 'DESC' },
    first: args.first,
    after: args.after,
    columns: raw('x.*'),
    decode: decodeLine,
  });
}

function inPositions(positions: readonly LicensePosition[]): Sql {
  return positions.length === 0 ? raw('1 = 0') : sql`o.line_position in (${join([...positions])})`;
}

/** A line without limit has neither gap nor surplus: it stands where these are 0. */
function orderKey({ context: { db } }: PositionQuery, field: PositionOrderField): Sql {
  const surplus = 'case when o.unlimited = 1 then 0 else o.purchased - o.deployed end';
  switch (field) {
    case 'GAP':
      return raw(`abs(${surplus})`);
    case 'SURPLUS':
      return raw(surplus);
    case 'NAME':
      return db.dialect.foldCase(raw(`coalesce(o.name, '')`));
    case 'PURCHASED':
      return raw('o.purchased');
    case 'DEPLOYED':
      return raw('o.deployed');
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
