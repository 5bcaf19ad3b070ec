import type { Context } from '../../context.js';
import type { ProductRow } from './entity.js';
import { productsByIds } from './store.js';

/** One product, or null. */
export function loadProduct(context: Context, id: number): Promise<ProductRow | null> {
  return context.loaders.load('product', id, (ids) => productsByIds(context.db, ids));
}
