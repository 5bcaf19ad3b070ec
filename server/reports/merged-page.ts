import sql, { join, raw, type Sql } from 'sql-template-tag';
import { decodeCursor } from '../db/cursor.js';
import type { Row } from '../db/dialect/dialect.js';
import { all } from '../db/filter.js';
import { pageFrom, pageSize, type KeyedRow, type Page, type PageOrder } from '../db/page.js';
import type { ScopedTables } from '../db/scoped.js';

/** Rows of several derived tables as one list in the order of (key, id). */
export interface MergedPageQuery<T> {
  db: ScopedTables;
  /** Derived tables, each with alias `k` and an `id` that no other has; at least one. */
  sources: readonly Sql[];
  /** On `k`. */
  where: readonly Sql[];
  order: PageOrder;
  first: number | null | undefined;
  after: string | null | undefined;
  /** What to read of `k`, each under its name; texts of the tables made comparable with `dialect.neutralText`. */
  columns: Sql;
  decode: (row: Row) => T;
  totalCount: () => Promise<number>;
}

/** One page with one statement. Each source is ordered and limited by itself, so that at most a page of each is put together. */
export async function readMergedPage<T>(query: MergedPageQuery<T>): Promise<Page<T>> {
  const { db, sources, order } = query;
  const size = pageSize(query);
  const limit = raw(String(size + 1));
  const direction = raw(order.direction === 'DESC' ? 'desc' : 'asc');
  const where = all([...query.where, ...beyondCursor(query)]);
  const part = (source: Sql): Sql => sql`select p.* from (
    select ${order.key} as sw_key, k.id as sw_id, ${query.columns} from ${source} where ${where}
    order by sw_key ${direction}, sw_id ${direction} limit ${limit}) p`;
  const rows = await db.read<KeyedRow>(sql`select x.* from (${join(sources.map(part), ' union all ')}) x
    order by x.sw_key ${direction}, x.sw_id ${direction} limit ${limit}`);
  return pageFrom(query, rows, size, query.totalCount);
}

/** The rows that follow the cursor. */
function beyondCursor({ after, order }: Pick<MergedPageQuery<unknown>, 'after' | 'order'>): Sql[] {
  if (after == null) return [];
  const { key, id } = decodeCursor(after, order);
  const beyond = raw(order.direction === 'DESC' ? '<' : '>');
  return [sql`${order.key} ${beyond} ${key} or (${order.key} = ${key} and k.id ${beyond} ${id})`];
}
