import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { combine, idConditions, searchCondition, textConditions } from '../../db/filter.js';
import { padded, readPage, type Page } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { ProductFilter, ProductOrder, ProductOrderField } from '../../graphql.generated.js';
import { decodeProduct, productColumns } from './columns.js';
import type { ProductRow } from './entity.js';

/** Arguments of every list of products. */
export interface ProductListArgs {
  first?: number | null;
  after?: string | null;
  filter?: ProductFilter | null;
  orderBy?: ProductOrder | null;
}

/** One page of the products. */
export function productPage({ db }: Context, args: ProductListArgs): Promise<Page<ProductRow>> {
  const field = args.orderBy?.field ?? 'ID';
  return readPage({
    db,
    source: db.table('product', 'd'),
    alias: 'd',
    where: args.filter == null ? [] : [productCondition(db, args.filter)],
    order: { name: `product.${field}`, key: orderKey(db, field), direction: args.orderBy?.direction ?? 'ASC' },
    first: args.first,
    after: args.after,
    columns: productColumns('x'),
    decode: (row) => decodeProduct(row),
  });
}

/** Products by id, null where there is none. */
export async function productsByIds(db: ScopedTables, ids: readonly number[], lock = false): Promise<(ProductRow | null)[]> {
  const rows = await db.read(sql`
    select ${productColumns('x')} from ${db.table('product', 'x')}
    where x.id in (${join(padded(ids))}) ${lock ? db.dialect.lockRows : empty}`);
  const byId = new Map(rows.map((row) => decodeProduct(row)).map((product) => [product.id, product]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** A filter on products as a condition on alias `d`. */
function productCondition(db: ScopedTables, filter: ProductFilter): Sql {
  return combine(filter, 'filter', (level, at) => [
    ...(level.id ? idConditions(raw('d.id'), level.id, `${at}.id`) : []),
    ...(level.code ? textConditions(db.dialect, raw('d.code'), level.code, `${at}.code`) : []),
    ...(level.label ? textConditions(db.dialect, raw('d.label'), level.label, `${at}.label`) : []),
    ...(level.search?.trim() ? [searchCondition(raw('d.id'), [raw('d.code'), raw('d.label')], level.search)] : []),
  ]);
}

function orderKey(db: ScopedTables, field: ProductOrderField): Sql {
  if (field === 'ID') return raw('d.id');
  return db.dialect.foldCase(raw(field === 'CODE' ? 'd.code' : 'd.label'));
}
