import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../server/reports/shapes/days.js';
import { inForceStatuses, lifecycleStatus, lifecycleStatuses } from '../../server/reports/shapes/lifecycle.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { insertRows, round } from '../support/rows.js';

const GRACE_DAYS = 5;

/** Days around asOf, where the statuses change, and some far away. */
const dayAround = (asOf: string) => fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -GRACE_DAYS - 2, max: 3 }).map((days) => addDays(asOf, days)) },
  { weight: 1, arbitrary: fc.constantFrom('1999-12-31', '2024-02-29', '2100-01-01', '9999-12-30') },
);

onEachDatabase('life cycle', (kind) => {
  // A DATE column has no room for the texts that stand for no end where columns are untyped.
  const noEnds = kind.name === 'SQLite' ? [null, '9999-12-31', '', 'lifetime'] : [null, '9999-12-31'];

  const roundAround = (asOf: string) => fc.record({
    company_id: fc.constantFrom(1, 1, 1, 1, null),
    partner_id: fc.constantFrom(null, null, null, null, 1),
    start_date: dayAround(asOf),
    end_date: fc.oneof({ weight: 4, arbitrary: dayAround(asOf) }, { weight: 1, arbitrary: fc.constantFrom(...noEnds) }),
    number_of_licenses: fc.constantFrom(1, 2, 3, 50, 1, 2, 3, 0, -1),
    currency: fc.constantFrom('EUR', 'EUR', 'JPY', 'USD', 'CHF', 'EUR', 'JPY', 'eur', 'Jpy', 'ZZZ', ''),
  });
  const batch = fc.constantFrom('2026-06-15', '2024-02-29', '2026-01-01', '2025-12-31')
    .chain((asOf) => fc.record({ asOf: fc.constant(asOf), rounds: fc.array(roundAround(asOf), { minLength: 150, maxLength: 300 }) }));

  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      environment: { GRACE_DAYS_PREMIUM: String(GRACE_DAYS) },
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
      },
    });
  });
  afterAll(() => app.stop());

  it('is the same in SQL and in TypeScript', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ asOf, rounds }) => {
        await app.database.transaction(({ manager }) => manager.query('delete from license_records'));
        await insertRows(app.database, { license: rounds.map((values, index) => round({ id: index + 1, ...values })) });
        const expected = rounds.map(({ company_id, partner_id, start_date, end_date, number_of_licenses, currency }) =>
          lifecycleStatus({ companyId: company_id, partnerId: partner_id, startDate: start_date, endDate: end_date, seats: number_of_licenses, currency }, asOf, GRACE_DAYS));
        const { data, errors } = await app.ask('admin', `query($asOf: Date!) {
          licenses(first: 500) { nodes { id lifecycleStatus(asOf: $asOf) inForce(asOf: $asOf) } }
          ${lifecycleStatuses.map((status) => `${status}: licenses(first: 500, asOf: $asOf, filter: { lifecycleStatus: { eq: ${status} } }) { nodes { id } }`).join('\n')}
          inForce: licenses(first: 500, asOf: $asOf, filter: { inForce: true }) { nodes { id } }
          dashboard(asOf: $asOf) { byStatus { status rounds seats } activeLicenses totalLicenses } }`, { asOf });
        expect(errors).toBeUndefined();
        const idsWhere = (wanted: (status: string) => boolean) => expected.flatMap((status, index) => (wanted(status) ? [String(index + 1)] : []));
        const idsOf = (connection: { nodes: { id: string }[] }) => connection.nodes.map(({ id }) => id);

        expect(data.licenses.nodes.map((row: { lifecycleStatus: string }) => row.lifecycleStatus)).toEqual(expected);
        for (const status of lifecycleStatuses) expect([status, idsOf(data[status])]).toEqual([status, idsWhere((other) => other === status)]);
        const inForce = (status: string) => (inForceStatuses as readonly string[]).includes(status);
        expect(idsOf(data.inForce)).toEqual(idsWhere(inForce));
        expect(data.licenses.nodes.filter((row: { inForce: boolean }) => row.inForce).map(({ id }: { id: string }) => id)).toEqual(idsWhere(inForce));
        const seats = (wanted: (status: string) => boolean) => rounds.reduce((sum, { number_of_licenses }, index) => sum + (wanted(expected[index] ?? '') ? number_of_licenses : 0), 0);
        expect(data.dashboard.byStatus).toEqual(lifecycleStatuses.map((status) => ({
          status, rounds: idsWhere((other) => other === status).length, seats: status === 'INVALID' ? 0 : seats((other) => other === status),
        })));
        expect(data.dashboard.activeLicenses).toBe(seats(inForce));
        expect(data.dashboard.totalLicenses).toBe(seats((status) => status !== 'INVALID'));
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 120_000);
});
