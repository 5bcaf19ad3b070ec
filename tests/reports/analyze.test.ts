import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { analyzeRows as rows } from '../support/analyze-rows.js';
import { analyzeFields, analyzeMeasures } from '../support/analyze.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { pageThrough } from '../support/paging.js';

const DAY = 'asOf: "2026-06-15"';
const keys = 'keys { dimension value label }';
const valuesOf = ({ keys: list }: any) => list.map(({ value }: any) => value).join(' ');
const moneyOf = (list: any[]) => list.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
/** licences, rounds, in force | seats, in force, in grace | owners, registered, active | utilisation | unused */
const countsOf = ({ licenses, rounds, licensesInForce, seats, seatsInForce, seatsInGrace, owners, registeredUsers, activeUsers, utilization, unusedSeats }: any) =>
  [licenses, rounds, licensesInForce, '|', seats, seatsInForce, seatsInGrace, '|', owners, registeredUsers, activeUsers, '|', utilization.value, unusedSeats].map(String).join(' ');

onEachDatabase('analyze', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
    await app.database.transaction(({ manager }) => manager.query(`insert into sw_exchange_rates (rate_date, currency, units_per_euro, source) values ('2026-06-12', 'USD', '1.2500', 'test'), ('2026-06-01', 'JPY', '160', 'test')`));
  });
  afterAll(() => app.stop());

  async function ask(args: string, fields: string, account = 'admin') {
    const { data, errors } = await app.ask(account, `{ analyze(${DAY}, ${args}) { ${fields} } }`);
    expect([args, errors]).toEqual([args, undefined]);
    return data.analyze;
  }
  const everything = `measures: [${analyzeMeasures.join(', ')}]`;
  const all = analyzeFields(analyzeMeasures);
  const counted = async (args: string) => (await ask(`${everything}, ${args}`, `nodes { ${keys} figures { ${all} } }`)).nodes.map((row: any) => [valuesOf(row), countsOf(row.figures)]);
  /** Rows with one figure each. */
  const rowsWith = async (measure: string, field: string, args: string, account?: string) =>
    (await ask(`measures: [${measure}], ${args}`, `nodes { ${keys} figures { ${field} } }`, account)).nodes.map((row: any) => [valuesOf(row), Object.values(row.figures)[0]]);

  it('counts each licence, owner and user of a product once, and owners of nothing by themselves', async () => {
    expect(await counted('groupBy: [PRODUCT]')).toEqual([
      // Gamma and Nil hold nothing: user 5 is of Gamma.
      ['', '0 0 0 | 0 0 0 | 2 1 1 | null -1'],
      // Alpha and beta: users 1, 2, 7 and 4; 1 and 3 were seen.
      ['adm', '2 2 1 | 8 5 0 | 2 4 2 | 0.4 3'],
      // Unknown limits add nothing, and a trial is no seat. Nobody's portal users use it.
      ['chat', '2 0 2 | 0 0 0 | 2 0 0 | null 0'],
      ['forms', '2 0 2 | 5 5 0 | 2 0 0 | null 0'],
      // The same users of Alpha and beta again, and Quill's.
      ['sub', '4 4 3 | 23 19 4 | 3 5 2 | 0.1053 17'],
    ]);
  });

  it('computes totals on their own: users and owners of several groups are not added up', async () => {
    for (const groupBy of ['[]', '[PRODUCT]', '[OWNER, STATUS]']) {
      const { totals } = await ask(`${everything}, groupBy: ${groupBy}`, `totals { ${all} }`);
      expect(countsOf(totals)).toBe('10 6 8 | 36 29 4 | 7 6 3 | 0.125 21');
      // 1000 × 12 / 7 JPY is rounded once.
      expect(moneyOf(totals.annualValue.amounts)).toBe('1251.00 EUR, 1714 JPY, 60.00 USD');
      // (1000 + 50 + 21) / 22 seats, and 60 / 2.
      expect(moneyOf(totals.averageCost)).toBe('48.68 EUR, 30.00 USD');
    }
    const whole = await ask(everything, `totalCount pageInfo { hasNextPage } nodes { ${keys} figures { ${all} } } totals { ${all} }`);
    expect(whole).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false }, nodes: [{ keys: [], figures: whole.totals }] });
  });

  it('keeps every owner, whatever is asked, with name and key', async () => {
    const { nodes } = await ask('measures: [ACTIVE_USERS], groupBy: [OWNER]', `nodes { ${keys} figures { activeUsers seats } }`);
    expect(nodes.map(({ keys: [key], figures }: any) => [key.value, key.label, figures.activeUsers, figures.seats])).toEqual([
      ['company:1', 'Alpha', 2, null], ['company:2', 'beta', 0, null], ['company:3', 'Gamma', 1, null], ['company:4', 'Nil', 0, null],
      ['partner:1', 'Quill', 0, null], ['site:shop.example', 'shop.example', 0, null], ['partner:2', 'Zen', 0, null],
    ]);
    expect(await counted('groupBy: [OWNER]')).toEqual([
      ['company:1', '4 3 4 | 22 22 0 | 1 3 2 | 0.1176 15'], ['company:2', '2 2 0 | 7 0 4 | 1 1 0 | null 0'], ['company:3', '0 0 0 | 0 0 0 | 1 1 1 | null -1'],
      ['company:4', '0 0 0 | 0 0 0 | 1 0 0 | null 0'], ['partner:1', '1 1 1 | 7 7 0 | 1 1 0 | 0 7'], ['site:shop.example', '2 0 2 | 0 0 0 | 1 0 0 | null 0'],
      ['partner:2', '1 0 1 | 0 0 0 | 1 0 0 | null 0'],
    ]);
  });

  it('stands a reseller with its companies', async () => {
    expect(await counted('groupBy: [PARTNER]')).toEqual([
      ['', '4 2 2 | 7 0 4 | 4 2 1 | null -1'],
      // Quill and Alpha: 24 seats of rounds in force, users 1, 2, 7 and 6.
      ['1', '5 4 5 | 29 29 0 | 2 4 2 | 0.0833 22'],
      ['2', '1 0 1 | 0 0 0 | 1 0 0 | null 0'],
    ]);
    const { nodes } = await ask('measures: [OWNERS], groupBy: [PARTNER, OWNER_KIND], orderBy: { dimension: PARTNER, direction: DESC }', `nodes { ${keys} figures { owners } }`);
    expect(nodes.map(({ keys: list, figures }: any) => [...list.map(({ label }: any) => label), figures.owners])).toEqual([
      ['Zen', 'PARTNER', 1], ['Quill', 'PARTNER', 1], ['Quill', 'COMPANY', 1], [null, 'SITE', 1], [null, 'COMPANY', 3],
    ]);
  });

  it('never adds currencies together, and converts what is asked for at the rates of the day', async () => {
    const held = await ask('measures: [ANNUAL_VALUE, AVERAGE_COST], groupBy: [COMPANY, CURRENCY], filter: { currencies: ["EUR", "USD"] }', `nodes { ${keys} figures { annualValue { amounts { amount currency } converted(to: "USD") { money { amount } rates { currency rateDate rate } } } averageCost { amount currency } } }`);
    expect(held.nodes.map(({ figures, ...row }: any) => [valuesOf(row), moneyOf(figures.annualValue.amounts), figures.annualValue.converted.money.amount, moneyOf(figures.averageCost)])).toEqual([
      // Quill's 21 and Zen's 60.
      [' EUR', '81.00 EUR', '101.25', '3.00 EUR'], ['1 EUR', '1170.00 EUR', '1462.50', '70.00 EUR'], ['1 USD', '60.00 USD', '60.00', '30.00 USD'],
      // Not in force yet.
      ['2 USD', '', '0.00', ''],
    ]);
    expect(held.nodes[0].figures.annualValue.converted.rates).toEqual([{ currency: 'EUR', rateDate: '2026-06-12', rate: '1.25' }]);
  });

  it('groups by days as months, quarters and years, perpetual licences last', async () => {
    expect(await rowsWith('LICENSES', 'licenses', 'groupBy: [END_QUARTER]')).toEqual([['2026-Q2', 3], ['2026-Q4', 6], ['', 1]]);
    expect(await rowsWith('LICENSES', 'licenses', 'groupBy: [END_MONTH]')).toEqual([['2026-06', 3], ['2026-12', 6], ['', 1]]);
    expect(await rowsWith('LICENSES', 'licenses', 'groupBy: [START_YEAR]')).toEqual([['2025', 1], ['2026', 9]]);
    expect(await rowsWith('SEATS', 'seats', 'groupBy: [START_QUARTER]')).toEqual([['2025-Q4', 4], ['2026-Q1', 29], ['2026-Q2', 0], ['2026-Q3', 3]]);
    expect(await rowsWith('SEATS', 'seats', 'groupBy: [START_MONTH]')).toEqual([['2025-11', 4], ['2026-01', 29], ['2026-06', 0], ['2026-07', 3]]);
  });

  it('groups by what the sources say', async () => {
    expect(await rowsWith('LICENSES', 'licenses', 'groupBy: [STATUS]')).toEqual([['ACTIVE', 6], ['EXPIRES_TODAY', 1], ['IN_GRACE', 1], ['PERPETUAL', 1], ['SCHEDULED', 1]]);
    expect(await rowsWith('LICENSES', 'licenses', 'groupBy: [SOURCE, AUTO_RENEW]')).toEqual([['EXTERNAL ', 1], ['EXTERNAL false', 1], ['EXTERNAL true', 1], ['PORTAL ', 6], ['TRIAL ', 1]]);
    expect(await rowsWith('LICENSES', 'licenses', 'groupBy: [PROVIDER, SUB_STATUS]')).toEqual([[' NONE', 6], [' TRIAL', 1], ['other NONE', 1], ['store NONE', 2]]);
  });

  it('filters: by owners everything of theirs, by licences those who hold a passing one', async () => {
    expect(await counted('groupBy: [OWNER], filter: { companyIds: [1, 3, 4] }')).toEqual([
      ['company:1', '4 3 4 | 22 22 0 | 1 3 2 | 0.1176 15'], ['company:3', '0 0 0 | 0 0 0 | 1 1 1 | null -1'], ['company:4', '0 0 0 | 0 0 0 | 1 0 0 | null 0'],
    ]);
    expect(await rowsWith('REGISTERED_USERS', 'registeredUsers', 'groupBy: [OWNER], filter: { partnerIds: [1] }')).toEqual([['company:1', 3], ['partner:1', 1]]);
    expect(await counted('groupBy: [OWNER], filter: { products: ["ADM"] }')).toEqual([
      ['company:1', '1 1 1 | 5 5 0 | 1 3 2 | 0.4 3'], ['company:2', '1 1 0 | 3 0 0 | 1 1 0 | null 0'],
    ]);
    // Users are those of rounds: of external licences nobody in the portal is known to use them.
    expect(await counted('groupBy: [OWNER_KIND], filter: { sources: [EXTERNAL] }')).toEqual([
      ['COMPANY', '1 0 1 | 5 5 0 | 1 0 0 | null 0'], ['PARTNER', '1 0 1 | 0 0 0 | 1 0 0 | null 0'], ['SITE', '1 0 1 | 0 0 0 | 1 0 0 | null 0'],
    ]);
    expect(await rowsWith('SEATS', 'seats', 'groupBy: [OWNER], filter: { licenses: { or: [{ lifecycleStatus: { eq: IN_GRACE } }, { partner: { eq: "1" }, quantity: { gt: 6 } }] } }')).toEqual([
      ['company:1', 10], ['company:2', 4], ['partner:1', 7],
    ]);
    for (const filter of ['{ sources: [] }', '{ companyIds: [] }', '{ products: ["none"] }']) {
      const { nodes, totals, totalCount } = await ask(`${everything}, groupBy: [OWNER], filter: ${filter}`, `totalCount nodes { ${keys} } totals { ${all} }`);
      expect([filter, nodes, totalCount, countsOf(totals)]).toEqual([filter, [], 0, '0 0 0 | 0 0 0 | 0 0 0 | null 0']);
      expect([totals.annualValue, totals.averageCost]).toEqual([{ amounts: [] }, []]);
    }
  });

  it('orders by a measure or a dimension', async () => {
    const ordered = async (measure: string, orderBy: string, groupBy = 'OWNER') => (await ask(`measures: [${measure}], groupBy: [${groupBy}], orderBy: { ${orderBy} }`, `nodes { ${keys} }`)).nodes.map(({ keys: [key] }: any) => key.label);
    expect(await ordered('SEATS', 'measure: SEATS, direction: DESC')).toEqual(['Alpha', 'Quill', 'beta', 'Zen', 'shop.example', 'Nil', 'Gamma']);
    expect((await ordered('UTILIZATION', 'measure: UTILIZATION, direction: DESC')).slice(0, 3)).toEqual(['Gamma', 'Alpha', 'Quill']);
    expect((await ordered('UNUSED_SEATS', 'measure: UNUSED_SEATS')).slice(0, 1)).toEqual(['Gamma']);
    expect(await ordered('LICENSES', 'dimension: OWNER, direction: DESC')).toEqual(['Zen', 'shop.example', 'Quill', 'Nil', 'Gamma', 'beta', 'Alpha']);
    // In dollars Alpha has 1170 × 1.25 + 60.
    const money = 'filter: { currencies: ["EUR", "USD"] }';
    expect(await rowsWith('ANNUAL_VALUE', 'annualValue { amounts { amount currency } }', `groupBy: [OWNER], ${money}, orderBy: { measure: ANNUAL_VALUE, currency: "USD", direction: DESC }`)).toEqual([
      ['company:1', { amounts: [{ amount: '1170.00', currency: 'EUR' }, { amount: '60.00', currency: 'USD' }] }], ['partner:2', { amounts: [{ amount: '60.00', currency: 'EUR' }] }],
      ['partner:1', { amounts: [{ amount: '21.00', currency: 'EUR' }] }], ['company:2', { amounts: [] }],
    ]);
    expect((await rowsWith('AVERAGE_COST', 'averageCost { amount }', 'groupBy: [PRODUCT], orderBy: { measure: AVERAGE_COST, currency: "EUR", direction: DESC }')).slice(0, 2)).toEqual([
      ['sub', [{ amount: '60.06' }, { amount: '30.00' }]], ['adm', [{ amount: '10.00' }]],
    ]);
  });

  it.each(['dimension: OWNER', 'dimension: END_MONTH', 'dimension: PRODUCT', 'measure: LICENSES', 'measure: UTILIZATION', 'measure: UNUSED_SEATS', 'measure: ANNUAL_VALUE, currency: "USD"', 'measure: AVERAGE_COST, currency: "EUR"'])('pages by %s', async (order) => {
    for (const direction of ['ASC', 'DESC']) {
      const args = `${DAY}, ${everything}, groupBy: [OWNER, PRODUCT, END_MONTH], filter: { licenses: { currency: { notIn: ["JPY"] } } }, orderBy: { ${order}, direction: ${direction} },`;
      const row = `${keys} figures { ${all} }`;
      const { data } = await app.ask('admin', `{ analyze(${args} first: 500) { totalCount nodes { ${row} } } }`);
      expect(data.analyze.nodes).toHaveLength(8);
      expect(data.analyze.totalCount).toBe(8);
      expect(await pageThrough(app, { field: 'analyze', args, row }, 2)).toEqual(data.analyze.nodes);
    }
  });

  describe('refuses', () => {
    it.each([
      ['measures', 'measures: []'], ['measures', 'measures: [SEATS, ROUNDS, SEATS]'], ['groupBy', 'measures: [SEATS], groupBy: [OWNER, OWNER]'],
      ['groupBy', 'measures: [SEATS], groupBy: [OWNER, PRODUCT, STATUS, SOURCE, CURRENCY]'],
      ['orderBy.measure', 'measures: [SEATS], groupBy: [OWNER], orderBy: { measure: ROUNDS }'], ['orderBy.dimension', 'measures: [SEATS], groupBy: [OWNER], orderBy: { dimension: PRODUCT }'],
      ['orderBy', 'measures: [SEATS], groupBy: [OWNER], orderBy: {}'], ['orderBy', 'measures: [SEATS], groupBy: [OWNER], orderBy: { measure: SEATS, dimension: OWNER }'],
      ['orderBy.currency', 'measures: [ANNUAL_VALUE], groupBy: [OWNER], orderBy: { measure: ANNUAL_VALUE }'],
      // The rate of the yen is two weeks old.
      ['orderBy.currency', 'measures: [ANNUAL_VALUE], groupBy: [OWNER], orderBy: { measure: ANNUAL_VALUE, currency: "EUR" }'],
      ['windowDays', 'measures: [ACTIVE_USERS], windowDays: 0'], ['windowDays', 'measures: [SEATS], windowDays: 3661'], ['first', 'measures: [SEATS], first: 0'],
      ['first', 'measures: [SEATS], groupBy: [OWNER], first: 501'], ['after', 'measures: [SEATS], groupBy: [OWNER], after: "x"'], ['after', 'measures: [SEATS], after: "x"'],
      ['filter.companyIds', 'measures: [SEATS], filter: { companyIds: ["x"] }'], ['filter.licenses.quantity.in', `measures: [SEATS], filter: { licenses: { quantity: { in: [${'1,'.repeat(1001)}] } } }`],
    ])('naming %s: %s', async (field, args) => {
      const { errors } = await app.ask('admin', `{ analyze(${DAY}, ${args}) { nodes { figures { seats } } } }`);
      expect(errors?.map(({ extensions }) => [extensions['code'], extensions['field']])).toEqual([['BAD_USER_INPUT', field]]);
    });

    it('a cursor of another grouping', async () => {
      const { pageInfo } = await ask('measures: [SEATS], groupBy: [OWNER], first: 1', 'pageInfo { endCursor }');
      const { errors } = await app.ask('admin', `{ analyze(${DAY}, measures: [SEATS], groupBy: [COMPANY], after: "${pageInfo.endCursor}") { nodes { figures { seats } } } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    });

    it('an amount that cannot be converted, naming the rate', async () => {
      const { errors } = await app.ask('admin', `{ analyze(${DAY}, measures: [ANNUAL_VALUE]) { totals { annualValue { converted(to: "EUR") { money { amount } } } } } }`);
      expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('from JPY to EUR'), extensions: { code: 'BAD_USER_INPUT', field: 'to' } });
    });
  });

  it('says how it was computed and what is left out, of what was asked for', async () => {
    const meta = async (args: string) => {
      const answer = (await ask(args, 'meta { asOf windowDays windowStart sources { name } warnings { code count } }')).meta;
      return { ...answer, sources: answer.sources.map(({ name }: any) => name), warnings: answer.warnings.map(({ code, count }: any) => `${code} ${count}`) };
    };
    const log = app.database.config.APP_LOG_TABLE;
    expect(await meta(everything)).toEqual({
      asOf: '2026-06-15', windowDays: 14, windowStart: '2026-06-02', sources: ['license_records', 'free_trials', 'users_portal', log],
      warnings: ['INVALID_ROUNDS 1', 'UNKNOWN_QUANTITY 1', 'NO_ARR 1'],
    });
    expect(await meta('measures: [LICENSES], filter: { sources: [TRIAL] }, windowDays: 3')).toEqual({ asOf: '2026-06-15', windowDays: null, windowStart: null, sources: ['free_trials'], warnings: [] });
    expect((await meta('measures: [REGISTERED_USERS], filter: { companyIds: [2] }')).sources).toEqual(['license_records', 'free_trials', 'users_portal']);
  });

  it('takes as many statements whatever there is, and the log once', async () => {
    const statements = (args: string, fields: string) => app.statementsOf(() => ask(args, fields));
    const rest = `nodes { ${keys} figures { seats } }`;
    expect(await statements('measures: [SEATS], groupBy: [OWNER, PRODUCT]', rest)).toHaveLength(1);
    expect(await statements('measures: [SEATS, ACTIVE_USERS, OWNERS], groupBy: [OWNER, PRODUCT, STATUS]', `${rest} pageInfo { endCursor } edges { cursor }`)).toHaveLength(1);
    expect(await statements('measures: [SEATS], groupBy: [OWNER]', 'totalCount')).toHaveLength(1);
    expect(await statements('measures: [SEATS], groupBy: [OWNER]', 'totals { seats }')).toHaveLength(1);
    expect(await statements('measures: [SEATS], groupBy: [OWNER]', 'meta { warnings { code } }')).toHaveLength(1);
    // Which currencies there are; then the page and the totals.
    expect(await statements(`${everything}, groupBy: [OWNER]`, `nodes { figures { ${all} } } totals { ${all} }`)).toHaveLength(3);
    const converted = 'annualValue { converted(to: "USD") { money { amount } } }';
    expect(await statements('measures: [ANNUAL_VALUE], groupBy: [OWNER], filter: { currencies: ["EUR"] }, orderBy: { measure: ANNUAL_VALUE, currency: "USD" }', `nodes { figures { ${converted} } } totals { ${converted} }`)).toHaveLength(4);
    const log = await statements('measures: [ACTIVE_USERS, UTILIZATION, UNUSED_SEATS, REGISTERED_USERS], groupBy: [PRODUCT]', 'nodes { figures { activeUsers } }');
    expect(log.map((text) => (text.match(/app_log/g) ?? []).length)).toEqual([1]);
    expect((await statements('measures: [SEATS, OWNERS, REGISTERED_USERS], groupBy: [PRODUCT]', 'nodes { figures { seats } }')).join()).not.toContain('app_log');
  });
});

onEachDatabase('analyze for a viewer who may see no money', (kind) => {
  it('has no measures of money, and warns of none', async () => {
    const app = await startTestApp(kind, { rows, environment: { VIEWER_SEES_MONEY: '0' } });
    try {
      const { data, errors } = await app.ask('viewer', `{ analyze(${DAY}, measures: [SEATS, ACTIVE_USERS], groupBy: [CURRENCY]) { nodes { keys { value } figures { seats activeUsers } } meta { warnings { code } } } }`);
      expect(errors).toBeUndefined();
      expect(data.analyze.nodes.map(({ keys: [key], figures }: any) => [key.value, figures.seats])).toEqual([[null, 0], ['EUR', 27], ['JPY', 4], ['USD', 5]]);
      expect(data.analyze.meta.warnings.map(({ code }: any) => code)).toEqual(['INVALID_ROUNDS', 'UNKNOWN_QUANTITY']);
      for (const query of [
        '{ analyze(measures: [ANNUAL_VALUE]) { totals { seats } } }', '{ analyze(measures: [AVERAGE_COST]) { totals { seats } } }', '{ analyze(measures: [SEATS]) { totals { annualValue { amounts { amount } } } } }',
        '{ analyze(measures: [SEATS], filter: { licenses: { renewalValueArr: { gt: "1" } } }) { totals { seats } } }',
      ]) {
        const refused = await app.ask('viewer', query);
        expect([query, refused.data?.analyze ?? null, refused.errors?.length]).toEqual([query, null, 1]);
      }
      const given = await app.ask('viewer', 'query($m: [AnalyzeMeasure!]!) { analyze(measures: $m) { totals { seats } } }', { m: ['ANNUAL_VALUE'] });
      expect([given.data?.analyze ?? null, given.errors?.length]).toEqual([null, 1]);
    } finally {
      await app.stop();
    }
  });
});
