import { expect, it } from '@jest/globals';
import { startTestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';
import { askTrend, linesOf } from '../support/trend.js';

const state = (id: number, seats: number) => JSON.stringify({
  id, companyId: 1, partnerId: null, productId: 1, startDate: '2026-05-31', endDate: null, seats, unitCost: 1, totalCost: seats, currency: 'EUR', status: 'Active',
});
/** What Seatwise recorded, at instants of UTC that fall on other days elsewhere. */
const change = (id: number, at: string, action: string, entityId: number, before: string | null, after: string | null) => ({
  id, at, account_id: 1, account_email: 'a@example.com', request_id: 'r', action, entity: 'License', entity_id: String(entityId), before_json: before, after_json: after,
});
const rows = {
  company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [
    round({ id: 2, company_id: 1, start_date: '2026-05-31', end_date: null, number_of_licenses: 30, cost_per_license: 1 }),
    // Days of terms are days wherever the reader is.
    round({ id: 3, company_id: 1, product_code_id: 1, start_date: '2024-01-01', end_date: '2026-04-30', number_of_licenses: 4, cost_per_license: 1 }),
  ],
  audit: [
    // Evening of 15 June in New York, 16 June in UTC and Tokyo: round 1 with 7 seats is deleted.
    change(1, '2026-06-16 03:00:00.000', 'delete', 1, state(1, 7), null),
    // 15 June in UTC and New York, 16 June in Tokyo: round 2 goes from 20 seats to 30.
    change(2, '2026-06-15 15:30:00.000', 'update', 2, state(2, 20), state(2, 30)),
  ],
};

onEachDatabase('the consumption trend in time zones', (kind) => {
  // Known on 15 June: UTC 30 + 7; New York: 30, the deletion is known; Tokyo: 20 + 7, neither is known.
  it.each([['UTC', '+37 = 37'], ['America/New_York', '+30 = 30'], ['Asia/Tokyo', '+27 = 27']])('%s: the day ends when it ends there', async (zone, known) => {
    const app = await startTestApp(kind, { rows, environment: { REPORT_TIMEZONE: zone } });
    try {
      const { points, meta } = await askTrend(app, 'asOf: "2026-06-15", range: { from: "2026-04-01" }');
      expect(meta).toMatchObject({ asOf: '2026-06-15', timezone: zone });
      expect(linesOf(points, 'seats')).toEqual(['2026-04 4 -4 = 0', `2026-05 0 ^${known.slice(1)}`, `2026-06 ${known.split('= ')[1]} = ${known.split('= ')[1]}`]);
    } finally {
      await app.stop();
    }
  });
});
