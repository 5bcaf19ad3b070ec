import { addDays, addMonths, daysBetween } from './calendar.js';
import { companies, type Owner } from './owners.js';
import { homeTariff } from './products.js';
import { at, randomFor, type Random } from './random.js';
import { siteWords } from './site-words.js';

/** Licence keys that the demo's provider holds. */
export const PREMIUM_LICENCES = 1500;

/** A row as the provider sends it: a key with several sites stands on several rows. */
export interface PremiumRow {
  license_key: string;
  product_slug: string;
  variation: string;
  site_url: string;
  activation_limit: number | 'unlimited';
  activation_count: number;
  purchase_date: string;
  expiration_date: string;
  renewal_price: string | null;
  currency: string | null;
  billing_interval: string | number | null;
  auto_renew: boolean;
  last_check_in: string | null;
  status: string;
  company_id: number | null;
}

interface Plan {
  name: string;
  limit: number | 'unlimited';
  price: number;
}

const products: readonly (readonly [slug: string, weight: number])[] = [
  ['fluent-forms', 40], ['fluent-crm', 30], ['fluent-booking', 18], ['fluent-boards', 12],
];
const plans: readonly (readonly [Plan, number])[] = [
  [{ name: 'Single site', limit: 1, price: 79 }, 62], [{ name: 'Freelancer', limit: 5, price: 159 }, 22], [{ name: 'Agency', limit: 25, price: 349 }, 12],
  [{ name: 'Unlimited', limit: 'unlimited', price: 599 }, 2.5], [{ name: 'Legacy', limit: 0, price: 129 }, 1.5],
];
/** Months of a billing interval; null: bought for good. */
const intervals: readonly (readonly [number | null, number])[] = [[12, 74], [1, 13], [3, 7], [null, 6]];
/** Where the term stands today. */
type Standing = 'running' | 'endsToday' | 'inGrace' | 'expired' | 'refunded';
const standings: readonly (readonly [Standing, number])[] = [['running', 80], ['endsToday', 0.6], ['inGrace', 1.2], ['expired', 17.2], ['refunded', 1]];
type Use = 'active' | 'dormant' | 'stale' | 'never';
const uses: readonly (readonly [Use, number])[] = [['active', 74], ['dormant', 8], ['stale', 11], ['never', 7]];
const currencies: readonly (readonly [string, number])[] = [['EUR', 48], ['USD', 34], ['GBP', 18]];
/** Units of the currency for one euro of the price list. */
const factors: Readonly<Record<string, number>> = { EUR: 1, USD: 1.15, GBP: 0.88, JPY: 165, CHF: 0.98, SEK: 11, NOK: 11.5, DKK: 7.45, CAD: 1.6, AUD: 1.65 };

/** The key of the n-th premium licence, 1 to PREMIUM_LICENCES. */
export function premiumKey(n: number): string {
  const random = randomFor(`premium key ${n}`);
  const group = () => random.int(0, 0xffff).toString(16).toUpperCase().padStart(4, '0');
  return `FL-${group()}-${group()}-${group()}-${n.toString(36).toUpperCase().padStart(4, '0')}`;
}

/** The product slug of the n-th premium licence. */
export function premiumProduct(n: number): string {
  return randomFor(`premium product ${n}`).weighted(products);
}

/** The address of the first site of the n-th premium licence. */
export function premiumSite(n: number): string {
  return siteOf(n, 0, ownerOf(n, named()));
}

/** The rows of the n-th premium licence on a day: one a site, the first one that of `premiumSite`. */
export function premiumLicence(n: number, today: string): PremiumRow[] {
  return rowsOf(n, today, named());
}

/** Every row that the demo's provider holds. They depend on the day alone. */
export function premiumLicences(today: string): PremiumRow[] {
  return Array.from({ length: PREMIUM_LICENCES }, (_, index) => rowsOf(index + 1, today, named())).flat();
}

let customers: Owner[] | undefined;
function named(): Owner[] {
  return (customers ??= companies());
}

/** About a third of the licences name the company that bought them. */
function ownerOf(n: number, owners: readonly Owner[]): Owner | null {
  const random = randomFor(`premium owner ${n}`);
  return random.chance(0.34) ? at(owners, Math.floor(random.next() ** 2 * owners.length)) : null;
}

function rowsOf(n: number, today: string, owners: readonly Owner[]): PremiumRow[] {
  const random = randomFor(`premium ${n}`);
  const owner = ownerOf(n, owners);
  const plan = random.weighted(plans);
  const interval = random.weighted(intervals);
  const term = termOf(random.weighted(standings), interval, today, random);
  const currency = owner !== null && random.chance(0.8) ? homeTariff(owner.country).currency : random.weighted(currencies);
  const sites = plan.limit === 1 ? 1 : random.chance(0.35) ? random.int(2, 4) : 1;
  const unused = random.weighted(uses);
  const price = random.chance(0.02) ? null : priceOf(plan, interval, currency);
  return Array.from({ length: sites }, (_, site) => ({
    license_key: premiumKey(n),
    product_slug: premiumProduct(n),
    variation: plan.name,
    site_url: siteOf(n, site, owner),
    activation_limit: plan.limit,
    activation_count: unused === 'never' ? 0 : Math.max(sites, plan.limit === 1 ? 1 : random.int(1, plan.limit === 25 ? 18 : 4)),
    ...term,
    renewal_price: price,
    currency: price === null ? null : currency,
    billing_interval: interval === 12 ? 'year' : interval === 1 ? 'month' : interval,
    auto_renew: interval !== null && random.chance(0.7),
    last_check_in: lastCheckIn(unused, term, today, random),
    company_id: owner?.id ?? null,
  })).map((row, _, all) => ({ ...row, activation_count: all[0]?.activation_count ?? 0, auto_renew: all[0]?.auto_renew ?? false }));
}

interface PremiumTerm {
  purchase_date: string;
  expiration_date: string;
  status: string;
}

function termOf(standing: Standing, interval: number | null, today: string, random: Random): PremiumTerm {
  if (interval === null) return { purchase_date: addDays(today, -random.int(5, 1200)), expiration_date: 'lifetime', status: 'valid' };
  const end = endOf(standing, interval, today, random);
  const periods = interval === 12 ? random.weighted([[1, 45], [2, 30], [3, 17], [4, 8]]) : random.int(1, Math.floor(30 / interval));
  const begun = addDays(addMonths(end, -interval * periods), 1);
  return { purchase_date: begun <= today ? begun : today, expiration_date: end, status: standing === 'refunded' ? 'refunded' : end < today ? 'expired' : 'valid' };
}

function endOf(standing: Standing, interval: number, today: string, random: Random): string {
  switch (standing) {
    case 'running':
      return addDays(today, random.int(1, interval * 30));
    case 'refunded':
      // Mostly given back long ago: those first seen today would all seem to have ended yesterday.
      return addDays(today, random.chance(0.7) ? -random.int(20, 400) : random.int(1, interval * 30));
    case 'endsToday':
      return today;
    case 'inGrace':
      return addDays(today, -random.int(1, 7));
    case 'expired':
      return addDays(today, -random.int(8, 548));
  }
}

/** The day before in the early morning at the latest: a check-in of the future would be a fault. */
function lastCheckIn(use: Use, { purchase_date: begun, expiration_date: end }: PremiumTerm, today: string, random: Random): string | null {
  if (use === 'never') return null;
  const ended = end !== 'lifetime' && end < today ? daysBetween(end, today) : 0;
  const ago = (use === 'active' ? random.int(1, 9) : use === 'dormant' ? random.int(31, 88) : random.int(92, 380)) + (ended > 7 ? ended - 3 : 0);
  const day = addDays(today, -ago);
  if (day < begun) return null;
  return `${day}T${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:00Z`;
}

function priceOf({ price }: Plan, interval: number | null, currency: string): string {
  // Shorter intervals cost more a year, a licence for good three years' worth.
  const share = interval === null ? 3 : interval === 12 ? 1 : interval === 3 ? 0.3 : 0.11;
  const units = price * share * (factors[currency] ?? 1);
  return currency === 'JPY' ? String(Math.round(units / 10) * 10) : (Math.round(units) - 0.01).toFixed(2);
}

function siteOf(n: number, site: number, owner: Owner | null): string {
  const random = randomFor(`premium site ${n} ${site}`);
  const prefix = random.pick(['https://', 'https://', 'https://www.', 'http://']);
  const name = owner === null ? `${random.pick(siteWords.first)}-${random.pick(siteWords.second)}-${n}` : hostName(owner.name);
  const part = site > 0 || owner !== null ? `${random.pick(['shop', 'blog', 'events', 'team', 'help', 'store'])}${n}.` : '';
  return `${prefix}${owner === null && site === 0 ? '' : part}${site > 0 ? `s${site}.` : ''}${name}.example${random.chance(0.3) ? '/' : ''}`;
}

function hostName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '').replaceAll('ß', 'ss').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, ' ').trim().split(' ').filter((word) => word.length > 2).slice(0, 3).join('-');
}
