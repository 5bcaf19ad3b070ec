import sql, { join, raw } from 'sql-template-tag';
import type { Transaction } from '../db/database.js';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../db/decode.js';
import type { Dialect, Row, SqlValue } from '../db/dialect/dialect.js';
import type { LicenseFacts } from './provider.js';
import type { Term } from './terms.js';

/** The columns of a mirrored licence that come from the provider, in the order of their values. */
export const factColumns = [
  'product_slug', 'variation', 'company_id', 'partner_id', 'site_url', 'site_host', 'site_count', 'activation_limit', 'is_unlimited',
  'activation_count', 'purchase_date', 'expiration_date', 'price_minor', 'currency', 'interval_months', 'auto_renew', 'status', 'is_enabled',
  'last_checked_in_at',
] as const;

export type Facts = Record<(typeof factColumns)[number], SqlValue>;

export interface StoredActivation {
  id: number;
  url: string;
  host: string;
  lastCheckedInAt: string | null;
  pass: number | null;
  missing: boolean;
}

export interface StoredTerm extends Term {
  id: number;
}

/** A licence of the mirror as it stands, locked until the transaction ends. */
export interface StoredLicense {
  id: number;
  licenseKey: string;
  facts: Facts;
  activations: StoredActivation[];
  terms: StoredTerm[];
}

/** An instant as the tables of the mirror hold it: UTC, to the second. */
export function storedInstant(instant: Date | string): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

/** Databases may find two keys equal that differ in letter case. */
export function foldedKey(licenseKey: string): string {
  return licenseKey.toLowerCase();
}

/** The licences of these keys with their sites and their terms of record, by folded key. */
export async function readStored(tx: Transaction, dialect: Dialect, provider: string, keys: readonly string[]): Promise<Map<string, StoredLicense>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.read(sql`
    select id, license_key, ${raw(factColumns.join(', '))} from sw_external_licenses
    where provider = ${provider} and license_key in (${join(keys)}) ${dialect.lockRows}`);
  const licenses = rows.map((row): StoredLicense => ({
    id: number(row, 'id'), licenseKey: text(row, 'license_key'), facts: factsOf(row), activations: [], terms: [],
  }));
  const byId = new Map(licenses.map((license) => [license.id, license]));
  if (licenses.length > 0) {
    const ids = join([...byId.keys()]);
    const activations = await tx.read(sql`select * from sw_external_activations where license_id in (${ids}) order by id ${dialect.lockRows}`);
    for (const row of activations) byId.get(number(row, 'license_id'))?.activations.push(activationOf(row));
    const terms = await tx.read(sql`
      select * from sw_external_terms where license_id in (${ids}) and superseded_at is null order by start_date, id`);
    for (const row of terms) byId.get(number(row, 'license_id'))?.terms.push(termOf(row));
  }
  return new Map(licenses.map((license) => [foldedKey(license.licenseKey), license]));
}

/** The columns of a licence and its sites; check-ins and sites that are known already stay known. */
export function factsFrom(facts: LicenseFacts, stored: StoredLicense | undefined): Facts {
  const hosts = new Map(stored?.activations.filter(({ missing }) => !missing).map(({ host, url }) => [host, url]));
  for (const { host, url } of facts.sites) if (!hosts.has(host)) hosts.set(host, url);
  const [first] = hosts;
  const checkedIn = facts.lastCheckedInAt === null ? null : storedInstant(facts.lastCheckedInAt);
  return {
    product_slug: facts.productSlug, variation: facts.variation, company_id: facts.companyId, partner_id: facts.partnerId,
    site_url: first?.[1] ?? null, site_host: first?.[0] ?? null, site_count: hosts.size,
    activation_limit: facts.activationLimit, is_unlimited: Number(facts.isUnlimited), activation_count: facts.activationCount,
    purchase_date: facts.purchaseDate, expiration_date: facts.expirationDate, price_minor: facts.priceMinor, currency: facts.currency,
    interval_months: facts.intervalMonths, auto_renew: facts.autoRenew === null ? null : Number(facts.autoRenew), status: facts.status,
    is_enabled: Number(facts.isEnabled), last_checked_in_at: latest(checkedIn, stored?.facts.last_checked_in_at as string | null | undefined),
  };
}

/** The later of two stored instants; null is before every other. */
export function latest(a: string | null, b: string | null | undefined): string | null {
  return (a ?? '') >= (b ?? '') ? a : (b ?? null);
}

function factsOf(row: Row): Facts {
  return Object.fromEntries(factColumns.map((column) => [column, decoded[column]?.(row, column) ?? null])) as Facts;
}

type Decode = (row: Row, column: string) => SqlValue;
const instantText: Decode = (row, column) => {
  const instant = instantOrNull(row[column]);
  return instant === null ? null : storedInstant(instant);
};
const decoded: Record<keyof Facts, Decode> = {
  product_slug: textOrNull, variation: textOrNull, company_id: numberOrNull, partner_id: numberOrNull, site_url: textOrNull, site_host: textOrNull,
  site_count: numberOrNull, activation_limit: numberOrNull, is_unlimited: numberOrNull, activation_count: numberOrNull, purchase_date: textOrNull,
  expiration_date: textOrNull, price_minor: numberOrNull, currency: textOrNull, interval_months: numberOrNull, auto_renew: numberOrNull,
  status: textOrNull, is_enabled: numberOrNull, last_checked_in_at: instantText,
};

function activationOf(row: Row): StoredActivation {
  return {
    id: number(row, 'id'), url: text(row, 'site_url'), host: text(row, 'site_host'), pass: numberOrNull(row, 'seen_pass'),
    lastCheckedInAt: instantText(row, 'last_checked_in_at') as string | null, missing: row['missing_since'] !== null,
  };
}

function termOf(row: Row): StoredTerm {
  return {
    id: number(row, 'id'), startDate: text(row, 'start_date'), endDate: textOrNull(row, 'end_date'), quantity: number(row, 'quantity'),
    priceMinor: numberOrNull(row, 'price_minor'), currency: textOrNull(row, 'currency'), intervalMonths: numberOrNull(row, 'interval_months'),
  };
}
