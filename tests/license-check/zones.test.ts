import { expect, it } from '@jest/globals';
import { startTestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { premium, rest, site1, trial } from './support.js';

/** The calendar day in a zone, by another library than the server's. */
function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 25 hours from first to second, so that at any time of the day at least one of them is not on UTC's day. */
const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Tokyo', 'America/Los_Angeles', 'UTC'];

onEachDatabase('the day of a licence check', (kind) => {
  it.each(zones)('is that of %s, and the days of licences are not moved', async (zone) => {
    const today = todayIn(zone);
    const ending = (id: number, days: number) => trial({
      id, site_url: `site${id}.example.com`, expiration_date: `${addDays(today, days)} 23:30:00`, created_at: '2020-01-01 00:00:00',
    });
    const app = await startTestApp(kind, {
      environment: { REPORT_TIMEZONE: zone, GRACE_DAYS_TRIAL: '2', GRACE_DAYS_PREMIUM: '0' },
      rows: {
        trial: [ending(1, 1), ending(2, 0), ending(3, -2), ending(4, -3)],
        externalLicense: [premium({ id: 1, expiration_date: today }), premium({ id: 2, expiration_date: addDays(today, -1) })],
      },
    });
    try {
      const states = [];
      for (const id of [1, 2, 3, 4]) states.push((await rest(app.url, { ...site1, licenseKey: `TRIAL-${id}`, siteUrl: `site${id}.example.com` })).check);
      for (const id of [1, 2]) states.push((await rest(app.url, { ...site1, licenseKey: `LIC-${id}`, siteUrl: 'new.example.com' })).check);
      // Midnight may have passed meanwhile.
      if (todayIn(zone) !== today) return;
      expect(states.map(({ state, daysToExpiry, graceEndDate }) => [state, daysToExpiry, graceEndDate])).toEqual([
        ['ACTIVE', 1, addDays(today, 3)], ['EXPIRES_TODAY', 0, addDays(today, 2)], ['IN_GRACE', -2, today], ['EXPIRED', -3, addDays(today, -1)],
        ['EXPIRES_TODAY', 0, today], ['EXPIRED', -1, addDays(today, -1)],
      ]);
    } finally {
      await app.stop();
    }
  });
});
