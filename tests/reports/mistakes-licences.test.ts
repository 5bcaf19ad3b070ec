import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';
import { external } from '../support/unified-rows.js';

/**
 * "Mistakes this product must never make" of the design, by number, in the reports over licences of all sources.
 *
 * | owner | rounds                                   | users |
 * | C1    | 3 of 10 × 100 EUR, 1 of 5 × 10 USD       | 4     |
 * | C2    | 1 of 30 since 2024, for three years      | none  |
 * | C3    | 1 of 2 that ends on 2026-06-15           | none  |
 * | C4    | 1 of 8, expired                          | 2     |
 * | C5    | 1 without end                            | none  |
 * | site  | unlimited, expired; another without end  |       |
 */
onEachDatabase('mistakes never to make with licences', (kind) => {
  let app: TestApp;
  const noEnd = kind.name === 'SQLite' ? 'lifetime' : '9999-12-31';
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        company: [1, 2, 3, 4, 5].map((id) => ({ id, company_name: 'Same name', active: 1, partner_id: null })),
        product: [{ id: 1, code: 'SUB', label: 'S' }],
        license: [
          ...[1, 2, 3].map((id) => round({ id, company_id: 1 })), round({ id: 4, company_id: 1, number_of_licenses: 5, cost_per_license: 10, currency: 'USD' }),
          round({ id: 5, company_id: 2, start_date: '2024-01-01', end_date: '2026-12-31', number_of_licenses: 30 }),
          round({ id: 6, company_id: 3, end_date: '2026-06-15', number_of_licenses: 2 }),
          round({ id: 7, company_id: 4, end_date: '2026-05-31', number_of_licenses: 8 }),
          round({ id: 8, company_id: 5, end_date: noEnd, number_of_licenses: 4 }),
        ],
        user: [...[1, 2, 3, 4].map((id) => user(id, { company_id: 1 })), user(5, { company_id: 4 }), user(6, { company_id: 4 })],
        externalLicense: [
          external({ id: 1, site_host: 'gone.example', is_unlimited: 1, activation_limit: 0, activation_count: 9, expiration_date: '2026-05-31' }),
          external({ id: 2, site_host: 'ever.example', expiration_date: noEnd }),
        ],
      },
    });
  });
  afterAll(() => app.stop());

  async function ask(query: string) {
    const { data, errors } = await app.ask('admin', query);
    expect(errors).toBeUndefined();
    return data;
  }
  const lines = async (day: string) => {
    const { effectiveLicensePosition } = await ask(`{ effectiveLicensePosition(asOf: "${day}") { lines { nodes { key purchased inGrace deployed position compliancePercent } } } }`);
    return Object.fromEntries(effectiveLicensePosition.lines.nodes.map(({ key, ...line }: any) => [key, Object.values(line)]));
  };
  const expiring = async (day: string) => {
    const { renewalForecast } = await ask(`{ renewalForecast(asOf: "${day}") { rows { nodes { license { id } bucket status } } } }`);
    return renewalForecast.rows.nodes.map(({ license, ...row }: any) => [license.id, ...Object.values(row)]);
  };

  it('1, 2: users do not multiply seats, owners without users or activity stay in the list', async () => {
    expect(await lines('2026-06-15')).toEqual({
      'c:1': [35, 0, 4, 'SURPLUS', 11.4], 'c:2': [30, 0, 0, 'UNUSED', 0], 'c:3': [2, 0, 0, 'UNUSED', 0], 'c:5': [4, 0, 0, 'UNUSED', 0],
      // 8: everything has expired: nothing is purchased, nothing unlimited, and nothing divided by nothing.
      'c:4': [0, 0, 2, 'UNLICENSED', null], 's:gone.example': [0, 0, 9, 'UNLICENSED', null], 's:ever.example': [1, 0, 1, 'COMPLIANT', 100],
    });
  });

  it('3: currencies are never added together', async () => {
    const { renewalForecast } = await ask('{ renewalForecast(asOf: "2026-09-01") { within180 { arr { amounts { amount currency } } } } }');
    expect(renewalForecast.within180.arr.amounts).toEqual([{ amount: '6000.00', currency: 'EUR' }, { amount: '50.00', currency: 'USD' }]);
  });

  it('5: a running three-year licence is in the list, in force, and in the forecast when its time comes', async () => {
    const { unifiedLicenses } = await ask('{ unifiedLicenses(asOf: "2026-06-15", filter: { company: { eq: 2 } }) { nodes { id lifecycleStatus } } }');
    expect(unifiedLicenses.nodes).toEqual([{ id: 'portal:5', lifecycleStatus: 'ACTIVE' }]);
    expect(await expiring('2026-07-04')).toContainEqual(['portal:5', 'D91_180', 'ACTIVE']);
  });

  it('6: a licence that ends today is in force and listed; tomorrow it is neither active nor gone', async () => {
    expect((await lines('2026-06-15'))['c:3']).toEqual([2, 0, 0, 'UNUSED', 0]);
    expect(await expiring('2026-06-15')).toEqual([['portal:6', 'D0_30', 'EXPIRES_TODAY']]);
    expect((await lines('2026-06-16'))['c:3']).toEqual([0, 2, 0, null, null]);
    expect(await expiring('2026-06-16')).toEqual([['portal:6', 'IN_GRACE', 'IN_GRACE']]);
  });

  it('9: lifetime is no date: perpetual licences have no end and are in no forecast', async () => {
    const { unifiedLicenses } = await ask('{ unifiedLicenses(filter: { expirationDate: { isNull: true } }) { nodes { id lifecycleStatus expirationDate daysRemaining } } }');
    const perpetual = { lifecycleStatus: 'PERPETUAL', expirationDate: null, daysRemaining: null };
    expect(unifiedLicenses.nodes).toEqual([{ id: 'portal:8', ...perpetual }, { id: 'external:2', ...perpetual }]);
    expect((await expiring('9999-12-01')).map(([id]: any) => id)).toEqual([]);
  });
});
