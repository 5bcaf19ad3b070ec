import sql, { empty, join, raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { padded } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { BrandingRow } from './entity.js';
import type { ImageType } from './image.js';

/** The branding of a partner, null where it has none or is not in scope. */
export function loadBranding(context: Context, partnerId: number): Promise<BrandingRow | null> {
  return context.loaders.load('branding', partnerId, (ids) => brandingsOf(context.db, ids));
}

/** The brandings of partners without their logos. */
export async function brandingsOf(db: ScopedTables, partnerIds: readonly number[], lock = false): Promise<(BrandingRow | null)[]> {
  const rows = await db.read(sql`
    select ${columns} from ${db.table('branding', 'x')} where x.partner_id in (${join(padded(partnerIds))}) ${lock ? db.dialect.lockRows : empty}`);
  const byPartner = new Map(rows.map(decode).map((row) => [row.id, row]));
  return partnerIds.map((id) => byPartner.get(id) ?? null);
}

/** The logo of a partner as a data URL; null without one. */
export function loadLogo(context: Context, partnerId: number): Promise<string | null> {
  return context.loaders.load('logo', partnerId, async (ids) => {
    const rows = await context.db.read(sql`
      select x.partner_id as id, x.logo_type as logo_type, x.logo as logo from ${context.db.table('branding', 'x')} where x.partner_id in (${join(padded(ids))}) and x.logo is not null`);
    const byPartner = new Map(rows.map((row) => [number(row, 'id'), `data:image/${text(row, 'logo_type')};base64,${text(row, 'logo')}`]));
    return ids.map((id) => byPartner.get(id) ?? null);
  });
}

const columns = raw(`x.partner_id as id, x.display_name as display_name, x.accent as accent, x.logo_type as logo_type, x.logo_bytes as logo_bytes,
  x.logo_sha256 as logo_sha256`);

function decode(row: Row): BrandingRow {
  return {
    id: number(row, 'id'),
    displayName: text(row, 'display_name'),
    accent: textOrNull(row, 'accent'),
    logoType: textOrNull(row, 'logo_type') as ImageType | null,
    logoBytes: numberOrNull(row, 'logo_bytes'),
    logoSha256: textOrNull(row, 'logo_sha256'),
  };
}
