import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../server/reports/shapes/days.js';
import { flowOf, noMovements, roundedFlow } from '../../server/reports/shapes/trend-flows.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { measures, naiveFlow, type NaiveTerm } from '../support/naive-trend.js';
import { insertRows, round } from '../support/rows.js';
import { askTrend } from '../support/trend.js';

const FIRST = '2025-11-20';
const CURRENCIES = ['EUR', 'USD'];

/** Terms that crowd around each other, with the gaps at which the rules turn. */
const term = fc.record({
  company: fc.integer({ min: 1, max: 3 }),
  product: fc.integer({ min: 1, max: 2 }),
  start: fc.integer({ min: 0, max: 240 }),
  days: fc.oneof(fc.constantFrom<(number | null)[]>(null, 0, 29, 30, 31), fc.integer({ min: 0, max: 100 })),
  seats: fc.integer({ min: 1, max: 9 }),
  cost: fc.constantFrom(0, 1, 2),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
});
/** A term and one that begins a given number of days after its end. */
const follower = fc.tuple(term, fc.constantFrom(-5, 0, 1, 2, 29, 30, 31, 32), fc.integer({ min: 1, max: 9 })).map(([first, gap, seats]) =>
  [first, { ...first, start: Math.max(0, first.start + (first.days ?? 40) + gap), seats }]);
const terms = fc.tuple(fc.array(term, { maxLength: 12 }), fc.array(follower, { maxLength: 6 })).map(([single, pairs]) => [...single, ...pairs.flat()]);

const sample = fc.record({
  terms,
  asOf: fc.integer({ min: 60, max: 300 }).map((days) => addDays(FIRST, days)),
  mode: fc.constantFrom('GROSS' as const, 'RENEWAL_AWARE' as const, 'RENEWAL_AWARE' as const),
  interval: fc.constantFrom('MONTH', 'QUARTER'),
});

onEachDatabase('the accounts of the trend', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        company: [1, 2, 3].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: null })),
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
      },
    });
  });
  afterAll(() => app.stop());

  it('are those that a count of every chain and every day gives', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async ({ terms: drawn, asOf, mode, interval }) => {
        const list = drawn.map(({ company, product, start, days, seats, cost, currency }) => ({
          company, product, seats, cost, currency, start: addDays(FIRST, start), end: days === null ? null : addDays(FIRST, start + days),
        }));
        await app.database.transaction(({ manager }) => manager.query('delete from license_records'));
        await insertRows(app.database, {
          license: list.map(({ company, product, start, end, seats, cost, currency }) =>
            round({ company_id: company, product_code_id: product, start_date: start, end_date: end, number_of_licenses: seats, cost_per_license: cost, currency })),
        });
        const naive = list.map(({ company, product, cost, ...rest }): NaiveTerm => ({ ...rest, owner: `${company} ${product}`, arr: rest.seats * cost * 100 }));
        const { points } = await askTrend(app, `asOf: "${asOf}", range: { from: "2025-12-10" }, mode: ${mode}, interval: ${interval}`);
        for (const { from, to, units } of points) {
          for (const [unit, measure] of Object.entries(measures(mode, CURRENCIES))) {
            const expected = naiveFlow(naive, asOf, mode, measure, from, to);
            const zero = { ...expected, opening: 0, new: 0, reactivated: 0, expansion: 0, contraction: 0, expired: 0, closing: 0 };
            expect({ unit, from, ...(units[unit] ?? zero) }).toMatchObject({ unit, from, ...expected });
          }
        }
      }),
      { numRuns: 40, endOnFailure: false },
    );
  }, 120_000);
});

it('rounds a flow so that it balances, and each balance as if it stood alone', () => {
  const part = fc.oneof(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 100_000n }));
  fc.assert(
    fc.property(fc.record({ opening: part, new: part, reactivated: part, expansion: part, contraction: part, expired: part }), ({ opening, ...moved }) => {
      const exact = flowOf(opening, { ...noMovements, ...moved });
      const flow = roundedFlow(exact, 60n);
      expect(flow.net).toBe(flow.new + flow.reactivated + flow.expansion - flow.contraction - flow.expired);
      expect(flow.closing).toBe(flow.opening + flow.net);
      const off = (name: keyof typeof flow) => Number(flow[name] * 60n - exact[name]);
      for (const name of ['opening', 'closing'] as const) expect(Math.abs(off(name))).toBeLessThanOrEqual(30);
      for (const name of ['new', 'reactivated', 'expansion', 'contraction', 'expired'] as const) expect(Math.abs(off(name))).toBeLessThanOrEqual(240);
      for (const name of ['new', 'reactivated', 'expansion', 'contraction', 'expired'] as const) expect(flow[name]).toBeGreaterThanOrEqual(0n);
    }),
  );
}, 120_000);
