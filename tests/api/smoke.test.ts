import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

onEachDatabase('smoke', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [round({ id: 1, company_id: 1 })],
        user: [user(1, { company_id: 1 })],
        activity: [{ id: 1, user_id: 1, timestamp: '2026-06-15 10:00:00', action: 'login', status: 'ok' }],
      },
    });
  });
  afterAll(() => app.stop());
  it('answers', async () => {
    const answer = await app.ask('admin', '{ dashboard(asOf: "2026-06-20") { totalLicenses activeUsers revenue { currency annualValue { amount } } } licenses { totalCount nodes { id etag company { name partner { name } } unitCost { amount } } } }');
    expect(answer).toEqual({ status: 200, data: { dashboard: { totalLicenses: 10, activeUsers: 1, revenue: [{ currency: 'EUR', annualValue: { amount: '1000.00' } }] }, licenses: { totalCount: 1, nodes: [{ id: '1', etag: expect.any(String), company: { name: 'C1', partner: { name: 'P1' } }, unitCost: { amount: '100.00' } }] } } });
  });
});
