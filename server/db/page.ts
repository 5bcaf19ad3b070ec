import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { badInput } from '../errors.js';
import type { OrderDirection } from '../graphql.generated.js';
import { decodeCursor, encodeCursor, type CursorKey } from './cursor.js';
import type { Row } from './dialect/dialect.js';
import { all } from './filter.js';
import type { ScopedTables } from './scoped.js';

const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;

/** How a list is ordered: a key that is never null, then the id. */
export interface PageOrder {
  /** Name of the ordering, so that a cursor of another ordering is refused. */
  name: string;
  key: Sql;
  direction: OrderDirection;
  /** The key as cursors hold it, where a driver gives neither text nor number. */
  keyOf?: (key: unknown) => CursorKey;
}

/** A list of rows, page by page in the order of (key, id). */
export interface PageQuery<T> {
  db: ScopedTables;
  /** The scoped table or derived table with its alias. */
  source: Sql;
  alias: string;
  where: readonly Sql[];
  order: PageOrder;
  first: number | null | undefined;
  after: string | null | undefined;
  /** Largest page allowed; default MAX_PAGE_SIZE. */
  maximum?: number | undefined;
  /** What to read of the page's rows, which are called `x` here. Joined after the page is cut. */
  columns: Sql;
  joins?: Sql;
  decode: (row: Row) => T;
}

/** One page of a Relay connection. Edges and the count are made only when asked for. */
export interface Page<T> {
  nodes: T[];
  cursors: () => string[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  totalCount: () => Promise<number>;
}

/** A row with its place in the order. */
export type KeyedRow = Row & { sw_key: CursorKey; sw_id: number | string; sw_part?: number | string };

/** Reads one page with one statement: limited first, joined afterwards. */
export async function readPage<T>(query: PageQuery<T>): Promise<Page<T>> {
  const size = pageSize(query);
  const { alias, order } = query;
  const a = raw(alias);
  const direction = raw(order.direction === 'DESC' ? 'desc' : 'asc');
  const rows = await query.db.read<KeyedRow>(sql`
    select x.sw_key as sw_key, x.sw_id as sw_id, ${query.columns} from (
      select ${a}.*, ${order.key} as sw_key, ${a}.id as sw_id from ${query.source}
      where ${all([...query.where, ...afterCursor(query)])}
      order by sw_key ${direction}, sw_id ${direction} limit ${raw(String(size + 1))}
    ) x ${query.joins ?? empty} order by x.sw_key ${direction}, x.sw_id ${direction}`);
  return pageFrom(query, rows, size, async () => {
    const [row] = await query.db.read<Row & { n: number }>(
      sql`select count(*) as n from ${query.source} where ${all(query.where)}`,
    );
    return Number(row?.n ?? 0);
  });
}

/**
 * Reads the same page for each of several parents with one statement, numbering the rows within each parent. Their counts,
 * when asked for, come from one more statement for all of them.
 */
export async function readPages<T>(
  query: PageQuery<T>,
  parent: Sql,
  parentIds: readonly (number | string)[],
): Promise<Page<T>[]> {
  const size = pageSize(query);
  const { alias, order } = query;
  const a = raw(alias);
  const direction = raw(order.direction === 'DESC' ? 'desc' : 'asc');
  const belongs = sql`${parent} in (${join(padded(parentIds))})`;
  const rows = await query.db.read<KeyedRow>(sql`
    select x.sw_key as sw_key, x.sw_id as sw_id, x.sw_part as sw_part, ${query.columns} from (
      select n.* from (
        select k.*, row_number() over (partition by k.sw_part order by k.sw_key ${direction}, k.sw_id ${direction}) as sw_number from (
          select ${a}.*, ${order.key} as sw_key, ${a}.id as sw_id, ${parent} as sw_part from ${query.source}
          where ${all([belongs, ...query.where, ...afterCursor(query)])}
        ) k
      ) n where n.sw_number <= ${size + 1}
    ) x ${query.joins ?? empty} order by x.sw_part, x.sw_key ${direction}, x.sw_id ${direction}`);
  const counts = once(async () => {
    const counted = await query.db.read<Row & { part: number | string; n: number }>(
      sql`select k.part as part, count(*) as n from (
        select ${parent} as part from ${query.source} where ${all([belongs, ...query.where])}
      ) k group by k.part`,
    );
    return new Map(counted.map(({ part, n }) => [String(part), Number(n)]));
  });
  const byParent = new Map<string, KeyedRow[]>(parentIds.map((id) => [String(id), []]));
  for (const row of rows) byParent.get(String(row.sw_part))?.push(row);
  return parentIds.map((id) =>
    pageFrom(query, byParent.get(String(id)) ?? [], size, async () => (await counts()).get(String(id)) ?? 0),
  );
}

/** The page that the rows make, one row more than its size telling that another page follows. */
export function pageFrom<T>(
  query: Pick<PageQuery<T>, 'order' | 'after' | 'decode'>,
  rows: readonly KeyedRow[],
  size: number,
  totalCount: () => Promise<number>,
): Page<T> {
  const shown = rows.slice(0, size);
  const { name, direction, keyOf } = query.order;
  return {
    nodes: shown.map(query.decode),
    cursors: () => shown.map((row) => encodeCursor({ order: name, direction, key: keyOf === undefined ? row.sw_key : keyOf(row.sw_key), id: row.sw_id })),
    hasNextPage: rows.length > size,
    hasPreviousPage: query.after != null,
    totalCount: once(totalCount),
  };
}

/** The size of the page asked for, or BAD_USER_INPUT. */
export function pageSize({ first, maximum = MAX_PAGE_SIZE }: Pick<PageQuery<never>, 'first' | 'maximum'>): number {
  const size = first ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > maximum) throw badInput('first', `must be from 1 to ${maximum}, not ${size}`);
  return size;
}

/** The rows that follow the cursor. Compared key by key, so that the order needs no index to be right; one that there is begins at the key. */
function afterCursor<T>({ after, order, alias }: PageQuery<T>): Sql[] {
  if (after == null) return [];
  const cursor = decodeCursor(after, order);
  const beyond = raw(order.direction === 'DESC' ? '<' : '>');
  return [sql`${order.key} ${beyond}= ${cursor.key} and (${order.key} ${beyond} ${cursor.key} or ${raw(alias)}.id ${beyond} ${cursor.id})`];
}

/** A list filled up to a power of two with its last id, so that lists of many lengths share few prepared statements. */
export function padded<T extends number | string = number>(ids: readonly T[]): (T | number)[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(ids.length, 1)));
  const last = ids.at(-1) ?? 0;
  return [...ids, ...Array<T | number>(length - ids.length).fill(last)];
}

/** The work, done at the first call and remembered. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
