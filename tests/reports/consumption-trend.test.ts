import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round, type Rows } from '../support/rows.js';
import { askTrend, linesOf, textOf } from '../support/trend.js';

const CASES = 22;
let nextId = 1;
/** A round of the company that stands for a case. */
const term = (company: number, start: string, end: string | null, seats = 10, values: Record<string, string | number | null> = {}) =>
  round({ id: nextId++, company_id: company, start_date: start, end_date: end, number_of_licenses: seats, cost_per_license: 1, ...values });

/** One case a company; asOf is 2026-06-15, the range the half year up to it. */
const cases: Rows = {
  partner: [{ id: 1, partner_name: 'P1' }],
  company: Array.from({ length: CASES }, (_, index) => ({ id: index + 1, company_name: `C${index + 1}`, active: 1, partner_id: null })),
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
  license: [
    // 1: renewed without a gap, with more seats, then with fewer after a gap of 30 days.
    term(1, '2025-02-01', '2026-01-31'), term(1, '2026-02-01', '2026-03-31', 15), term(1, '2026-04-30', null, 7),
    // 2: a gap of 31 days.
    term(2, '2025-02-01', '2026-01-31'), term(2, '2026-03-03', null, 12),
    // 3: renewed early within a month; 4: early over the end of a month.
    term(3, '2025-03-01', '2026-02-28'), term(3, '2026-02-10', '2027-02-09'),
    term(4, '2025-03-01', '2026-02-28'), term(4, '2026-01-20', '2027-02-28', 12),
    // 5: two rounds start together, a third joins for a while.
    term(5, '2026-02-05', '2027-02-04', 10), term(5, '2026-02-05', '2026-04-30', 3), term(5, '2026-03-10', '2026-05-09', 4),
    // 6: never ends. 7: another product of the same owner is another licence.
    term(6, '2026-01-15', '9999-12-31', 5), term(7, '2025-01-01', '2026-01-31', 2), term(7, '2026-02-01', null, 2, { product_code_id: 2 }),
    // 8: another currency. 9: free of charge.
    term(8, '2025-03-01', '2026-02-28', 10), term(8, '2026-03-01', null, 10, { currency: 'JPY', cost_per_license: 150 }),
    term(9, '2026-03-01', '2026-04-15', 10, { cost_per_license: 0, currency: 'SEK' }),
    // 10: one day; 11: a day used by both; 12: starts after asOf; 13: ends on asOf, continued the day after.
    term(10, '2026-03-15', '2026-03-15', 9), term(11, '2025-04-01', '2026-04-10', 8), term(11, '2026-04-10', '2027-04-09', 8),
    term(12, '2026-06-16', null, 99), term(13, '2025-06-16', '2026-06-15', 6), term(13, '2026-06-16', null, 6),
    // 14: ended ten days ago, not continued yet; 15: continues on asOf itself, after a gap.
    term(14, '2025-06-06', '2026-06-05', 4), term(15, '2025-05-21', '2026-05-20', 3), term(15, '2026-06-15', null, 5),
    // 16: a round inside another; 17: no round that counts.
    term(16, '2026-01-01', '2026-12-31', 10), term(16, '2026-02-01', '2026-03-31', 2),
    term(17, '2026-03-01', '2026-02-01', 1000), term(17, '2026-03-01', null, 0), term(17, '2026-03-01', null, 10, { currency: 'ZZZ' }), term(17, '2026-03-01', null, 10, { partner_id: 1 }),
    // 18: expires and comes back twice, all before and in the range; 19: a product that no longer exists.
    term(18, '2024-01-01', '2024-12-31', 1), term(18, '2025-06-01', '2025-12-31', 2), term(18, '2026-02-01', '2026-02-28', 3), term(18, '2026-04-01', null, 4),
    term(19, '2025-02-01', '2026-01-31', 5, { product_code_id: 77 }), term(19, '2026-02-01', null, 6, { product_code_id: 77 }),
    // 20: two end together and two follow. 21: the gap lies over the start of the range.
    term(20, '2025-04-01', '2026-03-31', 5), term(20, '2025-10-01', '2026-03-31', 6), term(20, '2026-04-05', null, 7), term(20, '2026-04-05', null, 8),
    term(21, '2025-01-01', '2025-12-20', 10), term(21, '2026-01-10', null, 9),
    // 22: one quarter with two chains that both change.
    term(22, '2025-01-01', '2026-01-10', 10), term(22, '2025-06-01', '2026-01-05', 3), term(22, '2026-02-15', null, 5), term(22, '2026-03-01', null, 3),
  ],
};

const HALF_YEAR = 'asOf: "2026-06-15", range: { from: "2026-01-01" }';
const of = (company: number, more = '') => `${HALF_YEAR}, filter: { companyIds: [${company}] }${more}`;

onEachDatabase('the consumption trend', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: cases });
  });
  afterAll(() => app.stop());

  describe('of chains', () => {
    it.each<[string, number, string[], string[]]>([
      ['carries the level over a seam and a gap of 30 days', 1,
        ['2026-01 1 = 1', '2026-02 1 ~1 = 1', '2026-03 1 = 1', '2026-04 1 ~1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 = 10', '2026-02 10 ~10 >5 = 15', '2026-03 15 = 15', '2026-04 15 ~7 <8 = 7', '2026-05 7 = 7', '2026-06 7 = 7']],
      ['is broken by a gap of 31 days', 2,
        ['2026-01 1 -1 = 0', '2026-02 0 = 0', '2026-03 0 ^1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 -10 = 0', '2026-02 0 = 0', '2026-03 0 ^12 = 12', '2026-04 12 = 12', '2026-05 12 = 12', '2026-06 12 = 12']],
      ['takes an early renewal within a month for no change', 3,
        ['2026-01 1 = 1', '2026-02 1 ~1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 = 10', '2026-02 10 ~10 = 10', '2026-03 10 = 10', '2026-04 10 = 10', '2026-05 10 = 10', '2026-06 10 = 10']],
      ['counts both rounds while both are in force over the end of a month', 4,
        ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 >12 = 22', '2026-02 22 <10 = 12', '2026-03 12 = 12', '2026-04 12 = 12', '2026-05 12 = 12', '2026-06 12 = 12']],
      ['begins with all rounds of its first day', 5,
        ['2026-01 0 = 0', '2026-02 0 +1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 0 = 0', '2026-02 0 +13 = 13', '2026-03 13 >4 = 17', '2026-04 17 <3 = 14', '2026-05 14 <4 = 10', '2026-06 10 = 10']],
      ['goes on for ever without an end', 6,
        ['2026-01 0 +1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 0 +5 = 5', '2026-02 5 = 5', '2026-03 5 = 5', '2026-04 5 = 5', '2026-05 5 = 5', '2026-06 5 = 5']],
      ['is of one product', 7,
        ['2026-01 1 -1 = 0', '2026-02 0 +1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 2 -2 = 0', '2026-02 0 +2 = 2', '2026-03 2 = 2', '2026-04 2 = 2', '2026-05 2 = 2', '2026-06 2 = 2']],
      ['may last a day', 10,
        ['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 +1 -1 = 0', '2026-04 0 = 0', '2026-05 0 = 0', '2026-06 0 = 0'],
        ['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 +9 -9 = 0', '2026-04 0 = 0', '2026-05 0 = 0', '2026-06 0 = 0']],
      ['goes on where a round starts on the last day of another', 11,
        ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 ~1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 8 = 8', '2026-02 8 = 8', '2026-03 8 = 8', '2026-04 8 ~8 = 8', '2026-05 8 = 8', '2026-06 8 = 8']],
      ['does not begin after asOf', 12,
        ['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 = 0', '2026-04 0 = 0', '2026-05 0 = 0', '2026-06 0 = 0'],
        ['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 = 0', '2026-04 0 = 0', '2026-05 0 = 0', '2026-06 0 = 0']],
      ['has expired at the end of asOf, its last day', 13,
        ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 -1 = 0'],
        ['2026-01 6 = 6', '2026-02 6 = 6', '2026-03 6 = 6', '2026-04 6 = 6', '2026-05 6 = 6', '2026-06 6 -6 = 0']],
      ['has expired while it is not continued', 14,
        ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 -1 = 0'],
        ['2026-01 4 = 4', '2026-02 4 = 4', '2026-03 4 = 4', '2026-04 4 = 4', '2026-05 4 = 4', '2026-06 4 -4 = 0']],
      ['is continued on asOf itself', 15,
        ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 ~1 = 1'],
        ['2026-01 3 = 3', '2026-02 3 = 3', '2026-03 3 = 3', '2026-04 3 = 3', '2026-05 3 = 3', '2026-06 3 ~3 >2 = 5']],
      ['grows and shrinks by a round inside another', 16,
        ['2026-01 0 +1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 0 +10 = 10', '2026-02 10 >2 = 12', '2026-03 12 <2 = 10', '2026-04 10 = 10', '2026-05 10 = 10', '2026-06 10 = 10']],
      ['comes back as often as it does', 18,
        ['2026-01 0 = 0', '2026-02 0 ^1 -1 = 0', '2026-03 0 = 0', '2026-04 0 ^1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 0 = 0', '2026-02 0 ^3 -3 = 0', '2026-03 0 = 0', '2026-04 0 ^4 = 4', '2026-05 4 = 4', '2026-06 4 = 4']],
      ['is of one product also where the product no longer exists', 19,
        ['2026-01 1 = 1', '2026-02 1 ~1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 5 = 5', '2026-02 5 ~5 >1 = 6', '2026-03 6 = 6', '2026-04 6 = 6', '2026-05 6 = 6', '2026-06 6 = 6']],
      ['carries all rounds that end together', 20,
        ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 ~1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 11 = 11', '2026-02 11 = 11', '2026-03 11 = 11', '2026-04 11 ~11 >4 = 15', '2026-05 15 = 15', '2026-06 15 = 15']],
      ['is in force over a gap at the start of the range', 21,
        ['2026-01 1 ~1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 ~9 <1 = 9', '2026-02 9 = 9', '2026-03 9 = 9', '2026-04 9 = 9', '2026-05 9 = 9', '2026-06 9 = 9']],
    ])('%s', async (_, company, licenses, seats) => {
      const { points } = await askTrend(app, of(company));
      expect(linesOf(points, 'licenses')).toEqual(licenses);
      expect(linesOf(points, 'seats')).toEqual(seats);
      // A seat costs one euro a year.
      expect(linesOf(points, 'EUR', 100)).toEqual(company === 12 ? seats.map((line) => line.replace(' 0 = 0', ' nothing')) : seats);
    });

    it('moves ARR from one currency to another', async () => {
      const { points } = await askTrend(app, of(8));
      expect(linesOf(points, 'seats').slice(1, 4)).toEqual(['2026-02 10 = 10', '2026-03 10 ~10 = 10', '2026-04 10 = 10']);
      expect(linesOf(points, 'EUR').slice(1, 4)).toEqual(['2026-02 1000 = 1000', '2026-03 1000 <1000 = 0', '2026-04 0 = 0']);
      expect(linesOf(points, 'JPY').slice(1, 4)).toEqual(['2026-02 0 = 0', '2026-03 0 >1500 = 1500', '2026-04 1500 = 1500']);
    });

    it('names the currency of a licence that costs nothing', async () => {
      const { points, totals } = await askTrend(app, of(9));
      expect(linesOf(points, 'seats').slice(1, 5)).toEqual(['2026-02 0 = 0', '2026-03 0 +10 = 10', '2026-04 10 -10 = 0', '2026-05 0 = 0']);
      expect(linesOf(points, 'SEK')).toEqual(['01', '02', '03', '04', '05', '06'].map((month) => `2026-${month} 0 = 0`));
      expect(Object.keys(totals)).toEqual(['licenses', 'seats', 'SEK']);
    });

    it('leaves out rounds that are INVALID, and says so', async () => {
      const { totals, meta } = await askTrend(app, of(17));
      expect(textOf(totals['licenses']!)).toBe('0 = 0');
      expect(meta.warnings).toEqual([{ code: 'INVALID_ROUNDS', count: 4 }]);
    });

    it('keeps the changes of two chains in one quarter apart', async () => {
      const { points } = await askTrend(app, of(22, ', interval: QUARTER'));
      // The first lost 3 seats and then expired, the second came back and gained 3.
      expect(linesOf(points, 'seats')).toEqual(['2026-01 13 ^5 >3 <3 -10 = 8', '2026-04 8 = 8']);
      expect(linesOf(points, 'licenses')).toEqual(['2026-01 1 ^1 -1 = 1', '2026-04 1 = 1']);
    });
  });

  describe('of rounds, each by itself', () => {
    it.each<[number, string[], string[]]>([
      [1, ['2026-01 1 -1 = 0', '2026-02 0 +1 = 1', '2026-03 1 -1 = 0', '2026-04 0 +1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 -10 = 0', '2026-02 0 +15 = 15', '2026-03 15 -15 = 0', '2026-04 0 +7 = 7', '2026-05 7 = 7', '2026-06 7 = 7']],
      [3, ['2026-01 1 = 1', '2026-02 1 +1 -1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 = 1'],
        ['2026-01 10 = 10', '2026-02 10 +10 -10 = 10', '2026-03 10 = 10', '2026-04 10 = 10', '2026-05 10 = 10', '2026-06 10 = 10']],
      [5, ['2026-01 0 = 0', '2026-02 0 +2 = 2', '2026-03 2 +1 = 3', '2026-04 3 -1 = 2', '2026-05 2 -1 = 1', '2026-06 1 = 1'],
        ['2026-01 0 = 0', '2026-02 0 +13 = 13', '2026-03 13 +4 = 17', '2026-04 17 -3 = 14', '2026-05 14 -4 = 10', '2026-06 10 = 10']],
      [10, ['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 +1 -1 = 0', '2026-04 0 = 0', '2026-05 0 = 0', '2026-06 0 = 0'],
        ['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 +9 -9 = 0', '2026-04 0 = 0', '2026-05 0 = 0', '2026-06 0 = 0']],
      [13, ['2026-01 1 = 1', '2026-02 1 = 1', '2026-03 1 = 1', '2026-04 1 = 1', '2026-05 1 = 1', '2026-06 1 -1 = 0'],
        ['2026-01 6 = 6', '2026-02 6 = 6', '2026-03 6 = 6', '2026-04 6 = 6', '2026-05 6 = 6', '2026-06 6 -6 = 0']],
    ])('counts every start and every end of company %i', async (company, licenses, seats) => {
      const { points } = await askTrend(app, of(company, ', mode: GROSS'));
      expect(linesOf(points, 'licenses')).toEqual(licenses);
      expect(linesOf(points, 'seats')).toEqual(seats);
    });

    it('closes with what is in force the day after', async () => {
      for (const day of ['2026-02-28', '2026-04-10', '2026-05-09', '2026-06-15']) {
        const { totals } = await askTrend(app, `asOf: "${day}", mode: GROSS`);
        const { data } = await app.ask('admin', `{ licenses(asOf: "${day}", filter: { inForce: true, not: { endDate: { eq: "${day}" } } }) { totalCount nodes { seats } } }`);
        const seats = data.licenses.nodes.reduce((sum: number, node: any) => sum + node.seats, 0);
        expect([totals['licenses']?.closing, totals['seats']?.closing]).toEqual([data.licenses.totalCount, seats]);
      }
    });
  });

  describe('over a range', () => {
    const spans = async (args: string) => (await askTrend(app, args)).points.map(({ from, to, incomplete }) => `${from} ${to}${incomplete ? ' …' : ''}`);

    it('has 24 months by default, the running one incomplete', async () => {
      const all = await spans('asOf: "2026-06-15"');
      expect([all.length, all[0], all.at(-2), all.at(-1)]).toEqual([24, '2024-07-01 2024-07-31', '2026-05-01 2026-05-31', '2026-06-01 2026-06-15 …']);
      expect((await spans('asOf: "2026-06-30"')).at(-1)).toBe('2026-06-01 2026-06-30');
      expect((await spans('asOf: "2024-02-29", range: { from: "2024-02-10" }'))).toEqual(['2024-02-01 2024-02-29']);
    });

    it('takes whole months, and none after asOf', async () => {
      expect(await spans('asOf: "2026-06-15", range: { from: "2026-04-30", to: "2026-05-01" }')).toEqual(['2026-04-01 2026-04-30', '2026-05-01 2026-05-31']);
      expect(await spans('asOf: "2026-06-15", range: { from: "2026-06-20", to: "2030-01-01" }')).toEqual(['2026-06-01 2026-06-15 …']);
      expect((await spans('asOf: "2026-06-15", range: { to: "2026-01-01" }')).slice(0, 1)).toEqual(['2024-02-01 2024-02-29']);
    });

    it('takes whole quarters when asked, and above 36 months', async () => {
      expect(await spans('asOf: "2026-05-15", range: { from: "2025-12-01" }, interval: QUARTER')).toEqual(['2025-10-01 2025-12-31', '2026-01-01 2026-03-31', '2026-04-01 2026-05-15 …']);
      expect((await askTrend(app, 'asOf: "2026-06-15", range: { from: "2023-07-01" }')).interval).toBe('MONTH');
      const long = await askTrend(app, 'asOf: "2026-06-15", range: { from: "2023-06-01" }');
      expect([long.interval, long.points.length, long.points[0]?.from]).toEqual(['QUARTER', 13, '2023-04-01']);
      const months = await askTrend(app, 'asOf: "2026-06-15", range: { from: "2016-07-01" }, interval: MONTH');
      expect(months.points).toHaveLength(120);
      expect(months.totals['licenses']?.closing).toBe(long.totals['licenses']?.closing);
    });

    it.each([
      ['range: { from: "2026-05-01", to: "2026-04-30" }', 'range.to'],
      ['range: { from: "2026-07-01" }', 'range.from'],
      ['range: { from: "2016-06-30" }', 'range'],
    ])('refuses %s', async (range, field) => {
      const { errors } = await app.ask('admin', `{ consumptionTrend(asOf: "2026-06-15", ${range}) { interval } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    });

    it.each(['RENEWAL_AWARE', 'GROSS'])('counts alike in %s what is asked for alone', async (mode) => {
      const flow = '{ opening new renewed reactivated expansion contraction expired net closing }';
      const asked = (units: string) => app.ask('admin', `{ consumptionTrend(asOf: "2026-06-15", mode: ${mode}) { points { ${units} } totals { ${units} } } }`);
      const [licenses, seats, money] = [`licenses ${flow}`, `seats ${flow}`, 'arr { currency new { amount } renewed { amount } contraction { amount } closing { amount } }'];
      const all = (await asked(`${licenses} ${seats} ${money}`)).data.consumptionTrend;
      for (const [name, units] of [['licenses', licenses], ['seats', seats], ['arr', money]] as const) {
        const { points, totals } = (await asked(units)).data.consumptionTrend;
        expect(points).toEqual(all.points.map((point: any) => ({ [name]: point[name] })));
        expect(totals).toEqual({ [name]: all.totals[name] });
      }
    });

    it('gives the same balances whatever the intervals', async () => {
      const inMonths = await askTrend(app, 'asOf: "2026-06-30", range: { from: "2024-01-01" }');
      const inQuarters = await askTrend(app, 'asOf: "2026-06-30", range: { from: "2024-01-01" }, interval: QUARTER');
      for (const unit of ['licenses', 'seats', 'EUR', 'JPY', 'SEK']) {
        const closings = inMonths.points.filter((_, index) => index % 3 === 2).map(({ units }) => units[unit]?.closing);
        expect(inQuarters.points.map(({ units }) => units[unit]?.closing)).toEqual(closings);
      }
    });
  });

  it('shows money only to those who may see it, and nothing where nothing is asked for', async () => {
    const { points, totals } = await askTrend(app, 'asOf: "2026-06-15", filter: { sources: [] }');
    expect([points.length, totals]).toEqual([24, expect.objectContaining({ licenses: expect.objectContaining({ opening: 0, closing: 0 }) })]);
    expect(Object.keys(totals)).toEqual(['licenses', 'seats']);
  });
});
