import { addDays, daysBetween } from '../../server/reports/shapes/days.js';
import type { generatedPremium } from './generated-premium.js';

type Data = ReturnType<typeof generatedPremium>;
type Row = Record<string, string | number | null>;

/** A premium licence in force, judged one by one in plain loops: what the statements of the reports must agree with. */
export interface NaiveLicense {
  id: string;
  owner: string;
  companyId: number | null;
  product: string;
  currency: string | null;
  quantity: number;
  /** Price a year in minor units, not rounded; null when unknown. */
  arr: number | null;
  start: string;
  end: string | null;
  lastActivity: string | null;
  activeUsers: number;
  class: string;
  reason: string | null;
  seats: number;
}

const products: Record<number, string> = { 1: 'sub', 2: 'adm', 3: 'rel' };
const ownerOf = (row: Row) => (row['company_id'] != null ? `c${row['company_id']}` : row['partner_id'] != null ? `p${row['partner_id']}` : `s${row['site_host'] ?? ''}`);
const dayOf = (instant: string) => instant.slice(0, 10);

/** Instants of a user or owner up to the end of a day. */
function activityOf(data: Data, owner: string, asOf: string): string[] {
  const users = new Set(data.user.filter((user) => ownerOf(user) === owner && !ownerOf(user).startsWith('s')).map(({ id }) => id));
  return data.activity.filter((row) => users.has(row['user_id'] ?? null) && dayOf(String(row['timestamp'])) <= asOf).map((row) => String(row['timestamp']));
}

/** Users of an owner seen within so many days that end with asOf. */
export function activeUsersOf(data: Data, owner: string, asOf: string, days: number): number {
  const first = addDays(asOf, 1 - days);
  return data.user.filter((user) => ownerOf(user) === owner && data.activity.some((row) => {
    const at = dayOf(String(row['timestamp']));
    return row['user_id'] === user['id'] && at >= first && at <= asOf;
  })).length;
}

type Cell = string | number | null | undefined;

function inForce(start: Cell, end: Cell, asOf: string): boolean {
  return String(start) <= asOf && (end === null || (String(end) >= asOf && String(end) >= String(start)));
}

/** Every premium licence in force on a day. */
export function naiveLicenses(data: Data, asOf: string, threshold: number): NaiveLicense[] {
  const blank = { class: '', reason: null, seats: 0 };
  const rounds = data.license.filter((row) => inForce(row['start_date'], row['end_date'], asOf)).map((row): NaiveLicense => ({
    ...blank, id: `portal:${row['id']}`, owner: ownerOf(row), companyId: row['company_id'] as number | null, product: products[Number(row['product_code_id'])] ?? '',
    currency: String(row['currency']), quantity: Number(row['number_of_licenses']),
    arr: Number(row['number_of_licenses']) * Math.round(Number(row['cost_per_license']) * 100), start: String(row['start_date']), end: row['end_date'] as string | null,
    lastActivity: activityOf(data, ownerOf(row), asOf).sort().at(-1) ?? null, activeUsers: activeUsersOf(data, ownerOf(row), asOf, threshold),
  }));
  const externals = data.externalLicense.filter((row) => row['is_enabled'] === 1 && inForce(row['purchase_date'], row['expiration_date'], asOf)).map((row): NaiveLicense => ({
    ...blank, id: `external:${row['id']}`, owner: ownerOf(row), companyId: row['company_id'] as number | null, product: String(row['product_slug']),
    // Without a price there is no currency either.
    currency: row['price_minor'] === null ? null : (row['currency'] as string | null), quantity: Number(row['activation_limit']), start: String(row['purchase_date']), end: row['expiration_date'] as string | null,
    arr: row['expiration_date'] === null ? 0 : row['price_minor'] === null ? null : (Number(row['price_minor']) * 12) / Number(row['interval_months']),
    lastActivity: row['last_checked_in_at'] as string | null, activeUsers: 0,
  }));
  const first = addDays(asOf, 1 - threshold);
  const heard = (instant: string | null) => instant !== null && dayOf(instant) >= first && dayOf(instant) <= asOf;
  const alive = new Set([
    ...rounds.filter(({ owner }) => activityOf(data, owner, asOf).some(heard)).map(({ product }) => `portal ${product}`),
    ...data.externalLicense.filter((row) => heard(row['last_checked_in_at'] as string | null)).map((row) => `external ${row['product_slug']}`),
  ]);
  const all = [...rounds, ...externals];
  for (const license of all) judge(license, data, alive, asOf, threshold);
  for (const owner of new Set(rounds.map((round) => round.owner))) takeUnused(rounds.filter((round) => round.owner === owner));
  return all;
}

function judge(license: NaiveLicense, data: Data, alive: ReadonlySet<string>, asOf: string, threshold: number): void {
  const source = license.id.split(':')[0];
  const late = license.lastActivity !== null && dayOf(license.lastActivity) > asOf;
  if (license.lastActivity !== null && (late || dayOf(license.lastActivity) < license.start)) license.lastActivity = null;
  const days = license.lastActivity === null ? null : daysBetween(dayOf(license.lastActivity), asOf);
  if (daysBetween(license.start, asOf) < threshold) license.class = 'TOO_NEW';
  else if (late || !alive.has(`${source} ${license.product}`)) license.class = 'NO_TELEMETRY';
  else if (days === null) license.class = 'NEVER_USED';
  else license.class = days < 30 ? 'ACTIVE' : days < 90 ? 'DORMANT' : 'INACTIVE';
  if (license.class === 'TOO_NEW') return;
  if (data.company.some(({ id, active }) => id === license.companyId && active === 0)) license.reason = 'OWNER_INACTIVE';
  else if (license.class === 'NEVER_USED') license.reason = 'NEVER_USED';
  else if (license.class !== 'NO_TELEMETRY' && days !== null && days >= threshold) license.reason = 'STALE';
  if (license.reason !== null) license.seats = license.quantity;
}

/** The seats of an owner that nobody uses, from the rounds that expire first. */
function takeUnused(rounds: NaiveLicense[]): void {
  let excess = rounds.reduce((sum, { quantity }) => sum + quantity, 0) - (rounds[0]?.activeUsers ?? 0);
  const number = ({ id }: NaiveLicense) => Number(id.split(':')[1]);
  const open = rounds.filter((round) => round.reason === null && round.class !== 'TOO_NEW' && round.class !== 'NO_TELEMETRY');
  for (const round of open.sort((a, b) => (a.end ?? '9999').localeCompare(b.end ?? '9999') || number(a) - number(b))) {
    const taken = Math.max(0, Math.min(excess, round.quantity));
    if (taken > 0) Object.assign(round, { reason: 'UNDERUSED', seats: taken });
    excess -= taken;
  }
}
