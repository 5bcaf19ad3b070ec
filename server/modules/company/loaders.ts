import type { Context } from '../../context.js';
import type { Page } from '../../db/page.js';
import type { CompanyRow } from './entity.js';
import { companiesByIds, companyPagesOfPartners, type CompanyListArgs, type CompanyShape } from './store.js';

/** One company in scope, or null. */
export function loadCompany(context: Context, id: number): Promise<CompanyRow | null> {
  return context.loaders.load('company', id, (ids) => companiesByIds(context.db, ids));
}

/** A page of the companies of one partner; all partners of the request share the statement. */
export function loadCompaniesOf(
  context: Context,
  partnerId: number,
  args: CompanyListArgs,
  shape: CompanyShape,
): Promise<Page<CompanyRow>> {
  const name = `companies of partner ${JSON.stringify([args, shape])}`;
  return context.loaders.load(name, partnerId, (ids) => companyPagesOfPartners(context, ids, args, shape));
}
