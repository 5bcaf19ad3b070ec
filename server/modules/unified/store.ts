import sql, { join } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { padded } from '../../db/page.js';
import type { LicenseSource } from '../../graphql.generated.js';
import { decodeUnified, everyUnifiedProperty, rowSelection, unifiedColumnsOf } from './decode.js';
import type { UnifiedLicenseRow } from './entity.js';
import { sourceRowOf, unifiedId } from './id.js';
import { unifiedSource } from './relation.js';

/**
 * Licences by their ids over all sources, judged at asOf; null where there is none in scope. One statement for each source
 * that occurs, shared by everything that the request asks for together.
 */
export function unifiedByIds(context: Context, uids: readonly number[], asOf: string): Promise<(UnifiedLicenseRow | null)[]> {
  return Promise.all(uids.map((uid) => loadUnified(context, uid, asOf)));
}

/** One licence by its id over all sources. */
export function loadUnified(context: Context, uid: number, asOf: string): Promise<UnifiedLicenseRow | null> {
  const { source, rowId } = sourceRowOf(uid);
  return context.loaders.load(`unified ${source} ${asOf}`, rowId, (ids) => ofSource(context, source, ids, asOf));
}

const everyColumn = unifiedColumnsOf(everyUnifiedProperty);

async function ofSource(context: Context, source: LicenseSource, ids: readonly number[], asOf: string): Promise<(UnifiedLicenseRow | null)[]> {
  const rows = await context.db.read(sql`
    select ${rowSelection(context.db.dialect, everyColumn)} from ${unifiedSource(context, source, asOf, everyColumn)}
    where k.row_id in (${join(padded(ids))})`);
  const byId = new Map(rows.map(decodeUnified(asOf)).map((row) => [row.uid, row]));
  return ids.map((rowId) => byId.get(unifiedId({ source, rowId })) ?? null);
}
