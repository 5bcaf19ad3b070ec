import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

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

/** One company for each last day, the seats telling which: days from 2026-06-15, null without end. */
const boundaries: [seats: number, end: string | null][] = [
  [100, '2026-06-07'], [1, '2026-06-08'], [2, '2026-06-14'], [3, '2026-06-15'], [4, '2026-07-15'], [5, '2026-07-16'], [6, '2026-08-14'],
  [7, '2026-08-15'], [8, '2026-09-13'], [9, '2026-09-14'], [10, '2026-12-12'], [200, '2026-12-13'], [300, null],
];

onEachDatabase('renewal forecast by days', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        company: companies(1, boundaries.length), product: products,
        license: boundaries.map(([seats, end], index) => round({ id: index + 1, company_id: index + 1, start_date: '2025-06-16', end_date: end, number_of_licenses: seats, cost_per_license: 10 })),
      },
    });
  });
  afterAll(() => app.stop());

  it('puts each last day into its bucket: day 30 and 31, 60 and 61, 90 and 91, 180 and 181', async () => {
    const { buckets, within90, within180, atRisk, rows } = await forecast(app, AS_OF, `buckets { name from to all { ${FIGURES} } renewed { ${FIGURES} } atRisk { ${FIGURES} } }
      within90 { ${FIGURES} } within180 { ${FIGURES} } atRisk { ${FIGURES} } rows(first: 100) { totalCount nodes { license { quantity } bucket daysRemaining status state atRiskQuantity } }`);
    expect(buckets.map(({ all, renewed, atRisk: risk, ...bucket }: any) => [...Object.values(bucket), figures(all), figures(renewed), figures(risk)])).toEqual([
      ['IN_GRACE', null, null, '2 / 3 / 30.00 EUR', '0 / 0 / ', '2 / 3 / 30.00 EUR'],
      ['D0_30', '2026-06-15', '2026-07-15', '2 / 7 / 70.00 EUR', '0 / 0 / ', '2 / 7 / 70.00 EUR'],
      ['D31_60', '2026-07-16', '2026-08-14', '2 / 11 / 110.00 EUR', '0 / 0 / ', '2 / 11 / 110.00 EUR'],
      ['D61_90', '2026-08-15', '2026-09-13', '2 / 15 / 150.00 EUR', '0 / 0 / ', '2 / 15 / 150.00 EUR'],
      ['D91_180', '2026-09-14', '2026-12-12', '2 / 19 / 190.00 EUR', '0 / 0 / ', '2 / 19 / 190.00 EUR'],
    ]);
    expect([within90, within180, atRisk].map(figures)).toEqual(['6 / 33 / 330.00 EUR', '8 / 52 / 520.00 EUR', '10 / 55 / 550.00 EUR']);
    expect(rows.totalCount).toBe(10);
    expect(rows.nodes.map(({ license, ...row }: any) => [license.quantity, ...Object.values(row)])).toEqual([
      [1, 'IN_GRACE', -7, 'IN_GRACE', 'NOT_RENEWED', 1], [2, 'IN_GRACE', -1, 'IN_GRACE', 'NOT_RENEWED', 2], [3, 'D0_30', 0, 'EXPIRES_TODAY', 'NOT_RENEWED', 3],
      [4, 'D0_30', 30, 'ACTIVE', 'NOT_RENEWED', 4], [5, 'D31_60', 31, 'ACTIVE', 'NOT_RENEWED', 5], [6, 'D31_60', 60, 'ACTIVE', 'NOT_RENEWED', 6],
      [7, 'D61_90', 61, 'ACTIVE', 'NOT_RENEWED', 7], [8, 'D61_90', 90, 'ACTIVE', 'NOT_RENEWED', 8], [9, 'D91_180', 91, 'ACTIVE', 'NOT_RENEWED', 9],
      [10, 'D91_180', 180, 'ACTIVE', 'NOT_RENEWED', 10],
    ]);
  });

  it('gives one entry for each day on which something expires', async () => {
    const { days } = await forecast(app, `${AS_OF}, horizonDays: 31`, `days { date figures { ${FIGURES} } }`);
    expect(days.map(({ date, figures: of }: any) => [date, figures(of)])).toEqual([
      ['2026-06-15', '1 / 3 / 30.00 EUR'], ['2026-07-15', '1 / 4 / 40.00 EUR'], ['2026-07-16', '1 / 5 / 50.00 EUR'],
    ]);
  });

  it.each([[90, ['D0_30', 'D31_60', 'D61_90'], 33, 33, '2026-09-13'], [61, ['D0_30', 'D31_60', 'D61_90'], 25, 25, '2026-08-15'], [60, ['D0_30', 'D31_60'], 18, 18, '2026-08-14'], [1, ['D0_30'], 3, 3, '2026-06-16']])(
    'ends at a horizon of %d days', async (horizon, names, within90, within180, last) => {
      const answer = await forecast(app, `${AS_OF}, horizonDays: ${horizon}`, 'buckets { name to } within90 { quantity } within180 { quantity }');
      expect(answer.buckets.map(({ name }: any) => name)).toEqual(['IN_GRACE', ...names]);
      expect(answer.buckets.at(-1).to).toBe(last);
      expect([answer.within90.quantity, answer.within180.quantity]).toEqual([within90, within180]);
    });

  it.each([0, 181, -1])('refuses a horizon of %d days', async (horizon) => {
    const { errors } = await app.ask('admin', `{ renewalForecast(horizonDays: ${horizon}) { days { date } } }`);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('filters, searches and pages the rows', async () => {
    const some = async (args: string) => {
      const { rows } = await forecast(app, AS_OF, `rows(${args}) { totalCount nodes { license { quantity } } }`);
      expect(rows.totalCount).toBe(rows.nodes.length);
      return rows.nodes.map(({ license }: any) => license.quantity);
    };
    expect(await some('buckets: [IN_GRACE, D61_90]')).toEqual([1, 2, 7, 8]);
    expect(await some('buckets: []')).toEqual([]);
    expect(await some('expires: { from: "2026-07-15", to: "2026-08-14" }')).toEqual([4, 5, 6]);
    expect(await some('expires: { to: "2026-06-15" }')).toEqual([1, 2, 3]);
    expect(await some('states: [RENEWED, PARTIALLY_RENEWED]')).toEqual([]);
    expect(await some('search: "c4"')).toEqual([3]);
    const read: number[] = [];
    for (let after: string | null = null; ;) {
      const { data }: any = await app.ask('admin', `query($after: String) { renewalForecast(${AS_OF}) { rows(first: 3, after: $after) { nodes { license { quantity } } pageInfo { hasNextPage endCursor } } } }`, { after });
      const { nodes, pageInfo } = data.renewalForecast.rows;
      read.push(...nodes.map(({ license }: any) => license.quantity));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(read).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('speaks of any day', async () => {
    const past = await forecast(app, 'asOf: "2025-06-15"', 'within180 { licenses } rows { totalCount }');
    expect(past).toEqual({ within180: { licenses: 0 }, rows: { totalCount: 0 } });
    const future = await forecast(app, 'asOf: "2026-12-13"', 'buckets { name all { quantity } } rows { nodes { daysRemaining status license { quantity lifecycleStatus } } }');
    expect(future.rows.nodes).toEqual([
      { daysRemaining: -1, status: 'IN_GRACE', license: { quantity: 10, lifecycleStatus: 'IN_GRACE' } },
      { daysRemaining: 0, status: 'EXPIRES_TODAY', license: { quantity: 200, lifecycleStatus: 'EXPIRES_TODAY' } },
    ]);
    expect(future.buckets.map(({ all }: any) => all.quantity)).toEqual([10, 200, 0, 0, 0]);
  });

  it('takes two statements for the figures, and a fixed number for a page', async () => {
    const scoped = async (selection: string) => (await app.statementsOf(() => forecast(app, `${AS_OF}, filter: { sources: [PORTAL] }`, selection))).filter((text) => text.includes('scoped')).length;
    expect(await scoped(`buckets { all { ${FIGURES} } atRisk { ${FIGURES} } } within90 { quantity } days { date } atRisk { quantity } meta { asOf }`)).toBe(2);
    const page = (first: number) => scoped(`rows(first: ${first}) { nodes { state atRiskQuantity license { ownerName renewalValueArr { amount } lastCheckedInAt } } }`);
    // Continuations, the page, its licences, their companies, their latest activity.
    expect([await page(2), await page(10)]).toEqual([5, 5]);
  });
});
