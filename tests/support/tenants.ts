import { hashPassword } from '../../server/auth/passwords.js';
import { PASSWORD, type TestApp } from './app.js';
import { round, user, type Rows } from './rows.js';
import { event, unit } from './trial-rows.js';
import { trial } from './trials.js';
import { external } from './unified-rows.js';

/**
 * Two partners with companies, rounds, direct users and activity; companies without a partner; rows that name owners of two
 * tenants. Every id, name, e-mail, number of seats and price occurs once, so that whatever turns up tells whose it is.
 */

/** Who may see a row: accounts by name. */
export const tenants = ['north', 'south', 'birch', 'cedar', 'dune'] as const;
export type Tenant = (typeof tenants)[number];

/** North has Birch and Cedar; South has Dune; Elm has no reseller and no account. */
export const NORTH = 710_001;
export const SOUTH = 710_002;
export const BIRCH = 720_001;
export const CEDAR = 720_002;
export const DUNE = 720_003;
export const ELM = 720_004;

export const scopes: Record<Tenant, { partnerId: number | null; companyId: number | null }> = {
  north: { partnerId: NORTH, companyId: null },
  south: { partnerId: SOUTH, companyId: null },
  birch: { partnerId: null, companyId: BIRCH },
  cedar: { partnerId: null, companyId: CEDAR },
  dune: { partnerId: null, companyId: DUNE },
};

type Value = string | number | null;
interface Owned {
  table: 'partner' | 'company' | 'license' | 'user' | 'trial' | 'externalLicense';
  row: Record<string, Value>;
  seenBy: readonly Tenant[];
}

const partner = (id: number, name: string, ...seenBy: Tenant[]): Owned => ({ table: 'partner', row: { id, partner_name: name }, seenBy });
const company = (id: number, name: string, partnerId: number | null, ...seenBy: Tenant[]): Owned => ({
  table: 'company', row: { id, company_name: name, active: 1, partner_id: partnerId }, seenBy,
});
/** Seats and price are distinct primes, too far apart for a difference of users to make one of another. */
const license = (id: number, seats: number, cost: number, owner: Record<string, Value>, ...seenBy: Tenant[]): Owned => ({
  table: 'license',
  row: round({ id, number_of_licenses: seats, cost_per_license: cost, start_date: '2020-01-01', end_date: null, ...owner }),
  seenBy,
});
const person = (id: number, owner: { company_id?: number; partner_id?: number }, ...seenBy: Tenant[]): Owned => ({
  table: 'user', row: user(id, owner, { first_name: `Given-${id}`, last_name: `Family-${id}`, email: `mail-${id}@tenant.example` }), seenBy,
});

/** Trials name no owner: no tenant sees any. */
const trialOf = (id: number): Owned => ({
  table: 'trial', row: trial(id, { site_url: `https://trialmark-${id}.example/`, license_key: `TRIALKEY-${id}` }), seenBy: [],
});

/** A limit and a price that occur once, and a site that only this licence has. */
const premium = (id: number, limit: number, cost: number, owner: Record<string, Value>, ...seenBy: Tenant[]): Owned => ({
  table: 'externalLicense', seenBy,
  row: external({
    id, license_key: `PREMIUMKEY-${id}`, site_url: `https://premiummark-${id}.example/`, site_host: `premiummark-${id}.example`, site_count: 1, activation_limit: limit,
    price_minor: cost * 100, purchase_date: '2025-07-01', expiration_date: '2026-06-30', ...owner,
  }),
});

export const owned: readonly Owned[] = [
  partner(NORTH, 'Northmark', 'north'),
  partner(SOUTH, 'Southmark', 'south'),
  company(BIRCH, 'Birchmark', NORTH, 'north', 'birch'),
  company(CEDAR, 'Cedarmark', NORTH, 'north', 'cedar'),
  company(DUNE, 'Dunemark', SOUTH, 'south', 'dune'),
  company(ELM, 'Elmmark', null),
  license(730_001, 10_007, 20_011, { partner_id: NORTH }, 'north'),
  license(730_002, 10_103, 20_021, { company_id: BIRCH }, 'north', 'birch'),
  license(730_003, 10_211, 20_023, { company_id: BIRCH, end_date: '2026-06-18' }, 'north', 'birch'),
  license(730_004, 10_303, 20_029, { company_id: CEDAR }, 'north', 'cedar'),
  license(730_005, 10_427, 20_047, { partner_id: SOUTH }, 'south'),
  license(730_006, 10_501, 20_051, { company_id: DUNE }, 'south', 'dune'),
  license(730_007, 10_607, 20_063, { company_id: ELM }),
  // Two owners: of two tenants, of two tenants the other way round, of one tenant, and none.
  license(730_008, 10_709, 20_071, { company_id: BIRCH, partner_id: SOUTH }),
  license(730_009, 10_831, 20_089, { company_id: DUNE, partner_id: NORTH }),
  license(730_010, 10_937, 20_101, { company_id: CEDAR, partner_id: NORTH }, 'north'),
  license(730_011, 11_003, 20_107, {}),
  person(740_001, { partner_id: NORTH }, 'north'),
  person(740_002, { company_id: BIRCH }, 'north', 'birch'),
  person(740_003, { company_id: CEDAR }, 'north', 'cedar'),
  person(740_004, { partner_id: SOUTH }, 'south'),
  person(740_005, { company_id: DUNE }, 'south', 'dune'),
  person(740_006, { company_id: ELM }),
  // A user of a company belongs to it, whatever partner_id says.
  person(740_007, { company_id: BIRCH, partner_id: SOUTH }, 'north', 'birch'),
  person(740_008, { company_id: DUNE, partner_id: NORTH }, 'south', 'dune'),
  person(740_009, { company_id: ELM, partner_id: NORTH }),
  person(740_010, {}),
  premium(760_001, 12_007, 30_011, { partner_id: NORTH }, 'north'),
  premium(760_002, 12_101, 30_013, { company_id: BIRCH }, 'north', 'birch'),
  premium(760_003, 12_203, 30_029, { partner_id: SOUTH }, 'south'),
  premium(760_004, 12_301, 30_047, { company_id: DUNE }, 'south', 'dune'),
  premium(760_005, 12_401, 30_059, { company_id: ELM }),
  premium(760_006, 12_503, 30_071, { company_id: BIRCH, partner_id: SOUTH }),
  // Nobody but staff sees a licence that names no owner.
  premium(760_007, 12_601, 30_089, {}),
  trialOf(750_001),
  trialOf(750_002),
];

const secondOf = (id: Value) => String(Number(id) % 100).padStart(2, '0');
/** Each user once, at a time that tells whose it is. */
const latestOf = (id: Value) => `2026-06-1${Number(id) % 5} 10:17:${secondOf(id)}`;
/** As a database and as the API write it. With its day: its time alone is also one of today, when the tests run. */
const patternOf = (moment: string) => moment.replace(' ', '[T ]');

/** All rows of these, and the products. */
function rowsOf(list: readonly Owned[]): Rows {
  const of = (table: Owned['table']) => list.filter((entry) => entry.table === table).map(({ row }) => row);
  const activity = of('user').map(({ id }, index) => ({ id: index + 1, user_id: id ?? null, timestamp: latestOf(id ?? null), action: 'login', status: 'ok' }));
  return {
    partner: of('partner'), company: of('company'), product: [{ id: 1, code: 'SUB', label: 'Sub' }],
    license: of('license'), user: of('user'), activity, trial: of('trial'),
    externalLicense: of('externalLicense'),
    externalActivation: of('externalLicense').map(({ id, site_url, site_host }) => ({ license_id: id ?? null, site_url: site_url ?? null, site_host: site_host ?? null })),
    externalTerm: of('externalLicense').map(({ id, purchase_date, expiration_date, activation_limit, price_minor, currency }) => ({
      license_id: id ?? null, start_date: purchase_date ?? null, end_date: expiration_date ?? null, quantity: activation_limit ?? null, price_minor: price_minor ?? null,
      currency: currency ?? null, interval_months: 12, recorded_at: '2025-07-01 00:00:00',
    })),
    trialUnit: of('trial').map(({ id }) => unit(Number(id))),
    trialEvent: of('trial').flatMap(({ id }) => [
      event(Number(id), 'STARTED', { at: '2026-06-01 10:00:00', expires: '2026-06-15' }), event(Number(id), 'CONVERTED', { at: '2026-06-12 10:00:00' }),
    ]),
  };
}

export const everyone: Rows = rowsOf(owned);

/** What a database would hold that belonged to one tenant alone. */
export function rowsSeenBy(tenant: Tenant): Rows {
  return rowsOf(owned.filter(({ seenBy }) => seenBy.includes(tenant)));
}

/** What must never reach a tenant, as patterns: ids, names, addresses, figures and moments of the rows of others. */
export function secretsFrom(tenant: Tenant): string[] {
  return owned.filter(({ seenBy }) => !seenBy.includes(tenant)).flatMap(({ table, row }) => {
    switch (table) {
      case 'partner':
        return [String(row['id']), String(row['partner_name'])];
      case 'company':
        return [String(row['id']), String(row['company_name'])];
      case 'license':
        return [row['id'], row['number_of_licenses'], row['cost_per_license'], Number(row['number_of_licenses']) * Number(row['cost_per_license'])].map(String);
      case 'trial':
        return [String(row['id']), String(row['site_url']).split('/')[2] ?? '', String(row['license_key'])];
      case 'externalLicense':
        return [row['id'], row['activation_limit'], Number(row['price_minor']) / 100, row['license_key'], row['site_host']].map(String);
      case 'user':
        return [String(row['id']), patternOf(latestOf(row['id'] ?? null))];
    }
  });
}

/** One id of each kind that a tenant may see. */
export function ownIds(tenant: Tenant): number[] {
  const tables = ['partner', 'company', 'license', 'user', 'externalLicense'] as const;
  const own = (table: Owned['table']) => owned.find((entry) => entry.table === table && entry.seenBy.includes(tenant))?.row['id'];
  return tables.map((table) => Number(own(table))).filter((id) => id > 0);
}

export const ids = owned.map(({ row }) => Number(row['id']));

/** One account for each tenant. */
export async function insertTenants({ database }: TestApp): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await database.transaction(async ({ manager }) => {
    for (const tenant of tenants) {
      const role = scopes[tenant].partnerId === null ? 'COMPANY' : 'PARTNER';
      await manager.insert('Account', {
        email: `${tenant}@example.com`, displayName: tenant, passwordHash, role, ...scopes[tenant], disabled: 0, createdAt: new Date(),
      });
    }
  });
}
