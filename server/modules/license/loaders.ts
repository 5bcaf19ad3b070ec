import type { Context } from '../../context.js';
import type { Page } from '../../db/page.js';
import type { LicenseShape } from './columns.js';
import type { LicenseRow } from './entity.js';
import { licensePagesOf, licensesByIds, type LicenseListArgs, type LicenseParent } from './store.js';

/** One round in scope, or null. */
export function loadLicense(context: Context, id: number): Promise<LicenseRow | null> {
  return context.loaders.load('license', id, (ids) => licensesByIds(context.db, ids));
}

/** A page of the rounds of one parent; all parents of the request share the statement. */
export function loadLicensesOf(
  context: Context,
  parent: LicenseParent,
  id: number,
  args: LicenseListArgs,
  shape: LicenseShape,
): Promise<Page<LicenseRow>> {
  const name = `licenses of ${parent} ${JSON.stringify([args, shape])}`;
  return context.loaders.load(name, id, (ids) => licensePagesOf(context, parent, ids, args, shape));
}
