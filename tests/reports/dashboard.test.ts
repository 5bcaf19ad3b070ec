import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { dashboardRows } from '../support/dashboard-rows.js';
import { onEachDatabase } from '../support/databases.js';

const status = (name: string, rounds: number, seats: number) => ({ status: name, rounds, seats });
const band = (name: string | null, owners: number) => ({ band: name, owners });
const SEATS = 'totalLicenses activeLicenses graceLicenses scheduledLicenses expiredLicenses';

onEachDatabase('dashboard', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: dashboardRows });
  });
  afterAll(() => app.stop());

  async function dashboard(fields: string, args = 'asOf: "2026-06-15"', variables?: Record<string, unknown>) {
    const head = variables === undefined ? '' : 'query($filter: MetricsFilter)';
    const { data, errors } = await app.ask('admin', `${head} { dashboard(${args}) { ${fields} } }`, variables);
    expect(errors).toBeUndefined();
    return data.dashboard;
  }

  it('sums seats by derived status, each round once', async () => {
    expect(await dashboard(`${SEATS} byStatus { status rounds seats }`)).toEqual({
      totalLicenses: 65,
      activeLicenses: 31,
      graceLicenses: 22,
      scheduledLicenses: 4,
      expiredLicenses: 8,
      byStatus: [
        status('SCHEDULED', 1, 4), status('PERPETUAL', 1, 3), status('ACTIVE', 3, 23), status('EXPIRES_TODAY', 1, 5),
        status('IN_GRACE', 2, 22), status('EXPIRED', 1, 8), status('INVALID', 5, 0),
      ],
    });
  });

  it('counts registered users of owners and users seen in the window, both ends included', async () => {
    // Registered: 1, 2, 4, 5, 6, 7, 8. Seen: 1 in the last second, 2 in the first, 3 though switched off, 6. Not: 4 one
    // second before the window, 5 one second after, 9 without an owner, 999 without a row, the row without a user.
    expect(await dashboard('totalUsers activeUsers activeShare { numerator denominator value } utilization { numerator denominator value }')).toEqual({
      totalUsers: 7,
      activeUsers: 4,
      activeShare: { numerator: 4, denominator: 7, value: 0.5714 },
      utilization: { numerator: 4, denominator: 31, value: 0.129 },
    });
  });

  it('ends the window with asOf and begins it windowDays earlier', async () => {
    const active = async (args: string) => (await dashboard('activeUsers', args)).activeUsers;
    expect(await active('asOf: "2026-06-15", windowDays: 13')).toBe(3); // without user 2
    expect(await active('asOf: "2026-06-15", windowDays: 15')).toBe(5); // with user 4
    expect(await active('asOf: "2026-06-16", windowDays: 15')).toBe(5); // 1, 2, 3, 5, 6
    expect(await active('asOf: "2026-06-15", windowDays: 1')).toBe(1); // user 1 alone
    expect(await active('asOf: "2026-06-14", windowDays: 1')).toBe(0);
    expect(await active('asOf: "2026-06-01", windowDays: 3660')).toBe(1); // user 4
  });

  it('says which window and zone it used', async () => {
    const { meta } = await dashboard('meta { asOf timezone windowDays windowStart sources { name complete } }');
    expect(meta).toMatchObject({ asOf: '2026-06-15', timezone: 'UTC', windowDays: 14, windowStart: '2026-06-02' });
    expect(meta.sources.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['license_records', 'users_portal', expect.stringContaining('app_log')]),
    );
  });

  it('refuses a window that is none', async () => {
    for (const days of [0, -1, 3661]) {
      const { errors } = await app.ask('admin', `{ dashboard(asOf: "2026-06-15", windowDays: ${days}) { activeUsers } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'windowDays' } }]);
    }
  });

  it('keeps currencies apart, the one with the most seats first, averages weighted by seats', async () => {
    const { revenue } = await dashboard('revenue { currency annualValue { amount currency } averageCost { amount } seats rounds }');
    expect(revenue).toEqual([
      // (10 × 100 + 5 × 0 + 3 × 19.99) / 18 = 58.887…
      { currency: 'EUR', annualValue: { amount: '1059.97', currency: 'EUR' }, averageCost: { amount: '58.89' }, seats: 18, rounds: 3 },
      { currency: 'JPY', annualValue: { amount: '10500', currency: 'JPY' }, averageCost: { amount: '1500' }, seats: 7, rounds: 1 },
      { currency: 'USD', annualValue: { amount: '74.04', currency: 'USD' }, averageCost: { amount: '12.34' }, seats: 6, rounds: 1 },
    ]);
  });

  it('puts owners into bands, every band listed', async () => {
    const figures = await dashboard('companies: bands { band owners } partners: bands(ownerType: PARTNER) { band owners }');
    expect(figures).toEqual({
      companies: [band('OVER', 0), band('WELL', 0), band('UNDER', 3), band('UNLICENSED', 1), band(null, 0)],
      partners: [band('OVER', 0), band('WELL', 0), band('UNDER', 1), band('UNLICENSED', 1), band(null, 0)],
    });
  });

  it('warns of rounds that are left out and of totals that disagree', async () => {
    const { meta } = await dashboard('meta { warnings { code count message } }');
    expect(meta.warnings).toEqual([
      { code: 'INVALID_ROUNDS', count: 5, message: expect.stringContaining('5 rounds') },
      { code: 'TOTAL_COST_DISAGREES', count: 1, message: expect.stringContaining('total') },
    ]);
    const clean = await dashboard('meta { warnings { code } }', 'asOf: "2026-06-15", filter: { companyIds: [3] }');
    expect(clean.meta.warnings).toEqual([]);
  });

  it.each([
    ['2025-12-31', { totalLicenses: 65, activeLicenses: 33, graceLicenses: 0, scheduledLicenses: 32, expiredLicenses: 0 }],
    ['2026-06-14', { totalLicenses: 65, activeLicenses: 51, graceLicenses: 10, scheduledLicenses: 4, expiredLicenses: 0 }],
    ['2026-06-16', { totalLicenses: 65, activeLicenses: 30, graceLicenses: 25, scheduledLicenses: 0, expiredLicenses: 10 }],
    ['2027-01-01', { totalLicenses: 65, activeLicenses: 7, graceLicenses: 23, scheduledLicenses: 0, expiredLicenses: 35 }],
    ['1999-01-01', { totalLicenses: 65, activeLicenses: 0, graceLicenses: 0, scheduledLicenses: 65, expiredLicenses: 0 }],
  ])('judges rounds on %s', async (asOf, expected) => {
    expect(await dashboard(SEATS, `asOf: "${asOf}"`)).toEqual(expected);
  });

  describe('filters', () => {
    const FIGURES = 'totalLicenses activeLicenses totalUsers activeUsers bands { band owners }';
    const figures = (totalLicenses: number, activeLicenses: number, totalUsers: number, activeUsers: number, companies: [number, number]) => ({
      totalLicenses, activeLicenses, totalUsers, activeUsers,
      bands: [band('OVER', 0), band('WELL', 0), band('UNDER', companies[0]), band('UNLICENSED', companies[1]), band(null, 0)],
    });
    it.each([
      ['a partner with its companies', { partnerIds: ['1'] }, figures(25, 25, 4, 3, [2, 0])],
      ['another partner', { partnerIds: ['2'] }, figures(34, 0, 2, 1, [0, 1])],
      ['several partners', { partnerIds: ['1', '2'] }, figures(59, 25, 6, 4, [2, 1])],
      ['one company', { companyIds: ['4'] }, figures(6, 6, 1, 0, [1, 0])],
      ['companies of a partner', { partnerIds: ['1'], companyIds: ['1', '3'] }, figures(15, 15, 2, 3, [1, 0])],
      ['no partner', { partnerIds: [] }, figures(0, 0, 0, 0, [0, 0])],
      ['no company', { companyIds: [] }, figures(0, 0, 0, 0, [0, 0])],
      ['unknown ids', { companyIds: ['77'], partnerIds: ['88'] }, figures(0, 0, 0, 0, [0, 0])],
      // EUR: rounds 1, 2, 3 of C1 and C2; round 10 has two owners and makes P1 no owner in scope.
      ['rounds of one currency', { rounds: { currency: { eq: 'EUR' } } }, figures(18, 18, 3, 3, [2, 0])],
      ['one or the other', { rounds: { or: [{ currency: { eq: 'JPY' } }, { id: { eq: '8' } }] } }, figures(13, 13, 5, 3, [1, 0])],
      ['both', { rounds: { and: [{ currency: { eq: 'EUR' } }, { product: { eq: '2' } }] } }, figures(3, 3, 1, 0, [1, 0])],
      ['neither', { rounds: { not: { or: [{ currency: { in: ['EUR', 'JPY'] } }, { seats: { gte: 6 } }] } } }, figures(6, 0, 2, 1, [0, 1])],
      ['in force', { rounds: { inForce: true, ownerType: 'COMPANY' } }, figures(24, 24, 4, 3, [3, 0])],
      ['expired on that day', { rounds: { lifecycleStatus: { in: ['EXPIRED'] } } }, figures(8, 0, 1, 1, [0, 1])],
      // The partner's own round passes, but it is not one of company 1.
      ['rounds of a company, not of its partner', { companyIds: ['1'], rounds: { currency: { eq: 'JPY' } } }, figures(0, 0, 0, 0, [0, 0])],
    ])('by %s', async (_title, filter, expected) => {
      expect(await dashboard(FIGURES, 'asOf: "2026-06-15", filter: $filter', { filter })).toEqual(expected);
    });

    it('refuses more ids than it takes, rather than leaving some out', async () => {
      const partnerIds = Array.from({ length: 1001 }, (_, index) => String(index + 1));
      const { errors } = await app.ask('admin', 'query($filter: MetricsFilter) { dashboard(filter: $filter) { totalLicenses } }', {
        filter: { partnerIds },
      });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'filter.partnerIds' } }]);
    });
  });
});
