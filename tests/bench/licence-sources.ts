import { randomFor } from '../../server/db/demo/random.js';
import { day, table, type Generated } from './table.js';

const slugs = ['atlas', 'beacon', 'compass', 'drift', 'ember', 'forge'] as const;
const prices = [['EUR', 40], ['USD', 35], ['GBP', 15], ['JPY', 10]] as const;
/** Every site has a number; trials and licences of one number are the same site's. */
const host = (site: number): string => `site${site}.example.com`;
const asTyped = ['https://', 'http://', 'https://www.', 'https://'] as const;
/** The one product of a site, so that a trial and the licence after it are found together. */
const slugOf = (site: number): string => slugs[site % slugs.length] ?? slugs[0];

/** The key of a trial; its id is in it. */
export const trialKey = (id: number): string => `TRIAL-${String(id).padStart(7, '0')}-${((id * 2_654_435_761) >>> 0).toString(16)}`;
/** The key of a premium licence; its id is in it. */
export const premiumKey = (id: number): string => `LIC-${String(id).padStart(7, '0')}-${((id * 2_246_822_519) >>> 0).toString(16)}`;

/** What a check of the trial with this id sends. */
export const trialCheck = (id: number) => ({ licenseKey: trialKey(id), siteUrl: `https://${host(id)}/`, productSlug: slugOf(id) });

/** Sites that a licence is active on, without a table to look them up in: four of five have one. */
const sitesOf = (license: number): number => (license % 5 === 0 ? 2 : 1);
const minute = (random: { int(least: number, most: number): number }): string =>
  `${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:00`;

/** Trials and the mirror of premium licences. Factor 1: 200,000 of each; one trial in twelve has converted. */
export function licenceSources(size: (rows: number) => number, companies: number, partners: number): Generated[] {
  const [trials, licenses] = [size(200_000), size(200_000)];
  return [
    table('trial', ['id', 'product_slug', 'site_url', 'license_key', 'expiration_date', 'grace_period_date', 'status', 'is_active', 'is_fluent_license_check', 'premium_license_id', 'last_checked_in_at', 'created_at', 'updated_at'], trials, () => {
      const random = randomFor('bench trials');
      return (id) => {
        const starts = -random.int(0, 3 * 365);
        const ends = starts + random.pick([14, 30]);
        const converted = id % 12 === 0;
        const seen = random.chance(0.85) ? Math.min(0, starts + random.int(0, 60)) : null;
        return [
          id, slugOf(id), `${random.pick(asTyped)}${host(id)}/`, trialKey(id), `${day(ends)} 00:00:00`,
          random.chance(0.1) ? `${day(ends + 14)} 00:00:00` : null, 'active', random.chance(0.97) ? 1 : 0, converted ? 1 : 0,
          converted ? premiumKey(Math.min(id, licenses)) : null, seen === null ? null : `${day(seen)} 23:30:00`,
          `${day(starts)} ${minute(random)}`, `${day(Math.min(0, starts + 20))} 12:00:00`,
        ];
      };
    }),
    table('externalLicense', ['id', 'provider', 'license_key', 'product_slug', 'company_id', 'partner_id', 'site_url', 'site_host', 'site_count', 'activation_limit', 'is_unlimited', 'activation_count', 'purchase_date', 'expiration_date', 'price_minor', 'currency', 'interval_months', 'auto_renew', 'status', 'is_enabled', 'last_checked_in_at', 'first_seen_at', 'changed_at', 'fetched_at'], licenses, () => {
      const random = randomFor('bench premium licences');
      return (id) => {
        const { starts, ends, currency, price } = termOf(id);
        const owner = random.weighted([['company', 50], ['partner', 5], ['none', 45]] as const);
        const limit = random.weighted([[1, 60], [3, 20], [25, 15], [0, 5]] as const);
        const seen = random.chance(0.8) ? random.int(-200, 0) : null;
        return [
          id, 'shop', premiumKey(id), slugOf(id), owner === 'company' ? random.int(1, companies) : null, owner === 'partner' ? random.int(1, partners) : null,
          `https://${host(id)}/`, host(id), sitesOf(id), limit, random.chance(0.02) ? 1 : 0, sitesOf(id), day(starts), ends === null ? null : day(ends),
          price, currency, ends === null ? null : 12, random.chance(0.6) ? 1 : 0, 'valid', random.chance(0.98) ? 1 : 0,
          seen === null || seen < starts ? null : `${day(seen)} ${minute(random)}`, `${day(starts)} 06:00:00`, `${day(starts)} 06:00:00`, `${day(0)} 06:00:00`,
        ];
      };
    }),
    table('externalActivation', ['id', 'license_id', 'site_url', 'site_host', 'last_checked_in_at'], licenses + Math.floor(licenses / 5), () => (id) => {
      // The second sites come after all first ones.
      const license = id <= licenses ? id : (id - licenses) * 5;
      const site = id <= licenses ? host(id) : `second.${host(license)}`;
      return [id, license, `https://${site}/`, site, null];
    }),
    table('externalTerm', ['id', 'license_id', 'start_date', 'end_date', 'quantity', 'price_minor', 'currency', 'interval_months', 'recorded_at', 'superseded_at'], licenses + Math.floor(licenses / 5), () => (id) => {
      // Every fifth licence was renewed once: its first term comes after all running ones.
      const renewed = id > licenses;
      const license = renewed ? (id - licenses) * 5 : id;
      const { starts, ends, currency, price } = termOf(license);
      const [from, to] = renewed ? [starts - 365, starts - 1] : [starts, ends];
      return [id, license, day(from), to === null ? null : day(to), 1, price, currency, to === null ? null : 12, `${day(from)} 06:00:00`, null];
    }),
  ];
}

/** The running term of a licence: the same in every table that repeats it. */
function termOf(license: number) {
  const random = randomFor(`bench term ${license}`);
  const starts = -random.int(0, 2 * 365);
  const years = random.weighted([[1, 90], [2, 7], [null, 3]] as const);
  const currency = random.weighted(prices);
  return { starts, ends: years === null ? null : starts + years * 365 - 1, currency, price: currency === 'JPY' ? random.int(500, 30_000) : random.int(900, 49_900) };
}
