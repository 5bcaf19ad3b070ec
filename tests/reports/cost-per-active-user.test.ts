import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { costRows as rows } from '../support/cost-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { pageThrough } from '../support/paging.js';

const DAY = 'asOf: "2026-06-15"';
const costFields = 'source currency annualSpend { amount } licenses activeUsers basis costPerActiveUser { amount currency } reason';
const short = (line: any) => [line.source, line.currency, line.annualSpend.amount, line.licenses, line.activeUsers, line.costPerActiveUser?.amount ?? line.reason];
const ownerLine = ({ owner, ...line }: any) => [`${owner.kind} ${owner.id} ${owner.name}`, ...short(line)];
const ownerFields = `owner { kind id name } ${costFields}`;

onEachDatabase('cost per active user', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  async function ask(args: string, fields: string, account = 'admin') {
    const { data, errors } = await app.ask(account, `{ costPerActiveUser(${args}) { ${fields} } }`);
    expect(errors).toBeUndefined();
    return data.costPerActiveUser;
  }
  const bySource = async (args: string, account?: string) => (await ask(args, `bySource { ${costFields} }`, account)).bySource.map(short);
  const owners = async (args: string, list = '', account?: string) =>
    (await ask(args, `owners${list && `(${list})`} { nodes { ${ownerFields} } }`, account)).owners.nodes.map(ownerLine);

  it('divides spend by users, source by source and currency by currency', async () => {
    expect(await bySource(DAY)).toEqual([
      // (1000 + 50 + 59.97 + 21) / 4 users: two of C1, one of C2, one of P1.
      ['PORTAL', 'EUR', '1130.97', 4, 4, '282.74'],
      ['PORTAL', 'JPY', '1000', 1, 3, '333'],
      // C1 pays in dollars too, so its two users count here again; C3 has none.
      ['PORTAL', 'USD', '260.00', 2, 2, '130.00'],
      ['EXTERNAL', 'EUR', '300.00', 4, 2, '150.00'],
      // 1000 × 12 / 7 + 2000, rounded once.
      ['EXTERNAL', 'JPY', '3714', 2, 1, '3714'],
      ['EXTERNAL', 'USD', '99.00', 1, 1, '99.00'],
    ]);
  });

  it('has a line for each owner and currency, the highest cost first, owners without users leading', async () => {
    expect(await owners(DAY)).toEqual([
      ['SITE  ', 'EXTERNAL', 'EUR', '60.00', 1, 0, 'NO_ACTIVE_USERS'],
      ['COMPANY 3 Gamma', 'PORTAL', 'USD', '200.00', 1, 0, 'NO_ACTIVE_USERS'],
      ['COMPANY 1 Alpha', 'PORTAL', 'EUR', '1050.00', 2, 2, '525.00'],
      ['COMPANY 1 Alpha', 'EXTERNAL', 'EUR', '240.00', 2, 1, '240.00'],
      ['COMPANY 1 Alpha', 'EXTERNAL', 'USD', '99.00', 1, 1, '99.00'],
      ['COMPANY 2 beta', 'PORTAL', 'EUR', '59.97', 1, 1, '59.97'],
      ['SITE shop.example shop.example', 'EXTERNAL', 'JPY', '3714', 2, 1, '3714'],
      ['COMPANY 1 Alpha', 'PORTAL', 'USD', '60.00', 1, 2, '30.00'],
      ['PARTNER 1 Quill', 'PORTAL', 'EUR', '21.00', 1, 1, '21.00'],
      ['COMPANY 4 Delta', 'PORTAL', 'JPY', '1000', 1, 3, '333'],
      ['PARTNER 1 Quill', 'EXTERNAL', 'EUR', '0.00', 1, 1, '0.00'],
    ]);
  });

  it('orders, searches and narrows the lines', async () => {
    const named = async (list: string) => (await owners(DAY, list)).map(([owner, source, currency]: any) => `${owner.split(' ')[1]} ${source} ${currency}`);
    expect(await named('orderBy: { field: OWNER, direction: ASC }, source: PORTAL')).toEqual([
      '1 PORTAL EUR', '1 PORTAL USD', '2 PORTAL EUR', '4 PORTAL JPY', '3 PORTAL USD', '1 PORTAL EUR',
    ]);
    expect(await named('orderBy: { field: ACTIVE_USERS, direction: DESC }, currency: "EUR"')).toEqual([
      '1 PORTAL EUR', '1 EXTERNAL EUR', '1 EXTERNAL EUR', '1 PORTAL EUR', '2 PORTAL EUR', ' EXTERNAL EUR',
    ]);
    expect(await named('orderBy: { field: ANNUAL_SPEND }, currency: "EUR", first: 2')).toEqual(['1 PORTAL EUR', '1 EXTERNAL EUR']);
    expect(await named('search: "ALPHA", source: EXTERNAL')).toEqual(['1 EXTERNAL EUR', '1 EXTERNAL USD']);
    expect(await named('search: "shop."')).toEqual(['shop.example EXTERNAL JPY']);
    expect(await named('search: "%"')).toEqual([]);
    expect(await named('source: TRIAL')).toEqual([]);
    const { owners: page } = await ask(DAY, 'owners(first: 1, source: PORTAL, search: "a") { totalCount pageInfo { hasNextPage } nodes { currency } }');
    // Alpha twice, beta, Gamma, Delta; not Quill.
    expect(page).toEqual({ totalCount: 5, pageInfo: { hasNextPage: true }, nodes: [{ currency: 'USD' }] });
  });

  it.each(['COST_PER_ACTIVE_USER', 'ANNUAL_SPEND', 'ACTIVE_USERS', 'OWNER'])('pages through the lines by %s', async (field) => {
    for (const direction of ['ASC', 'DESC']) {
      const args = `orderBy: { field: ${field}, direction: ${direction} },`;
      const whole = await ask(DAY, `owners(${args} first: 500) { nodes { ${ownerFields} } }`);
      const nested = {
        ...app,
        ask: async (account: string | null, query: string, variables?: Record<string, unknown>) => {
          const answer = await app.ask(account, query.replace('{ owners(', `{ costPerActiveUser(${DAY}) { owners(`).concat(' }'), variables);
          return { ...answer, data: answer.data.costPerActiveUser };
        },
      };
      expect(await pageThrough(nested, { field: 'owners', args, row: ownerFields }, 3)).toEqual(whole.owners.nodes);
    }
  });

  it('filters by owner, product, currency and source; only owners with a passing licence count', async () => {
    expect(await bySource(`${DAY}, filter: { products: ["adm"] }`)).toEqual([['PORTAL', 'EUR', '50.00', 1, 2, '25.00']]);
    expect(await bySource(`${DAY}, filter: { currencies: ["USD"], sources: [PORTAL] }`)).toEqual([['PORTAL', 'USD', '260.00', 2, 2, '130.00']]);
    expect(await bySource(`${DAY}, filter: { companyIds: [2, 5] }`)).toEqual([['PORTAL', 'EUR', '59.97', 1, 1, '59.97']]);
    expect(await bySource(`${DAY}, filter: { partnerIds: [1], sources: [PORTAL] }`)).toEqual([
      ['PORTAL', 'EUR', '1071.00', 3, 3, '357.00'], ['PORTAL', 'USD', '60.00', 1, 2, '30.00'],
    ]);
    expect(await owners(`${DAY}, filter: { partnerIds: [1], currencies: ["USD"] }`)).toEqual([
      ['COMPANY 1 Alpha', 'EXTERNAL', 'USD', '99.00', 1, 1, '99.00'], ['COMPANY 1 Alpha', 'PORTAL', 'USD', '60.00', 1, 2, '30.00'],
    ]);
    expect(await bySource(`${DAY}, filter: { sources: [TRIAL] }`)).toEqual([]);
    expect(await bySource(`${DAY}, filter: { products: [] }`)).toEqual([]);
  });

  it('takes the window and the day as arguments', async () => {
    // 05-16 is the first day of 31; on 06-16 users 4 and 1 to 3 of C1 have been seen, and licence 9.
    expect((await bySource(`${DAY}, windowDays: 31`)).map((line: any) => [line[0], line[1], line[4]])).toEqual([
      ['PORTAL', 'EUR', 5], ['PORTAL', 'JPY', 3], ['PORTAL', 'USD', 3], ['EXTERNAL', 'EUR', 3], ['EXTERNAL', 'JPY', 1], ['EXTERNAL', 'USD', 1],
    ]);
    expect((await bySource('asOf: "2026-06-16", windowDays: 1')).map((line: any) => [line[0], line[1], line[4]])).toEqual([
      ['PORTAL', 'EUR', 1], ['PORTAL', 'JPY', 0], ['PORTAL', 'USD', 1], ['EXTERNAL', 'EUR', 1], ['EXTERNAL', 'JPY', 0], ['EXTERNAL', 'USD', 0],
    ]);
    for (const days of [0, 3661]) {
      const { errors } = await app.ask('admin', `{ costPerActiveUser(windowDays: ${days}) { bySource { licenses } } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'windowDays' });
    }
  });

  it('warns of what is in no line, and says how it was computed', async () => {
    const { meta } = await ask(DAY, 'meta { asOf windowDays windowStart warnings { code count } }');
    expect(meta).toMatchObject({ asOf: '2026-06-15', windowDays: 30, windowStart: '2026-05-17' });
    expect(meta.warnings.filter(({ code }: any) => code !== 'SOURCE_STALE')).toEqual([
      { code: 'ACTIVITY_AFTER_AS_OF', count: 1 }, { code: 'MISSING_PRICE', count: 1 }, { code: 'UNKNOWN_CURRENCY', count: 1 }, { code: 'NO_ARR', count: 1 },
    ]);
  });

  it('shows each tenant its own', async () => {
    expect(await bySource(`${DAY}, filter: { sources: [PORTAL] }`, 'partner1')).toEqual([
      ['PORTAL', 'EUR', '1071.00', 3, 3, '357.00'], ['PORTAL', 'USD', '60.00', 1, 2, '30.00'],
    ]);
    expect(await owners(DAY, '', 'company3')).toEqual([['COMPANY 3 Gamma', 'PORTAL', 'USD', '200.00', 1, 0, 'NO_ACTIVE_USERS']]);
    expect(await bySource(DAY, 'company5')).toEqual([]);
  });

  it('reads only what is asked for, and the log once for each question', async () => {
    const statements = (fields: string, args = DAY) => app.statementsOf(() => ask(args, fields));
    const log = (texts: string[]) => texts.map((text) => (text.match(/app_log/g) ?? []).length).filter((times) => times > 0);
    expect(log(await statements(`bySource { ${costFields} }`))).toEqual([1]);
    expect(await statements(`bySource { ${costFields} }`)).toHaveLength(2);
    expect(log(await statements('owners { totalCount nodes { activeUsers } }'))).toEqual([1]);
    expect(await statements('owners { nodes { activeUsers } }')).toHaveLength(1);
    expect(await statements('owners { nodes { owner { name } } }')).toHaveLength(3);
    expect(log(await statements('owners(source: EXTERNAL) { totalCount nodes { activeUsers } }'))).toEqual([]);
    expect(log(await statements('meta { warnings { code } }'))).toEqual([]);
    expect(await statements('bySource { licenses }', `${DAY}, filter: { sources: [TRIAL] }`)).toHaveLength(0);
  });
});

onEachDatabase('cost per active user, money and zones', (kind) => {
  it('converts at the rate of the day, and is null without one', async () => {
    const app = await startTestApp(kind, { rows });
    try {
      await app.database.transaction(({ manager }) => manager.query(`insert into sw_exchange_rates (rate_date, currency, units_per_euro, source) values ('2026-06-12', 'USD', '1.2500', 'test')`));
      const { data, errors } = await app.ask('admin', `{ costPerActiveUser(${DAY}, filter: { sources: [PORTAL] }) { bySource { currency converted(to: "EUR") { money { amount currency } rateDate } } } }`);
      expect(errors).toBeUndefined();
      expect(data.costPerActiveUser.bySource).toEqual([
        { currency: 'EUR', converted: { money: { amount: '1130.97', currency: 'EUR' }, rateDate: '2026-06-15' } },
        { currency: 'JPY', converted: null },
        { currency: 'USD', converted: { money: { amount: '208.00', currency: 'EUR' }, rateDate: '2026-06-12' } },
      ]);
    } finally {
      await app.stop();
    }
  });

  it('shows a viewer without READ_MONEY users and no amounts, in the order of names', async () => {
    const app = await startTestApp(kind, { rows, environment: { VIEWER_SEES_MONEY: '0' } });
    try {
      const { data, errors } = await app.ask('viewer', `{ costPerActiveUser(${DAY}) { bySource { licenses activeUsers } owners(source: PORTAL) { nodes { owner { name } currency } } meta { warnings { code } } } }`);
      expect(errors).toBeUndefined();
      expect(data.costPerActiveUser.owners.nodes.map((line: any) => `${line.owner.name} ${line.currency}`)).toEqual([
        'Alpha EUR', 'Alpha USD', 'beta EUR', 'Delta JPY', 'Gamma USD', 'Quill EUR',
      ]);
      expect(data.costPerActiveUser.meta.warnings.map(({ code }: any) => code)).toEqual(expect.not.arrayContaining(['MISSING_PRICE', 'NO_ARR']));
      for (const fields of [
        'bySource { annualSpend { amount } }', 'bySource { costPerActiveUser { amount } }', 'bySource { converted(to: "EUR") { rate } }', 'owners { nodes { annualSpend { amount } } }',
        'owners(orderBy: { field: COST_PER_ACTIVE_USER }) { nodes { licenses } }', 'owners(orderBy: { field: ANNUAL_SPEND }) { nodes { licenses } }',
      ]) {
        const refused = await app.ask('viewer', `{ costPerActiveUser(${DAY}) { ${fields} } }`);
        expect([fields, refused.errors?.[0]?.extensions['code']]).toEqual([fields, 'GRAPHQL_VALIDATION_FAILED']);
      }
    } finally {
      await app.stop();
    }
  });

  // In Berlin 2026-05-16 23:59:59 UTC is the 17th: user 3 and licence 2 count. In New York 2026-06-16 00:00:00 UTC is the 15th: user 4 and
  // licence 9 count, and 2026-05-17 00:00:00 UTC is the 16th: licence 1 does not.
  it.each([['Europe/Berlin', [5, 3]], ['America/New_York', [5, 2]]])('begins and ends days in %s', async (zone, [portal, checkedIn]) => {
    const app = await startTestApp(kind, { rows, environment: { REPORT_TIMEZONE: zone } });
    try {
      const { data } = await app.ask('admin', `{ costPerActiveUser(${DAY}) { bySource { source currency activeUsers } } }`);
      const users = data.costPerActiveUser.bySource.filter(({ currency }: any) => currency === 'EUR').map(({ activeUsers }: any) => activeUsers);
      expect(users).toEqual([portal, checkedIn]);
    } finally {
      await app.stop();
    }
  });
});
