import { EntitySchema } from 'typeorm';
import type { ImageType } from './image.js';

/** How a partner's portal looks, as stored; `id` is the partner's. */
export interface BrandingRow {
  id: number;
  displayName: string;
  /** `#rrggbb` in lower case. */
  accent: string | null;
  logoType: ImageType | null;
  logoBytes: number | null;
  logoSha256: string | null;
  /** In base64; read only where it is shown. */
  logo?: string | null;
}

/** Name of the entity inside TypeORM and in the audit log. */
export const BRANDING = 'Branding';

export const BrandingEntity = new EntitySchema<BrandingRow>({
  name: BRANDING,
  tableName: 'sw_branding',
  columns: {
    id: { type: 'int', primary: true, name: 'partner_id' },
    displayName: { type: 'varchar', length: 60, name: 'display_name' },
    accent: { type: 'varchar', length: 7, nullable: true },
    logoType: { type: 'varchar', length: 4, name: 'logo_type', nullable: true },
    logoBytes: { type: 'int', name: 'logo_bytes', nullable: true },
    logoSha256: { type: 'varchar', length: 64, name: 'logo_sha256', nullable: true },
    logo: { type: 'text', nullable: true },
  },
});
