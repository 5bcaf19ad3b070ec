import type { Context } from '../../context.js';
import type { PartnerRow } from './entity.js';
import { partnersByIds } from './store.js';

/** One partner in scope, or null. */
export function loadPartner(context: Context, id: number): Promise<PartnerRow | null> {
  return context.loaders.load('partner', id, (ids) => partnersByIds(context.db, ids));
}
