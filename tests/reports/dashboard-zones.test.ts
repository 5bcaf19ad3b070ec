import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

/** Berlin: 2026-03-29 has 23 hours (22:00 UTC to 22:00 less one), 2026-10-25 has 25. */
onEachDatabase('dashboard in Europe/Berlin', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      environment: { REPORT_TIMEZONE: 'Europe/Berlin' },
      rows: {
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [round({ id: 1, company_id: 1, start_date: '2026-03-29', end_date: '2026-10-25' })],
        user: Array.from({ length: 8 }, (_, index) => user(index + 1, { company_id: 1 })),
        activity: [
          seen(1, 1, '2026-03-28 22:59:59'), seen(2, 2, '2026-03-28 23:00:00'), seen(3, 3, '2026-03-29 21:59:59'), seen(4, 4, '2026-03-29 22:00:00'),
          seen(5, 5, '2026-10-24 21:59:59'), seen(6, 6, '2026-10-24 22:00:00'), seen(7, 7, '2026-10-25 22:59:59'), seen(8, 8, '2026-10-25 23:00:00'),
        ],
      },
    });
  });
  afterAll(() => app.stop());

  const active = async (asOf: string, windowDays: number) => {
    const { data } = await app.ask('admin', `{ dashboard(asOf: "${asOf}", windowDays: ${windowDays}) { activeUsers activeLicenses meta { timezone windowStart } }
      activeUserStats(asOf: "${asOf}", windowDays: ${windowDays}) { total { activeUsers } } }`);
    expect(data.activeUserStats.total.activeUsers).toBe(data.dashboard.activeUsers);
    expect(data.dashboard.meta.timezone).toBe('Europe/Berlin');
    return [data.dashboard.activeUsers, data.dashboard.meta.windowStart, data.dashboard.activeLicenses];
  };

  it('counts the day of 23 hours from its first second to its last', async () => {
    expect(await active('2026-03-29', 1)).toEqual([2, '2026-03-29', 10]); // users 2 and 3
    expect(await active('2026-03-28', 1)).toEqual([1, '2026-03-28', 0]);
    expect(await active('2026-03-30', 1)).toEqual([1, '2026-03-30', 10]);
    expect(await active('2026-03-30', 3)).toEqual([4, '2026-03-28', 10]);
  });

  it('counts the day of 25 hours from its first second to its last', async () => {
    expect(await active('2026-10-25', 1)).toEqual([2, '2026-10-25', 10]); // users 6 and 7
    expect(await active('2026-10-24', 1)).toEqual([1, '2026-10-24', 10]);
    expect(await active('2026-10-26', 1)).toEqual([1, '2026-10-26', 0]);
  });
});

/** The default asOf is the only answer that depends on the clock: 14 hours ahead of UTC, and 11 behind. */
onEachDatabase('default asOf', (kind) => {
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('is today in %s', async (timeZone) => {
    const app = await startTestApp(kind, { environment: { REPORT_TIMEZONE: timeZone } });
    const today = () => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());
    try {
      const before = today();
      const { data } = await app.ask('admin', '{ viewer { settings { today timezone } } dashboard { meta { asOf } } utilization { meta { asOf } } activeUserStats { total { asOf } } }');
      expect([before, today()]).toContain(data.dashboard.meta.asOf);
      expect(data).toEqual({
        viewer: { settings: { today: data.dashboard.meta.asOf, timezone: timeZone } },
        dashboard: { meta: { asOf: data.dashboard.meta.asOf } },
        utilization: { meta: { asOf: data.dashboard.meta.asOf } },
        activeUserStats: { total: { asOf: data.dashboard.meta.asOf } },
      });
    } finally {
      await app.stop();
    }
  });
});
