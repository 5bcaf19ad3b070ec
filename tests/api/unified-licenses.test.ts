import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { onePage, pageThrough } from '../support/paging.js';
import { listedPrice, unifiedRows } from '../support/unified-rows.js';

const AS_OF = 'asOf: "2026-06-15"';
const DATES = 'purchaseDate expirationDate graceEndDate daysRemaining lifecycleStatus subStatus';
const MONEY = 'renewalValueArr { amount currency } unitPrice { amount currency } billingIntervalMonths';

onEachDatabase('licences of all sources', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: unifiedRows });
    await app.database.transaction(async ({ manager }) => {
      await manager.query(`insert into sw_price_list (${Object.keys(listedPrice).join(', ')}) values (?, ?, ?, ?, ?, ?, ?)`, Object.values(listedPrice));
    });
  });
  afterAll(() => app.stop());

  async function ask(query: string, account = 'admin') {
    const { data, errors } = await app.ask(account, query);
    expect(errors).toBeUndefined();
    return data;
  }
  const list = async (args: string, row = 'id', account = 'admin') =>
    (await ask(`{ unifiedLicenses(${AS_OF}, ${args}) { nodes { ${row} } } }`, account)).unifiedLicenses.nodes;
  const ids = async (args: string, account = 'admin') => (await list(args, 'id', account)).map(({ id }: any) => id);

  it('gives each its dates and state', async () => {
    const rows = await list('first: 20', `id ${DATES}`);
    expect(rows.map((row: any) => Object.values(row))).toEqual([
      ['portal:1', '2026-01-01', '2026-12-31', '2027-01-07', 199, 'ACTIVE', 'NONE'],
      ['portal:2', '2025-06-16', '2026-06-15', '2026-06-22', 0, 'EXPIRES_TODAY', 'NONE'],
      ['portal:3', '2025-01-01', '2026-06-10', '2026-06-17', -5, 'IN_GRACE', 'INACTIVE'],
      ['portal:4', '2026-01-01', '2026-12-31', '2027-01-07', 199, 'INVALID', 'NONE'],
      ['portal:5', '2026-07-01', null, null, null, 'SCHEDULED', 'NONE'],
      ['trial:1', '2026-06-06', '2026-06-20', '2026-06-27', 5, 'ACTIVE', 'TRIAL'],
      ['trial:2', '2026-06-01', '2026-05-01', '2026-06-20', -45, 'INVALID', 'CONVERTED'],
      ['trial:3', '2026-06-01', null, null, null, 'PERPETUAL', 'REVERTED'],
      ['trial:4', '2026-06-01', '2026-06-15', '2026-06-22', 0, 'EXPIRES_TODAY', 'TRIAL'],
      ['external:1', '2026-01-01', '2026-12-31', '2027-01-07', 199, 'ACTIVE', 'NONE'],
      ['external:2', '2026-01-01', null, null, null, 'PERPETUAL', 'NONE'],
      ['external:3', '2026-01-01', '2026-06-01', '2026-06-08', -14, 'EXPIRED', 'INACTIVE'],
      ['external:4', '2026-01-01', '2026-06-09', '2026-06-16', -6, 'IN_GRACE', 'NONE'],
    ]);
  });

  it('gives each its owner, site, product and quantity', async () => {
    const rows = await list('first: 20', `id source ownerName owner { __typename ... on Company { name } ... on Partner { name } } siteUrl siteCount productSlug
      provider licenseKey isPremium quantity isUnlimited activations license { id seats } autoRenew`);
    expect(rows.map(({ id, owner, license, ...row }: any) => [id, owner?.name ?? null, license?.id ?? null, ...Object.values(row)])).toEqual([
      ['portal:1', 'Alpha', '1', 'PORTAL', 'Alpha', null, 0, 'sub', null, null, true, 10, false, null, null],
      ['portal:2', 'Quill', '2', 'PORTAL', 'Quill', null, 0, 'rel', null, null, true, 5, false, null, null],
      ['portal:3', 'beta', '3', 'PORTAL', 'beta', null, 0, 'sub', null, null, true, 3, false, null, null],
      ['portal:4', null, '4', 'PORTAL', null, null, 0, 'sub', null, null, true, 10, false, null, null],
      ['portal:5', 'Alpha', '5', 'PORTAL', 'Alpha', null, 0, null, null, null, true, 1, false, null, null],
      ['trial:1', null, null, 'TRIAL', 'shop.example', 'https://www.Shop.example/path', 1, 'forms-pro', null, 'TRIAL-1', false, 1, false, null, null],
      ['trial:2', null, null, 'TRIAL', 'blog.example', 'blog.example', 1, 'forms-pro', null, 'TRIAL-2', true, 1, false, null, null],
      ['trial:3', null, null, 'TRIAL', null, '', 1, 'forms-pro', null, 'TRIAL-3', false, 1, false, null, null],
      ['trial:4', null, null, 'TRIAL', 'site4.example', 'https://site4.example', 1, 'chat', null, 'TRIAL-4', false, 1, false, null, null],
      ['external:1', 'Alpha', null, 'EXTERNAL', 'Alpha', 'https://shop.example', 3, 'forms-pro', 'store', 'K-1', true, 5, false, 3, true],
      ['external:2', null, null, 'EXTERNAL', 'lone.example', 'lone.example/', 1, 'forms-pro', 'store', 'K-2', true, 0, false, null, false],
      ['external:3', 'Zen', null, 'EXTERNAL', 'Zen', null, 0, 'forms-pro', 'other', 'k-1', true, 2, false, 0, false],
      ['external:4', null, null, 'EXTERNAL', 'zebra.example', null, 0, 'chat', 'store', 'K-4', true, 0, true, 40, false],
    ]);
  });

  it('gives each its money, exact to the minor unit of its currency', async () => {
    const rows = await list('first: 20', `id ${MONEY}`);
    const shown = (amount: any) => (amount === null ? null : `${amount.amount} ${amount.currency}`);
    expect(rows.map((row: any) => [row.id, shown(row.renewalValueArr), shown(row.unitPrice), row.billingIntervalMonths])).toEqual([
      ['portal:1', '1000.00 EUR', '100.00 EUR', null],
      ['portal:2', '99.95 USD', '19.99 USD', null],
      ['portal:3', '3000 JPY', '1000 JPY', null],
      ['portal:4', '1000.00 EUR', '100.00 EUR', null],
      ['portal:5', '1.00 EUR', '1.00 EUR', null],
      // A trial is worth nothing, in whatever currency.
      ...[1, 2, 3, 4].map((id) => [`trial:${id}`, '0.00 EUR', null, null]),
      ['external:1', '99.00 USD', '99.00 USD', 12],
      ['external:2', '0.00 EUR', null, null],
      // From the price list: 12 × 12.00 EUR.
      ['external:3', '144.00 EUR', '144.00 EUR', 1],
      // 1000 × 12 / 7 = 1714.29 JPY.
      ['external:4', '1714 JPY', '1714 JPY', 7],
    ]);
  });

  it('gives each its latest check-in that asOf knows of', async () => {
    const rows = await list('first: 20', 'id lastCheckedInAt daysSinceCheckIn');
    expect(rows.map((row: any) => Object.values(row))).toEqual([
      ['portal:1', '2026-06-12T10:00:00.000Z', 3],
      ['portal:2', '2026-06-01T08:00:00.000Z', 14],
      ['portal:3', null, null],
      ['portal:4', null, null],
      ['portal:5', '2026-06-12T10:00:00.000Z', 3],
      ['trial:1', '2026-06-14T23:30:00.000Z', 1],
      ['trial:2', null, null],
      ['trial:3', null, null],
      ['trial:4', null, null],
      ['external:1', '2026-06-15T23:59:59.000Z', 0],
      ['external:2', null, null],
      ['external:3', null, null],
      ['external:4', null, null],
    ]);
  });

  it('finds one by its id', async () => {
    const data = await ask(`{ portal: unifiedLicense(id: "portal:2", ${AS_OF}) { id ownerName } trial: unifiedLicense(id: "trial:4", ${AS_OF}) { id }
      external: unifiedLicense(id: "external:3", asOf: "2026-05-31") { id lifecycleStatus daysRemaining } none: unifiedLicense(id: "external:99") { id } }`);
    expect(data).toEqual({
      portal: { id: 'portal:2', ownerName: 'Quill' }, trial: { id: 'trial:4' },
      external: { id: 'external:3', lifecycleStatus: 'ACTIVE', daysRemaining: 1 }, none: null,
    });
  });

  it.each(['12', 'portal:0', 'portal:x', 'cloud:1', 'external:9999999999999', ''])('refuses %p as an id', async (id) => {
    const { errors } = await app.ask('admin', 'query($id: ID!) { unifiedLicense(id: $id) { id } }', { id });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  describe('filters', () => {
    it.each([
      ['source: [TRIAL]', ['trial:1', 'trial:2', 'trial:3', 'trial:4']],
      ['source: []', []],
      ['company: { eq: 1 }', ['portal:1', 'portal:4', 'portal:5', 'external:1']],
      ['partner: { eq: 1 }', ['portal:1', 'portal:2', 'portal:4', 'portal:5', 'external:1']],
      ['partner: { in: [2] }', ['external:3']],
      ['productSlug: { eq: "CHAT" }', ['trial:4', 'external:4']],
      ['productSlug: { in: ["sub", "rel"] }', ['portal:1', 'portal:2', 'portal:3', 'portal:4']],
      ['productSlug: { isNull: true }', ['portal:5']],
      ['siteUrl: { contains: "shop" }', ['trial:1', 'external:1']],
      ['licenseKey: { eq: "K-1" }', ['external:1']],
      ['licenseKey: { in: ["k-1", "TRIAL-2"] }', ['trial:2', 'external:3']],
      ['licenseKey: { ne: "K-1" }, source: [EXTERNAL]', ['external:2', 'external:3', 'external:4']],
      ['isPremium: false', ['trial:1', 'trial:3', 'trial:4']],
      ['lifecycleStatus: { in: [EXPIRES_TODAY, IN_GRACE] }', ['portal:2', 'portal:3', 'trial:4', 'external:4']],
      ['lifecycleStatus: { notIn: [ACTIVE, INVALID, IN_GRACE, EXPIRES_TODAY, SCHEDULED] }', ['trial:3', 'external:2', 'external:3']],
      ['subStatus: [CONVERTED, REVERTED, INACTIVE]', ['portal:3', 'trial:2', 'trial:3', 'external:3']],
      ['purchaseDate: { lte: "2025-12-31" }', ['portal:2', 'portal:3']],
      ['expirationDate: { isNull: true }', ['portal:5', 'trial:3', 'external:2']],
      ['expirationDate: { gte: "2026-06-10", lte: "2026-06-15" }', ['portal:2', 'portal:3', 'trial:4']],
      ['quantity: { gte: 5 }', ['portal:1', 'portal:2', 'portal:4', 'external:1']],
      ['currency: { eq: "JPY" }', ['portal:3', 'external:4']],
      ['currency: { notIn: ["EUR", "JPY", "USD"] }', ['trial:1', 'trial:2', 'trial:3', 'trial:4']],
      ['renewalValueArr: { eq: "144" }', ['external:3']],
      ['renewalValueArr: { gte: "1714.2", lte: "3000" }', ['portal:3', 'external:4']],
      ['search: "alph"', ['portal:1', 'portal:4', 'portal:5', 'external:1']],
      ['search: "zen"', ['external:3']],
      ['search: "TRIAL-2"', ['trial:2']],
      ['search: "100%"', []],
      ['or: [{ source: [PORTAL], quantity: { eq: 5 } }, { productSlug: { eq: "chat" } }], not: { currency: { eq: "JPY" } }', ['portal:2', 'trial:4']],
    ])('%s', async (filter, expected) => {
      expect(await ids(`filter: { ${filter} }`)).toEqual(expected);
      const { unifiedLicenses } = await ask(`{ unifiedLicenses(${AS_OF}, first: 1, filter: { ${filter} }) { totalCount } }`);
      expect(unifiedLicenses.totalCount).toBe(expected.length);
    });
  });

  describe('orders', () => {
    const P = (id: number) => `portal:${id}`;
    const T = (id: number) => `trial:${id}`;
    const X = (id: number) => `external:${id}`;
    it.each([
      ['ID', [P(1), P(2), P(3), P(4), P(5), T(1), T(2), T(3), T(4), X(1), X(2), X(3), X(4)]],
      ['OWNER', [P(4), T(3), P(1), P(5), X(1), P(3), T(2), X(2), P(2), T(1), T(4), X(4), X(3)]],
      ['PRODUCT', [P(5), T(4), X(4), T(1), T(2), T(3), X(1), X(2), X(3), P(2), P(1), P(3), P(4)]],
      ['PURCHASE_DATE', [P(3), P(2), P(1), P(4), X(1), X(2), X(3), X(4), T(2), T(3), T(4), T(1), P(5)]],
      ['EXPIRATION_DATE', [T(2), X(3), X(4), P(3), P(2), T(4), T(1), P(1), P(4), X(1), P(5), T(3), X(2)]],
      ['QUANTITY', [X(2), X(4), P(5), T(1), T(2), T(3), T(4), X(3), P(3), P(2), X(1), P(1), P(4)]],
    ])('%s', async (field, expected) => {
      for (const [direction, line] of [['ASC', expected], ['DESC', [...expected].reverse()]] as const) {
        const question = { field: 'unifiedLicenses', args: `${AS_OF}, orderBy: { field: ${field}, direction: ${direction} },`, row: 'id' };
        expect((await onePage(app, question)).map(({ id }: any) => id)).toEqual(line);
        for (const first of [1, 4]) expect((await pageThrough(app, question, first)).map(({ id }: any) => id)).toEqual(line);
      }
    });

    it('ARR within one currency', async () => {
      const question = { field: 'unifiedLicenses', args: `${AS_OF}, filter: { currency: { eq: "EUR" } }, orderBy: { field: ARR },`, row: 'id' };
      const expected = [X(2), P(5), X(3), P(1), P(4)];
      expect((await onePage(app, question)).map(({ id }: any) => id)).toEqual(expected);
      expect((await pageThrough(app, question, 2)).map(({ id }: any) => id)).toEqual(expected);
    });

    it('refuses a cursor of another ordering', async () => {
      const { unifiedLicenses } = await ask('{ unifiedLicenses(first: 1) { pageInfo { endCursor } } }');
      const { errors } = await app.ask('admin', `{ unifiedLicenses(after: "${unifiedLicenses.pageInfo.endCursor}", orderBy: { field: OWNER }) { totalCount } }`);
      expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    });
  });

  it('lets nobody without READ_MONEY filter or order by money', async () => {
    const poor = await startTestApp(kind, { rows: unifiedRows, environment: { VIEWER_SEES_MONEY: '0' } });
    try {
      for (const args of ['filter: { renewalValueArr: { gt: "1" } }', 'orderBy: { field: ARR }', 'filter: { or: [{ not: { renewalValueArr: { gt: "1" } } }] }']) {
        const { errors } = await poor.ask('viewer', `{ unifiedLicenses(${args}) { totalCount } }`);
        expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
      }
      const { errors } = await poor.ask('viewer', '{ unifiedLicenses { nodes { renewalValueArr { amount } unitPrice { amount } } } }');
      expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    } finally {
      await poor.stop();
    }
  });

  it('shows partners and companies their own, and no trial', async () => {
    expect(await ids('first: 20', 'partner1')).toEqual(['portal:1', 'portal:2', 'portal:4', 'portal:5', 'external:1']);
    expect(await ids('first: 20', 'partner2')).toEqual(['external:3']);
    expect(await ids('first: 20', 'company1')).toEqual(['portal:1', 'portal:5', 'external:1']);
    expect(await ids('first: 20, filter: { partner: { eq: 1 } }', 'company1')).toEqual([]);
    expect(await ask('{ unifiedLicense(id: "external:2") { id } }', 'partner1')).toEqual({ unifiedLicense: null });
  });

  it('says how it was computed', async () => {
    const { unifiedLicenses } = await ask(`{ unifiedLicenses(${AS_OF}, filter: { source: [PORTAL, TRIAL] }) { meta { asOf timezone windowDays sources { name complete } warnings { code } } } }`);
    expect(unifiedLicenses.meta).toEqual({
      asOf: '2026-06-15', timezone: 'UTC', windowDays: null, sources: [{ name: 'license_records', complete: true }, { name: 'free_trials', complete: true }], warnings: [],
    });
  });

  it('costs a fixed number of statements, whatever the length of the page', async () => {
    const statementsOf = async (work: () => Promise<unknown>) => (await app.statementsOf(work)).filter((text) => text.includes('scoped'));
    const page = (first: number) => statementsOf(() => ask(`{ unifiedLicenses(${AS_OF}, first: ${first}) { nodes { id ownerName owner { ... on Company { name } ... on Partner { name } }
      license { seats } lastCheckedInAt renewalValueArr { amount } } } }`));
    // The page; companies, partners and rounds; latest activity of companies and of partners.
    expect([(await page(2)).length, (await page(13)).length]).toEqual([6, 6]);
    expect((await statementsOf(() => ask(`{ unifiedLicenses(${AS_OF}) { nodes { id productSlug } pageInfo { hasNextPage } } }`))).length).toBe(1);
  });
});

onEachDatabase('licences of all sources in other zones', (kind) => {
  it.each([['Pacific/Kiritimati', '2026-06-07'], ['Pacific/Pago_Pago', '2026-06-06'], ['Europe/Berlin', '2026-06-07']])('%s: only instants have another day', async (zone, created) => {
    const app = await startTestApp(kind, { rows: unifiedRows, environment: { REPORT_TIMEZONE: zone } });
    try {
      const { data } = await app.ask('admin', `{ unifiedLicense(id: "trial:1", ${AS_OF}) { ${DATES} } }`);
      expect(data.unifiedLicense).toEqual({
        purchaseDate: created, expirationDate: '2026-06-20', graceEndDate: '2026-06-27', daysRemaining: 5, lifecycleStatus: 'ACTIVE', subStatus: 'TRIAL',
      });
    } finally {
      await app.stop();
    }
  });
});
