import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isEnumType } from 'graphql';
import { createSchema } from '../../server/schema.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { DAY, generatedAnalyze, listedPrices } from '../support/generated-analyze.js';
import { naiveAnalyze, type NaiveFilter } from '../support/naive-analyze.js';
import { analyzeFields } from '../support/analyze.js';

const schema = createSchema();
const namesOf = (type: string): string[] => {
  const found = schema.getType(type);
  return isEnumType(found) ? found.getValues().map(({ name }) => name) : [];
};
const [measures, dimensions] = [namesOf('AnalyzeMeasure'), namesOf('AnalyzeDimension')];
const pairs = dimensions.flatMap((first, index) => dimensions.slice(index + 1).map((second) => [first, second]));
const data = generatedAnalyze();
const WINDOW = 14;

/** Filters as the API takes them, and as the naive computation does. Those on licences keep only owners that hold one. */
const filters: [name: string, filter: Record<string, unknown>, naive: NaiveFilter][] = [
  ['companies', { companyIds: ['1', '2', '7', '102', '990'] }, { owner: ({ companyId }) => [1, 2, 7, 102, 990].includes(companyId ?? 0) }],
  ['a source', { sources: ['PORTAL'] }, { licence: ({ source }) => source === 'PORTAL' }],
  ['other sources', { sources: ['TRIAL', 'EXTERNAL'] }, { licence: ({ source }) => source !== 'PORTAL' }],
  ['products', { products: ['SUB', 'forms'] }, { licence: ({ product }) => product === 'sub' || product === 'forms' }],
  ['currencies', { currencies: ['JPY', 'USD'] }, { licence: ({ currency }) => currency === 'JPY' || currency === 'USD' }],
  ['status', { licenses: { lifecycleStatus: { in: ['ACTIVE', 'IN_GRACE'] } } }, { licence: ({ status }) => status === 'ACTIVE' || status === 'IN_GRACE' }],
  ['last day', { licenses: { not: { expirationDate: { gte: DAY } } } }, { licence: ({ end }) => end === null || end < DAY }],
  ['companies and source', { companyIds: ['3', '4', '5'], sources: ['EXTERNAL', 'PORTAL'] }, { owner: ({ companyId }) => [3, 4, 5].includes(companyId ?? 0), licence: ({ source }) => source !== 'TRIAL' }],
  [
    'the reseller', { licenses: { partner: { in: ['1', '3'] } } },
    {
      licence: ({ companyId, partnerId }) => {
        const reseller = data.company.find(({ id }) => id === companyId)?.['partner_id'];
        return [1, 3].includes(partnerId ?? Number(reseller ?? 0));
      },
    },
  ],
  ['nothing', { sources: [] }, { licence: () => false }],
];

onEachDatabase('analyze on generated data', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: data, environment: { DATABASE_POOL_SIZE: '2' } });
    await app.database.transaction(async ({ manager }) => {
      for (const { product_slug, amount_minor, currency, interval_months } of listedPrices) {
        await manager.query(`insert into sw_price_list (product_slug, amount_minor, currency, interval_months, valid_from) values (?, ?, ?, ?, '2020-01-01')`, [product_slug, amount_minor, currency, interval_months]);
      }
    });
  }, 60_000);
  afterAll(() => app.stop());

  interface Asked { asOf?: string; days?: number; filter?: Record<string, unknown>; only?: readonly string[]; whole?: boolean }

  async function ask(groupBy: readonly string[], { asOf = DAY, days = WINDOW, filter, only = measures, whole = true }: Asked = {}) {
    const query = `query($measures: [AnalyzeMeasure!]!, $groupBy: [AnalyzeDimension!]!, $asOf: Date, $days: Int, $filter: AnalyzeFilter) {
      analyze(measures: $measures, groupBy: $groupBy, asOf: $asOf, windowDays: $days, filter: $filter, first: 500) {
        ${whole ? `totalCount totals { ${analyzeFields(only)} }` : 'pageInfo { hasNextPage }'} nodes { keys { dimension value } figures { ${analyzeFields(only)} } } } }`;
    const { data: answer, errors } = await app.ask('admin', query, { measures: only, groupBy, asOf, days, filter });
    expect([groupBy, errors]).toEqual([groupBy, undefined]);
    const { nodes, totals, totalCount, pageInfo } = answer.analyze;
    expect([groupBy, totalCount, pageInfo]).toEqual([groupBy, whole ? nodes.length : undefined, whole ? undefined : { hasNextPage: false }]);
    for (const { keys } of nodes) expect(keys.map(({ dimension }: any) => dimension)).toEqual(groupBy);
    const rows = new Map<string, unknown>(nodes.map(({ keys, figures }: any) => [JSON.stringify(keys.map(({ value }: any) => value)), figures]));
    expect(rows.size).toBe(nodes.length);
    return { rows, totals };
  }

  const sorted = (rows: ReadonlyMap<string, unknown>) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

  async function agrees(groupBy: readonly string[], { asOf = DAY, days = WINDOW, filter, whole = true }: Asked = {}, naive: NaiveFilter = {}) {
    const { rows, totals } = await ask(groupBy, { asOf, days, whole, ...(filter === undefined ? {} : { filter }) });
    expect([groupBy, sorted(rows)]).toEqual([groupBy, sorted(naiveAnalyze(data, groupBy, { asOf, days }, naive))]);
    if (!whole) return;
    const everything = naiveAnalyze(data, [], { asOf, days }, naive).get('[]');
    if (everything !== undefined) expect([groupBy, totals]).toEqual([groupBy, everything]);
  }

  it.each(dimensions)('%s with every other dimension: every measure agrees with a naive computation over the rows', async (dimension) => {
    await agrees([dimension]);
    for (const pair of pairs.filter(([first]) => first === dimension)) await agrees(pair, { whole: false });
  }, 60_000);

  it.each([[-40, 1], [-7, 90], [1, 30], [4, 3660]])('agrees %i days from then over %i days', async (offset, days) => {
    const asked = { asOf: addDays(DAY, offset), days };
    for (const groupBy of [[], ['OWNER'], ['PARTNER', 'SOURCE'], ['STATUS', 'PRODUCT', 'CURRENCY'], ['OWNER_KIND', 'SUB_STATUS', 'END_QUARTER', 'AUTO_RENEW']]) await agrees(groupBy, asked);
  });

  it.each(filters)('agrees when filtered by %s', async (_, filter, naive) => {
    for (const groupBy of [['OWNER'], ['PARTNER', 'STATUS'], ['PRODUCT'], ['CURRENCY', 'SOURCE'], ['COMPANY', 'END_MONTH']]) {
      await agrees(groupBy, { filter }, naive);
    }
  });

  it('computes each measure as if it were asked for alone', async () => {
    for (const groupBy of [['OWNER', 'PRODUCT'], ['PARTNER'], ['STATUS', 'SOURCE']]) {
      const together = (await ask(groupBy)).rows;
      for (const measure of measures) {
        const { rows } = await ask(groupBy, { only: [measure] });
        for (const [key, figures] of rows) expect([measure, key, together.get(key)]).toEqual([measure, key, expect.objectContaining(figures as object)]);
      }
    }
  }, 60_000);
});
