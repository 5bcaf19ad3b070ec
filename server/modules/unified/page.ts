import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { decodeCursor, type Cursor } from '../../db/cursor.js';
import { number } from '../../db/decode.js';
import { all } from '../../db/filter.js';
import { pageFrom, pageSize, type KeyedRow, type Page } from '../../db/page.js';
import type { LicenseSource, OrderDirection, UnifiedLicenseFilter, UnifiedLicenseOrder } from '../../graphql.generated.js';
import type { UnifiedColumn } from './columns.js';
import { decodeAskedUnified, rowSelection, unifiedColumnsOf, type UnifiedProperty } from './decode.js';
import type { UnifiedLicenseRow } from './entity.js';
import { unifiedCondition, type ColumnOf } from './filter.js';
import { sourceRowOf } from './id.js';
import { unifiedOrderKey, type UnifiedOrderKey } from './order.js';
import { allSources, unifiedSource } from './relation.js';

/** Arguments of the list of licences of all sources. */
export interface UnifiedListArgs {
  first?: number | null;
  after?: string | null;
  filter?: UnifiedLicenseFilter | null;
  orderBy?: UnifiedLicenseOrder | null;
}

interface ListSql {
  context: Context;
  asOf: string;
  /** Columns that the condition and the key are made from. */
  columns: readonly UnifiedColumn[];
  /** Columns of the page's rows. */
  selected: readonly UnifiedColumn[];
  where: Sql;
  order: UnifiedOrderKey;
  direction: OrderDirection;
  after: Pick<Cursor, 'key' | 'id'> | null;
}

/**
 * One page of the licences of all sources with one statement. Each source is filtered, ordered and limited by itself, so that
 * at most a page of each is put together; the other columns are read of those rows alone.
 */
export async function unifiedPage(context: Context, args: UnifiedListArgs, asOf: string, asked: readonly UnifiedProperty[]): Promise<Page<UnifiedLicenseRow>> {
  const size = pageSize({ first: args.first });
  const [field, direction] = [args.orderBy?.field ?? 'ID', args.orderBy?.direction ?? 'ASC'];
  const used = new Set<UnifiedColumn>(['id', 'row_id']);
  const col: ColumnOf = (column) => {
    used.add(column);
    return raw(`k.${column}`);
  };
  const order = unifiedOrderKey(context, field, col);
  const where = unifiedCondition(context, args.filter, col);
  const name = `unified.${field}`;
  const after = args.after == null ? null : decodeCursor(args.after, { name, direction });
  const list: ListSql = { context, asOf, columns: [...used], selected: unifiedColumnsOf(asked), where, order, direction, after };
  const rows = await context.db.read<KeyedRow>(pageStatement(list, sourcesOf(args.filter), size + 1));
  return pageFrom({ order: { name, direction, key: raw('') }, after: args.after, decode: decodeAskedUnified(asOf) }, rows, size, () => count(list, args.filter));
}

function pageStatement(list: ListSql, sources: readonly LicenseSource[], limit: number): Sql {
  const { dialect } = list.context.db;
  const direction = raw(list.direction === 'DESC' ? 'desc' : 'asc');
  const key = raw('x.sw_key');
  return sql`select x.* from (${join(sources.map((source) => sourcePage(list, source, limit)), ' union all ')}) x
    order by ${list.order.isText ? dialect.foldCase(key) : key} ${direction}, x.sw_id ${direction} limit ${raw(String(limit))}`;
}

/** The page of one source: its place first, then its other columns. */
function sourcePage(list: ListSql, source: LicenseSource, limit: number): Sql {
  const { context, asOf, columns, selected, where, order } = list;
  const direction = raw(list.direction === 'DESC' ? 'desc' : 'asc');
  const key = keyOf(list);
  // By the row's own id, which is in the order of the id over all sources and has an index.
  const ordering = order.key === null ? sql`k.row_id ${direction}` : sql`${key} ${direction}, k.row_id ${direction}`;
  const places = sql`select k.id as sw_id, k.row_id as row_id, ${order.key ?? raw('0')} as sw_key
    from ${unifiedSource(context, source, asOf, columns)} where ${all([where, ...afterCursor(list, source)])}
    order by ${ordering} limit ${raw(String(limit))}`;
  return sql`select p.sw_key as sw_key, p.sw_id as sw_id, ${rowSelection(context.db.dialect, selected)}
    from (${places}) p join ${unifiedSource(context, source, asOf, [...new Set<UnifiedColumn>([...selected, 'row_id'])])} on k.row_id = p.row_id`;
}

function keyOf({ order, context }: ListSql): Sql {
  if (order.key === null) return raw('k.row_id');
  return order.isText ? context.db.dialect.foldCase(order.key) : order.key;
}

/** The rows of a source that follow the cursor, which may stand in another source. */
function afterCursor(list: ListSql, source: LicenseSource): Sql[] {
  const { after, order, direction } = list;
  if (after === null) return [];
  const place = sourceRowOf(Number(after.id));
  const beyond = raw(direction === 'DESC' ? '<' : '>');
  const follows = allSources.indexOf(source) > allSources.indexOf(place.source) ? 'ASC' : 'DESC';
  const tie = source === place.source ? sql`k.row_id ${beyond} ${place.rowId}` : raw(follows === direction ? '1 = 1' : '1 = 0');
  if (order.key === null) return [tie];
  const key = keyOf(list);
  return [sql`${key} ${beyond} ${after.key} or (${key} = ${after.key} and ${tie})`];
}

/** The sources that the filter's own list names; conditions below it are left to the database. */
function sourcesOf(filter: UnifiedLicenseFilter | null | undefined): readonly LicenseSource[] {
  const named = allSources.filter((source) => filter?.source == null || filter.source.includes(source));
  return named.length === 0 ? ['PORTAL'] : named;
}

async function count({ context, asOf, columns, where }: ListSql, filter: UnifiedLicenseFilter | null | undefined): Promise<number> {
  const parts = sourcesOf(filter).map((source) =>
    sql`select count(*) as n from ${unifiedSource(context, source, asOf, columns)} where ${where}`);
  const rows = await context.db.read(join(parts, ' union all '));
  return rows.reduce((sum, row) => sum + number(row, 'n'), 0);
}
