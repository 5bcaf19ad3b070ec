import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, integer, option, record } from 'fast-check';
import { Decimal } from 'decimal.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { generatedPremium } from '../support/generated-premium.js';
import { activeUsersOf, naiveLicenses } from '../support/naive-premium.js';

const data = generatedPremium();
const day = integer({ min: -60, max: 5 }).map((offset) => addDays('2026-06-15', offset));
const question = record({
  asOf: day,
  days: constantFrom(1, 14, 30, 60, 90, 91, 200, 3660),
  companyIds: option(array(integer({ min: 1, max: 25 }).map(String), { maxLength: 8 }), { freq: 3 }),
  currencies: option(array(constantFrom('EUR', 'USD', 'GBP', 'JPY'), { maxLength: 2 }), { freq: 3 }),
  products: option(array(constantFrom('sub', 'ADM', 'forms', 'chat', 'none'), { maxLength: 3 }), { freq: 3 }),
});
interface Asked { asOf: string; days: number; companyIds: string[] | null; currencies: string[] | null; products: string[] | null }

/** The licences that a filter shows, judged by the naive computation over all of them. */
function shown({ asOf, days, companyIds, currencies, products }: Asked) {
  return naiveLicenses(data, asOf, days).filter((license) =>
    (companyIds === null || companyIds.includes(String(license.companyId)))
    && (currencies === null || (license.currency !== null && currencies.includes(license.currency)))
    && (products === null || products.some((slug) => slug.toLowerCase() === license.product)));
}
const total = <T>(list: readonly T[], figure: (entry: T) => number) => list.reduce((sum, entry) => sum + figure(entry), 0);
const groupsOf = <T>(list: readonly T[], key: (entry: T) => string): [string, T[]][] =>
  [...new Set(list.map(key))].sort().map((name) => [name, list.filter((entry) => key(entry) === name)]);
const moneyOf = (sums: { amount: string; currency: string }[]) => Object.fromEntries(sums.map(({ amount, currency }) => [currency, amount]));

onEachDatabase('premium licences and their use on generated data', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: data });
  });
  afterAll(() => app.stop());

  async function ask(query: string, { days, companyIds, currencies, products, asOf }: Asked) {
    const variables = { asOf, days, filter: { companyIds, currencies, products } };
    const { data: answer, errors } = await app.ask('admin', query, variables);
    expect(errors).toBeUndefined();
    return answer;
  }

  it('reclamation: agrees with a naive computation, and everything adds up', async () => {
    const sum = 'licenses seats saving { amounts { amount currency } }';
    const query = `query($asOf: Date, $days: Int!, $filter: ReportFilter) { reclamation(asOf: $asOf, thresholdDays: $days, filter: $filter) {
      candidates reclaimableSeats premiumInForce saving { amounts { amount currency } } classes { class licenses quantity } reasons { reason ${sum} } byExpiration { month ${sum} }
      rows(first: 500) { totalCount nodes { license { id } reason lastActivityAt daysSinceActivity activeUsers reclaimableSeats } } } }`;
    await assert(asyncProperty(question, async (asked) => {
      const { reclamation: report } = await ask(query, asked);
      const expected = shown(asked);
      const candidates = expected.filter(({ reason }) => reason !== null);
      expect(report.classes.filter(({ licenses }: any) => licenses > 0).map((figure: any) => [figure.class, figure.licenses, figure.quantity]).sort())
        .toEqual(groupsOf(expected, (license) => license.class).map(([name, list]) => [name, list.length, total(list, ({ quantity }) => quantity)]));
      expect(Object.fromEntries(report.rows.nodes.map((row: any) => [row.license.id, [row.reason, row.reclaimableSeats, row.lastActivityAt?.slice(0, 19).replace('T', ' ') ?? null]])))
        .toEqual(Object.fromEntries(candidates.map(({ id, reason, seats, lastActivity }) => [id, [reason, seats, lastActivity]])));
      // What adds up.
      expect(report.premiumInForce).toBe(total(report.classes, ({ licenses }: any) => licenses));
      for (const parts of [report.reasons, report.byExpiration]) {
        expect([total(parts, ({ licenses }: any) => licenses), total(parts, ({ seats }: any) => seats)]).toEqual([report.candidates, report.reclaimableSeats]);
      }
      expect([report.rows.totalCount, report.rows.nodes.length]).toEqual([report.candidates, report.candidates]);
      const saving = moneyOf(report.saving.amounts);
      for (const [currency, list] of groupsOf(candidates.filter(({ arr, currency: code }) => arr !== null && code !== null), (license) => license.currency ?? '')) {
        const minor = list.reduce((whole, { id, arr, seats, quantity }) => whole.plus(new Decimal(arr ?? 0).times(id.startsWith('portal') ? seats : 1).div(id.startsWith('portal') ? quantity : 1)), new Decimal(0));
        const decimals = currency === 'JPY' ? 0 : 2;
        // Each licence is exact to 1/60 of a minor unit.
        expect(new Decimal(saving[currency] ?? '0').minus(minor.div(10 ** decimals)).abs().times(10 ** decimals).toNumber()).toBeLessThanOrEqual(1);
      }
    }), { numRuns: 25 });
  });

  it('cost per active user: agrees with a naive computation, and owners add up to their source', async () => {
    const fields = 'source currency licenses activeUsers annualSpend { amount }';
    const query = `query($asOf: Date, $days: Int!, $filter: ReportFilter) { costPerActiveUser(asOf: $asOf, windowDays: $days, filter: $filter) {
      bySource { ${fields} costPerActiveUser { amount } reason } owners(first: 500) { totalCount nodes { owner { kind id } ${fields} } } } }`;
    await assert(asyncProperty(question, async (asked) => {
      const { costPerActiveUser: report } = await ask(query, asked);
      const expected = shown(asked).filter(({ arr, currency }) => arr !== null && currency !== null);
      const first = addDays(asked.asOf, 1 - asked.days);
      const used = (id: string) => {
        const at = String(data.externalLicense.find((row) => `external:${row['id']}` === id)?.['last_checked_in_at'] ?? '').slice(0, 10);
        return at >= first && at <= asked.asOf;
      };
      const lines = groupsOf(expected, ({ id, owner, currency }) => `${id.split(':')[0]} ${currency} ${owner}`).map(([key, list]) => {
        const active = key.startsWith('portal') ? activeUsersOf(data, key.split(' ')[2] ?? '', asked.asOf, asked.days) : list.filter(({ id }) => used(id)).length;
        return [key, list.length, active];
      });
      const keyOf = ({ source, currency, owner }: any) => `${source.toLowerCase()} ${currency} ${owner.kind[0].toLowerCase()}${owner.id}`;
      expect(report.owners.nodes.map((line: any) => [keyOf(line), line.licenses, line.activeUsers]).sort()).toEqual(lines.sort());
      expect(report.owners.totalCount).toBe(lines.length);
      for (const cost of report.bySource) {
        const own = report.owners.nodes.filter(({ source, currency }: any) => source === cost.source && currency === cost.currency);
        expect([cost.licenses, cost.activeUsers]).toEqual([total(own, (line: any) => line.licenses), total(own, (line: any) => line.activeUsers)]);
        const spend = own.reduce((sum: Decimal, line: any) => sum.plus(line.annualSpend.amount), new Decimal(0));
        // The lines are rounded one by one, their sum once.
        const step = new Decimal(cost.currency === 'JPY' ? 1 : 0.01);
        expect(spend.minus(cost.annualSpend.amount).abs().lte(cost.source === 'PORTAL' ? 0 : step.times(own.length))).toBe(true);
        expect(cost.reason === null).toBe(cost.activeUsers > 0);
      }
      expect(new Set(report.bySource.map(({ source, currency }: any) => `${source} ${currency}`)).size).toBe(report.bySource.length);
      expect(total(report.bySource, (cost: any) => cost.licenses)).toBe(expected.length);
    }), { numRuns: 25 });
  });
});
