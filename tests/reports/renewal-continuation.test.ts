import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase, type DatabaseKind } from '../support/databases.js';
import { round, type Rows } from '../support/rows.js';
import { external, trial } from '../support/unified-rows.js';

const AS_OF = 'asOf: "2026-06-15"';
const FIGURES = 'licenses quantity arr { amounts { amount currency } }';
const products = [{ id: 1, code: 'SUB', label: 'S' }, { id: 2, code: 'REL', label: 'R' }];
const companies = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => ({ id: first + index, company_name: `C${first + index}`, active: 1, partner_id: null }));

/** Figures as `licences / seats / amounts`. */
const figures = ({ licenses, quantity, arr }: any) => `${licenses} / ${quantity} / ${arr.amounts.map(({ amount, currency }: any) => `${amount} ${currency}`).join(', ')}`;

async function forecast(app: TestApp, args: string, selection: string, account = 'admin') {
  const { data, errors } = await app.ask(account, `{ renewalForecast(${args}) { ${selection} } }`);
  expect(errors).toBeUndefined();
  return data.renewalForecast;
}

async function withApp(kind: DatabaseKind, rows: Rows, work: (app: TestApp) => Promise<void>, environment: Record<string, string> = {}) {
  const app = await startTestApp(kind, { rows, environment });
  try {
    await work(app);
  } finally {
    await app.stop();
  }
}

/** Pairs of rounds of one company each. */
type Chain = [company: number, ...rounds: [start: string, end: string | null, seats: number, values?: Record<string, string | number | null>][]];
const chains: Chain[] = [
  [1, ['2025-07-01', '2026-06-30', 10], ['2026-07-01', '2027-06-30', 10]],
  // The thirtieth day after the end, with fewer seats; the thirty-first.
  [2, ['2025-07-01', '2026-06-30', 10], ['2026-07-30', '2027-07-29', 4]],
  [3, ['2025-07-01', '2026-06-30', 10], ['2026-07-31', '2027-07-30', 10]],
  // Ends on the same day; starts on the same day; is of another product; is not valid.
  [4, ['2025-07-01', '2026-06-30', 10], ['2026-01-01', '2026-06-30', 10]],
  [5, ['2025-07-01', '2026-06-30', 10], ['2025-07-01', '2027-06-30', 10]],
  [6, ['2025-07-01', '2026-06-30', 10], ['2026-07-01', '2027-06-30', 10, { product_code_id: 2 }]],
  [7, ['2025-07-01', '2026-06-30', 10], ['2026-07-01', '2027-06-30', 0]],
  // Twelve seats continue ten and two.
  [8, ['2025-07-01', '2026-06-20', 10], ['2025-07-01', '2026-06-30', 10], ['2026-06-21', '2027-06-20', 12]],
  // Each continues the one before; the last has no end.
  [9, ['2025-06-21', '2026-06-20', 10], ['2026-01-01', '2026-07-31', 10], ['2026-08-01', null, 10]],
  // Three yearly rounds continue each other, and not the long one beside them.
  [10, ['2023-07-01', '2026-06-30', 10], ['2024-01-01', '2024-12-31', 10], ['2025-01-01', '2025-12-31', 10], ['2026-01-01', '2026-12-31', 10]],
  // In grace, and continued meanwhile.
  [11, ['2025-06-11', '2026-06-10', 5], ['2026-06-12', '2027-06-11', 9]],
  [12, ['2025-07-02', '2026-07-01', 3, { cost_per_license: 1000, currency: 'JPY' }], ['2026-07-02', '2027-07-01', 1, { cost_per_license: 1000, currency: 'JPY' }]],
];

const rows: Rows = {
  partner: [{ id: 1, partner_name: 'P1' }],
  company: [...companies(1, 12), { id: 13, company_name: 'C13', active: 1, partner_id: 1 }], product: products,
  license: [
    ...chains.flatMap(([owner, ...list]) => list.map(([start, end, seats, values = {}], index) =>
      round({ id: owner * 10 + index, company_id: owner, start_date: start, end_date: end, number_of_licenses: seats, cost_per_license: 10, ...values }))),
    // A partner's round is not its company's.
    round({ id: 130, company_id: 13, start_date: '2025-07-01', end_date: '2026-06-30', number_of_licenses: 1, cost_per_license: 10 }),
    round({ id: 131, partner_id: 1, start_date: '2026-07-01', end_date: '2027-06-30', number_of_licenses: 1, cost_per_license: 10 }),
  ],
  externalLicense: [
    // Two of three sites are not continued: two thirds of 100 dollars, twice.
    ...['a', 'b'].flatMap((host, index) => [
      external({ id: 1 + index * 2, site_host: `${host}.example`, activation_limit: 3, price_minor: 10000, currency: 'USD', purchase_date: '2025-07-01', expiration_date: '2026-06-30' }),
      external({ id: 2 + index * 2, site_host: `${host}.example`, activation_limit: 1, price_minor: 10000, currency: 'USD', purchase_date: '2026-07-01', expiration_date: '2027-06-30' }),
    ]),
    external({ id: 5, site_host: 'c.example', activation_limit: 50, purchase_date: '2025-07-01', expiration_date: '2026-06-30' }),
    external({ id: 6, site_host: 'c.example', is_unlimited: 1, activation_limit: 0, purchase_date: '2026-06-01', expiration_date: null }),
    // Unknown quantities: one that nothing continues, one that something does.
    external({ id: 7, site_host: 'd.example', activation_limit: 0, purchase_date: '2025-07-01', expiration_date: '2026-06-30' }),
    external({ id: 8, site_host: 'e.example', activation_limit: 0, purchase_date: '2025-07-01', expiration_date: '2026-06-30' }),
    external({ id: 9, site_host: 'e.example', activation_limit: 1, purchase_date: '2026-06-30', expiration_date: null }),
    // Licences of nobody are not the same owner's.
    external({ id: 10, activation_limit: 1, price_minor: null, currency: null, interval_months: null, purchase_date: '2025-07-01', expiration_date: '2026-06-30' }),
    external({ id: 11, activation_limit: 1, purchase_date: '2026-06-30', expiration_date: '2027-06-30' }),
    // Switched off.
    external({ id: 12, site_host: 'f.example', is_enabled: 0, purchase_date: '2025-07-01', expiration_date: '2026-06-30' }),
  ],
  trial: [
    trial({ id: 1, site_url: 'https://t.example', expiration_date: '2026-06-20 00:00:00', created_at: '2026-06-01 10:00:00' }),
    trial({ id: 2, site_url: 'www.t.example/shop', expiration_date: '2026-07-10 00:00:00', created_at: '2026-06-10 10:00:00' }),
    trial({ id: 3, site_url: 'u.example', expiration_date: '2026-05-01 00:00:00', created_at: '2026-04-01 10:00:00', grace_period_date: '2026-06-20 00:00:00' }),
    trial({ id: 4, site_url: 'v.example', is_active: 0, expiration_date: '2026-06-20 00:00:00' }),
    trial({ id: 5, site_url: 'c.example', is_fluent_license_check: 1, premium_license_id: 'KEY-6', expiration_date: '2026-06-20 00:00:00' }),
  ],
};

onEachDatabase('renewal forecast: what continues what', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  const ROW = 'license { id } state renewedQuantity atRiskQuantity bucket';
  const row = ({ license, ...values }: any) => [license.id, ...Object.values(values)];

  it('tells for each licence how many of its seats are continued', async () => {
    const { rows: page } = await forecast(app, AS_OF, `rows(first: 100) { nodes { ${ROW} } }`);
    expect(page.nodes.map(row)).toEqual([
      ['trial:3', 'NOT_RENEWED', 0, 1, 'IN_GRACE'],
      ['portal:110', 'RENEWED', 5, 0, 'IN_GRACE'],
      ['portal:80', 'RENEWED', 10, 0, 'D0_30'],
      ['portal:90', 'RENEWED', 10, 0, 'D0_30'],
      ['trial:1', 'RENEWED', 1, 0, 'D0_30'],
      ['portal:10', 'RENEWED', 10, 0, 'D0_30'],
      ['portal:20', 'PARTIALLY_RENEWED', 4, 6, 'D0_30'],
      ['portal:30', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:40', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:41', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:50', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:60', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:70', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:81', 'PARTIALLY_RENEWED', 2, 8, 'D0_30'],
      ['portal:100', 'NOT_RENEWED', 0, 10, 'D0_30'],
      ['portal:130', 'NOT_RENEWED', 0, 1, 'D0_30'],
      ['external:1', 'PARTIALLY_RENEWED', 1, 2, 'D0_30'],
      ['external:3', 'PARTIALLY_RENEWED', 1, 2, 'D0_30'],
      ['external:5', 'RENEWED', 50, 0, 'D0_30'],
      ['external:7', 'NOT_RENEWED', 0, 0, 'D0_30'],
      ['external:8', 'RENEWED', 0, 0, 'D0_30'],
      ['external:10', 'NOT_RENEWED', 0, 1, 'D0_30'],
      ['portal:120', 'PARTIALLY_RENEWED', 1, 2, 'D0_30'],
      ['trial:2', 'NOT_RENEWED', 0, 1, 'D0_30'],
      ['portal:91', 'RENEWED', 10, 0, 'D31_60'],
    ]);
  });

  it('adds up what is at risk, seats and their share of ARR, rounded once', async () => {
    const { buckets, atRisk, meta } = await forecast(app, AS_OF, `buckets { name all { ${FIGURES} } renewed { ${FIGURES} } atRisk { ${FIGURES} } } atRisk { ${FIGURES} } meta { warnings { code count } }`);
    const bucket = (name: string) => {
      const { all, renewed, atRisk: risk } = buckets.find((found: any) => found.name === name);
      return [all, renewed, risk].map(figures);
    };
    expect(bucket('IN_GRACE')).toEqual(['2 / 6 / 50.00 EUR', '1 / 5 / 50.00 EUR', '1 / 1 / 0.00 EUR']);
    // EUR: 12 rounds of 10 seats, one of a single seat, four licences of 120; at risk 6 + 7 × 10 + 8 + 1 seats of 10 and a licence of 120. USD: 2 × 2/3 of 100.00.
    expect(bucket('D0_30')).toEqual([
      '22 / 183 / 1570.00 EUR, 3000 JPY, 200.00 USD', '6 / 81 / 540.00 EUR', '16 / 93 / 970.00 EUR, 2000 JPY, 133.33 USD',
    ]);
    expect(bucket('D31_60')).toEqual(['1 / 10 / 100.00 EUR', '1 / 10 / 100.00 EUR', '0 / 0 / 0.00 EUR']);
    expect(figures(atRisk)).toBe('17 / 94 / 970.00 EUR, 2000 JPY, 133.33 USD');
    expect(meta.warnings.filter(({ code }: any) => code !== 'SOURCE_STALE')).toEqual([{ code: 'MISSING_PRICE', count: 1 }, { code: 'NO_ARR', count: 3 }]);
  });

  it('keeps to states, sources, products and currencies; a continuation counts whatever its currency', async () => {
    const some = async (args: string, of = 'first: 100') => (await forecast(app, `${AS_OF}, ${args}`, `rows(${of}) { totalCount nodes { ${ROW} } }`)).rows.nodes.map(({ license }: any) => license.id);
    expect(await some('includeTrials: true', 'first: 100, states: [PARTIALLY_RENEWED]')).toEqual(['portal:20', 'portal:81', 'external:1', 'external:3', 'portal:120']);
    expect(await some('includeTrials: false', 'first: 100, states: [NOT_RENEWED], buckets: [IN_GRACE]')).toEqual([]);
    expect(await some('filter: { sources: [TRIAL] }')).toEqual(['trial:3', 'trial:1', 'trial:2']);
    expect(await some('filter: { sources: [] }')).toEqual([]);
    expect(await some('filter: { currencies: ["JPY"] }')).toEqual(['portal:120']);
    expect(await some('filter: { companyIds: [8] }')).toEqual(['portal:80', 'portal:81']);
    expect(await some('filter: { partnerIds: [1] }')).toEqual(['portal:130']);
    expect(await some('filter: { products: ["REL"] }')).toEqual([]);
    const { rows: page } = await forecast(app, `${AS_OF}, filter: { currencies: ["JPY"], companyIds: [12] }`, `rows { nodes { ${ROW} } }`);
    expect(page.nodes.map(row)).toEqual([['portal:120', 'PARTIALLY_RENEWED', 1, 2, 'D0_30']]);
  });

  it('shows each viewer its own, and no trial to tenants', async () => {
    const seen = async (account: string) => (await forecast(app, AS_OF, `rows { nodes { license { id } } }`, account)).rows.nodes.map(({ license }: any) => license.id);
    expect(await seen('partner1')).toEqual(['portal:130']);
    expect(await seen('company2')).toEqual(['portal:20']);
  });

  it('shows no money to those who may see none', async () => {
    await withApp(kind, rows, async (poor) => {
      const { errors } = await poor.ask('viewer', `{ renewalForecast(${AS_OF}) { atRisk { arr { amounts { amount } } } } }`);
      expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
      const { data } = await poor.ask('viewer', `{ renewalForecast(${AS_OF}) { atRisk { licenses quantity } meta { warnings { code } } } }`);
      expect(data.renewalForecast.atRisk).toEqual({ licenses: 17, quantity: 94 });
    }, { VIEWER_SEES_MONEY: '0' });
  });
});

describe.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('renewal forecast in %s', (zone) => {
  onEachDatabase('days', (kind) => {
    it('moves no day', async () => {
      await withApp(kind, rows, async (app) => {
        const { rows: page } = await forecast(app, AS_OF, 'rows(first: 100) { totalCount nodes { daysRemaining license { expirationDate } } }');
        expect(page.totalCount).toBe(25);
        expect(page.nodes[2]).toEqual({ daysRemaining: 5, license: { expirationDate: '2026-06-20' } });
      }, { REPORT_TIMEZONE: zone });
    });
  });
});
