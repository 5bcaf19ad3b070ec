import sql, { join, raw } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { numberOrNull, text, textOrNull } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { Batcher, grouped, padded } from './batcher.js';
import { premiumFrom, type PremiumRow } from './rows.js';

/** What the mirror holds of a key. */
export interface Mirrored {
  /** The licence for the product that asks; null when there is none. */
  license: PremiumRow | null;
  /** True when the key is there, for whatever product. */
  isKnownKey: boolean;
}

interface Wanted {
  licenseKey: string;
  host: string;
  productSlug: string;
}

/** Finds licences of the mirror, each with the activation of the site that asks. */
export class PremiumLicenses {
  readonly #batcher: Batcher<Wanted, Mirrored>;

  constructor(private readonly database: Database) {
    this.#batcher = new Batcher((wanted) => this.#read(wanted), { atOnce: 2, size: 256 });
  }

  /** The licence with this key, letter by letter, for this product. */
  matching(licenseKey: string, host: string, productSlug: string): Promise<Mirrored> {
    return this.#batcher.add({ licenseKey, host, productSlug });
  }

  async #read(wanted: readonly Wanted[]): Promise<Mirrored[]> {
    const noEnd = this.database.dialect.hasNoEnd(raw('x.expiration_date'));
    const rows = await this.database.read(sql`
      select x.id, x.license_key, x.provider, x.product_slug, x.site_host, x.site_count, x.activation_limit, x.is_unlimited, x.activation_count,
        x.purchase_date, case when ${noEnd} then null else x.expiration_date end as last_day, x.is_enabled,
        a.id as activation_id, a.missing_since as activation_missing, a.site_host as activation_host
      from sw_external_licenses x
      left join sw_external_activations a on a.license_id = x.id and a.site_host in (${join(padded([...new Set(wanted.map(({ host }) => host))]))})
      where x.license_key in (${join(padded([...new Set(wanted.map(({ licenseKey }) => licenseKey))]))})`);
    const byKey = grouped(rows, (row) => text(row, 'license_key'));
    return wanted.map((one) => {
      const found = byKey.get(one.licenseKey) ?? [];
      return { license: best(found, one), isKnownKey: found.length > 0 };
    });
  }
}

/** Two providers may have given out the same key: the licence that is switched on counts, then the one that ends last. */
function best(rows: readonly Row[], { host, productSlug }: Wanted): PremiumRow | null {
  const activations = new Map(rows.filter((row) => textOrNull(row, 'activation_host') === host && row['activation_missing'] === null).map((row) => [numberOrNull(row, 'id'), numberOrNull(row, 'activation_id')]));
  const licenses = new Map(rows.map((row) => [numberOrNull(row, 'id'), premiumFrom(row, host, activations.get(numberOrNull(row, 'id')) ?? null)]));
  const ends = ({ lastDay }: PremiumRow) => lastDay ?? '9999-12-31';
  const ofProduct = [...licenses.values()].filter((license) => license.productSlug === productSlug);
  return ofProduct.sort((a, b) => Number(b.isEnabled) - Number(a.isEnabled) || (ends(a) < ends(b) ? 1 : -1))[0] ?? null;
}
