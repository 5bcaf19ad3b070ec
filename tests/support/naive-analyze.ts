import { Decimal } from 'decimal.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { listedPrices, type AnalyzeData } from './generated-analyze.js';

type Cell = string | number | null | undefined;
type Row = Record<string, Cell>;

/** One licence, judged by itself in plain code: what the statements of analyze must agree with. */
export interface NaiveLicence {
  source: 'PORTAL' | 'TRIAL' | 'EXTERNAL';
  companyId: number | null;
  partnerId: number | null;
  host: string | null;
  product: string | null;
  currency: string | null;
  status: string;
  subStatus: string;
  provider: string | null;
  autoRenew: string | null;
  start: string | null;
  end: string | null;
  /** Switched on. */
  on: boolean;
  seats: number;
  /** 1/60 minor units a year; null: not known. */
  arr: number | null;
}

const currencies = ['EUR', 'USD', 'GBP', 'JPY'];
const decimals = (currency: string) => (currency === 'JPY' ? 0 : 2);
const GRACE = 7;

function statusOn(asOf: string, start: string | null, end: string | null, grace: string | null): string {
  if (start !== null && end !== null && end < start) return 'INVALID';
  if (start !== null && start > asOf) return 'SCHEDULED';
  if (end === null) return 'PERPETUAL';
  if (end === asOf) return 'EXPIRES_TODAY';
  if (end > asOf) return 'ACTIVE';
  return grace !== null && grace >= asOf ? 'IN_GRACE' : 'EXPIRED';
}

const idOf = (value: Cell): number | null => (value == null ? null : Number(value));
const dayOf = (value: Cell): string | null => (value == null || String(value) >= '9999-12-31' ? null : String(value).slice(0, 10));
const textOf = (value: Cell): string | null => (value == null || value === '' ? null : String(value));

function portalLicence(data: AnalyzeData, row: Row, asOf: string): NaiveLicence {
  const [companyId, partnerId, end, start] = [idOf(row['company_id']), idOf(row['partner_id']), dayOf(row['end_date']), String(row['start_date'])];
  const [seats, currency] = [Number(row['number_of_licenses']), String(row['currency'])];
  const broken = (companyId === null) === (partnerId === null) || seats <= 0 || !currencies.includes(currency);
  const product = data.product.find(({ id }) => id === row['product_code_id']);
  const minor = Math.round(Number(row['cost_per_license']) * 10 ** decimals(currency));
  return {
    source: 'PORTAL', companyId, partnerId, host: null, product: product === undefined ? null : String(product['code']).toLowerCase(), currency,
    status: broken ? 'INVALID' : statusOn(asOf, start, end, end === null ? null : addDays(end, GRACE)),
    subStatus: data.company.some(({ id, active }) => id === companyId && active === 0) ? 'INACTIVE' : 'NONE',
    provider: null, autoRenew: null, start, end, on: true, seats, arr: seats * minor * 60,
  };
}

function trialLicence(row: Row, asOf: string): NaiveLicence {
  const [start, end] = [dayOf(row['created_at']), dayOf(row['expiration_date'])];
  const bare = String(row['site_url']).trim().toLowerCase().replace('https://', '').replace('http://', '').split(/[/?#:]/)[0] ?? '';
  const [converted, named, on] = [row['is_fluent_license_check'] === 1, textOf(row['premium_license_id']) !== null, row['is_active'] === 1];
  return {
    source: 'TRIAL', companyId: null, partnerId: null, host: textOf(bare.replace(/^www\./, '')), product: textOf(String(row['product_slug']).trim().toLowerCase()),
    currency: null, status: statusOn(asOf, start, end, end === null ? null : (dayOf(row['grace_period_date']) ?? addDays(end, GRACE))),
    subStatus: converted ? 'CONVERTED' : named ? 'REVERTED' : on ? 'TRIAL' : 'INACTIVE',
    provider: null, autoRenew: null, start, end, on, seats: 0, arr: 0,
  };
}

function externalLicence(row: Row, asOf: string): NaiveLicence {
  const [start, end] = [dayOf(row['purchase_date']), dayOf(row['expiration_date'])];
  const listed = row['price_minor'] == null
    ? listedPrices.find(({ product_slug, currency }) => product_slug === row['product_slug'] && (row['currency'] == null || currency === row['currency']))
    : undefined;
  const [price, months, currency] = row['price_minor'] == null
    ? [listed?.amount_minor ?? null, listed?.interval_months ?? null, listed?.currency ?? null]
    : [Number(row['price_minor']), idOf(row['interval_months']), textOf(row['currency'])];
  return {
    source: 'EXTERNAL', companyId: idOf(row['company_id']), partnerId: idOf(row['partner_id']), host: textOf(row['site_host']),
    product: textOf(row['product_slug'])?.toLowerCase() ?? null, currency: currency !== null && currencies.includes(currency) ? currency : null,
    status: statusOn(asOf, start, end, end === null ? null : addDays(end, GRACE)), subStatus: row['is_enabled'] === 0 ? 'INACTIVE' : 'NONE',
    provider: String(row['provider']), autoRenew: row['auto_renew'] == null ? null : String(row['auto_renew'] === 1), start, end, on: row['is_enabled'] === 1,
    seats: row['is_unlimited'] === 1 ? 0 : Number(row['activation_limit'] ?? 0),
    arr: end === null ? 0 : price === null ? null : months === null ? 0 : Math.round((price * 720) / months),
  };
}

/** Every licence that counts. */
export function naiveLicences(data: AnalyzeData, asOf: string): NaiveLicence[] {
  const keys = new Set(data.externalLicense.map((row) => row['license_key']));
  const trials = data.trial.filter((row) => !(row['is_fluent_license_check'] === 1 && keys.has(row['premium_license_id'] ?? null)));
  return [
    ...data.license.map((row) => portalLicence(data, row, asOf)), ...trials.map((row) => trialLicence(row, asOf)),
    ...data.externalLicense.map((row) => externalLicence(row, asOf)),
  ].filter(({ status }) => status !== 'INVALID');
}

interface Owner {
  companyId: number | null;
  partnerId: number | null;
  host: string | null;
}

const ownerKey = ({ companyId, partnerId, host }: Owner): string | null =>
  companyId !== null ? `company:${companyId}` : partnerId !== null ? `partner:${partnerId}` : host !== null ? `site:${host}` : null;

/** What an owner is in a dimension; undefined: the dimension says nothing of owners. */
function ofOwner(data: AnalyzeData, owner: Owner, dimension: string): string | null | undefined {
  const key = ownerKey(owner);
  switch (dimension) {
    case 'OWNER':
      return key;
    case 'OWNER_KIND':
      return key === null ? null : (key.split(':')[0] ?? '').toUpperCase();
    case 'COMPANY':
      return owner.companyId === null ? null : String(owner.companyId);
    case 'PARTNER': {
      const partnerId = owner.companyId === null ? owner.partnerId : data.company.find(({ id }) => id === owner.companyId)?.['partner_id'];
      return data.partner.some(({ id }) => id === partnerId) ? String(partnerId) : null;
    }
    default:
      return undefined;
  }
}

function periodOf(day: string | null, dimension: string): string | null {
  if (day === null) return null;
  const [year, month] = [day.slice(0, 4), day.slice(5, 7)];
  if (dimension.endsWith('YEAR')) return year;
  return dimension.endsWith('MONTH') ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

function ofLicence(licence: NaiveLicence, dimension: string): string | null {
  if (dimension.startsWith('START_')) return periodOf(licence.start, dimension);
  if (dimension.startsWith('END_')) return periodOf(licence.end, dimension);
  const values: Record<string, string | null> = {
    PRODUCT: licence.product, CURRENCY: licence.currency, SOURCE: licence.source, STATUS: licence.status, SUB_STATUS: licence.subStatus,
    PROVIDER: licence.provider, AUTO_RENEW: licence.autoRenew,
  };
  return values[dimension] ?? null;
}

/** Where a licence, or an owner without one, stands. */
function placeOf(data: AnalyzeData, dimensions: readonly string[], owner: Owner, licence: NaiveLicence | null): string {
  return JSON.stringify(dimensions.map((dimension) => {
    const own = ofOwner(data, owner, dimension);
    return own === undefined ? (licence === null ? null : ofLicence(licence, dimension)) : own;
  }));
}

/** Everything that stands in one place. */
interface Place {
  licences: NaiveLicence[];
  owners: Set<string>;
  registered: Set<number>;
  active: Set<number>;
}

/** Which licences and owners are looked at. */
export interface NaiveFilter {
  licence?: (licence: NaiveLicence) => boolean;
  owner?: (owner: Owner) => boolean;
}

/** The figures of every group, by its values as JSON; in the shape of the answer. */
export function naiveAnalyze(data: AnalyzeData, dimensions: readonly string[], { asOf, days }: { asOf: string; days: number }, filter: NaiveFilter = {}): Map<string, Record<string, unknown>> {
  const places = new Map<string, Place>();
  const at = (owner: Owner, licence: NaiveLicence | null): Place => {
    const name = placeOf(data, dimensions, owner, licence);
    const place = places.get(name) ?? { licences: [], owners: new Set(), registered: new Set(), active: new Set() };
    places.set(name, place);
    return place;
  };
  const passes = (owner: Owner): boolean => filter.owner?.(owner) ?? true;
  const licences = naiveLicences(data, asOf).filter((licence) => passes(licence) && (filter.licence?.(licence) ?? true));
  for (const licence of licences) {
    const place = at(licence, licence);
    place.licences.push(licence);
    const key = ownerKey(licence);
    if (key !== null) place.owners.add(key);
  }
  const nobody: Owner = { companyId: null, partnerId: null, host: null };
  const userOwner = (row: Row): Owner => (row['company_id'] != null ? { ...nobody, companyId: Number(row['company_id']) } : { ...nobody, partnerId: idOf(row['partner_id']) });
  const users = data.user.map((row) => ({ row, owner: userOwner(row) })).filter(({ owner }) => ownerKey(owner) !== null && passes(owner));
  if (filter.licence === undefined) {
    const known = [
      ...data.company.map(({ id }) => ({ ...nobody, companyId: Number(id) })), ...data.partner.map(({ id }) => ({ ...nobody, partnerId: Number(id) })), ...users.map(({ owner }) => owner),
    ].filter(passes);
    const holders = new Set(licences.map(ownerKey));
    for (const owner of known) if (!holders.has(ownerKey(owner))) at(owner, null).owners.add(ownerKey(owner) ?? '');
  }
  const first = addDays(asOf, 1 - days);
  const seen = new Set(data.activity.filter(({ timestamp }) => String(timestamp).slice(0, 10) >= first && String(timestamp).slice(0, 10) <= asOf).map(({ user_id }) => user_id));
  for (const { row, owner } of users) {
    const id = Number(row['id']);
    const rounds = licences.filter((licence) => licence.source === 'PORTAL' && ownerKey(licence) === ownerKey(owner));
    // The same person is put into every place of its owner's rounds, and a set holds it once.
    const [registered, active] = [row['active'] === 1, seen.has(id)];
    if (!registered && !active) continue;
    const stands = rounds.length > 0 ? rounds.map((licence) => at(owner, licence)) : filter.licence === undefined ? [at(owner, null)] : [];
    for (const place of stands) {
      if (registered) place.registered.add(id);
      if (active) place.active.add(id);
    }
  }
  return new Map([...places].map(([name, place]) => [name, figuresOf(place)]));
}

const sum = (licences: readonly NaiveLicence[], figure: (licence: NaiveLicence) => number) => licences.reduce((total, licence) => total + figure(licence), 0);

function figuresOf({ licences, owners, registered, active }: Place): Record<string, unknown> {
  const inForce = licences.filter(({ status, on }) => on && ['PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY'].includes(status));
  const rounds = inForce.filter(({ source }) => source === 'PORTAL');
  const seats = sum(rounds, (licence) => licence.seats);
  const money = (parts: Decimal.Value, currency: string) => ({ amount: new Decimal(parts).div(60).div(10 ** decimals(currency)).toFixed(decimals(currency), Decimal.ROUND_HALF_EVEN), currency });
  const byCurrency = (list: readonly NaiveLicence[], amount: (of: readonly NaiveLicence[]) => Decimal.Value) => [...currencies].sort().flatMap((currency) => {
    const of = list.filter((licence) => licence.currency === currency && licence.arr !== null);
    return of.length === 0 ? [] : [money(amount(of), currency)];
  });
  return {
    licenses: licences.length, rounds: licences.filter(({ source }) => source === 'PORTAL').length, licensesInForce: inForce.length,
    seats: sum(licences, (licence) => licence.seats), seatsInForce: sum(inForce, (licence) => licence.seats),
    seatsInGrace: sum(licences.filter(({ status, on }) => on && status === 'IN_GRACE'), (licence) => licence.seats),
    annualValue: { amounts: byCurrency(inForce, (of) => sum(of, ({ arr }) => arr ?? 0)) },
    averageCost: byCurrency(rounds, (of) => new Decimal(sum(of, ({ arr }) => arr ?? 0)).div(sum(of, (licence) => licence.seats))),
    owners: owners.size, registeredUsers: registered.size, activeUsers: active.size,
    utilization: { numerator: active.size, denominator: seats, value: seats === 0 ? null : Math.round((active.size / seats) * 10_000) / 10_000 },
    unusedSeats: seats - active.size,
  };
}
