import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

/**
 * On 2026-06-15 with a threshold of 90 days; users of an owner are active where nothing else is said.
 *
 * | owner       | rounds: seats × price, end                                              | active | excess |
 * | C1 (of P1)  | 1: 5 × 10 EUR 07-31; 2: 4 × 20 USD 06-30; 3: 3 × 30 EUR perpetual, ADM    | 7 (8 users) | 5: round 2 gives 4, round 1 gives 1 |
 * | C2          | 4: 6 × 10 EUR 06-20, from 04-01; 5: 6 × 10 EUR 12-31                      | 4 | 8: round 4 is too new, round 5 gives 6 |
 * | C3          | 6: 2 × 10 EUR                                                           | 2 | none |
 * | C4          | 7: 1 × 10 EUR                                                           | 2 | none |
 * | C5, off     | 8: 10 × 10 EUR                                                          | 1 | all 10, for the owner is switched off |
 * | C6          | 9 and 10: 3 × 10 EUR each, the same day                                   | 4 | 2: round 9 gives 2 |
 * | P1          | 11: 5 × 100 JPY                                                         | 1 of its own | 4 |
 * | C7          | 12: 1 × 10 EUR; 13: 20 × 10 EUR in grace; 14: 20 × 10 EUR scheduled       | 1 | none: only seats in force count |
 */
const company = (id: number, values = {}) => ({ id, company_name: `C${id}`, active: 1, partner_id: null, ...values });
const held = (id: number, company_id: number | null, seats: number, end: string | null, values = {}) =>
  round({ id, company_id, number_of_licenses: seats, cost_per_license: 10, start_date: '2025-01-01', end_date: end, ...values });
const usersOf: [owner: { company_id?: number; partner_id?: number }, ids: number[]][] = [
  [{ company_id: 1 }, [1, 2, 3, 4, 5, 6, 7, 8]], [{ company_id: 2 }, [11, 12, 13, 14]], [{ company_id: 3 }, [21, 22]], [{ company_id: 4 }, [31, 32]],
  [{ company_id: 5 }, [41]], [{ company_id: 6 }, [51, 52, 53, 54]], [{ partner_id: 1 }, [61]], [{ company_id: 7 }, [71]],
];
const users = usersOf.flatMap(([owner, ids]) => ids.map((id) => user(id, owner)));
const rows = {
  partner: [{ id: 1, partner_name: 'P1' }],
  company: [company(1, { partner_id: 1 }), company(2), company(3), company(4), company(5, { active: 0 }), company(6), company(7)],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
  license: [
    held(1, 1, 5, '2026-07-31'), held(2, 1, 4, '2026-06-30', { cost_per_license: 20, currency: 'USD' }),
    held(3, 1, 3, null, { cost_per_license: 30, product_code_id: 2 }),
    held(4, 2, 6, '2026-06-20', { start_date: '2026-04-01' }), held(5, 2, 6, '2026-12-31'), held(6, 3, 2, '2026-12-31'), held(7, 4, 1, '2026-12-31'),
    held(8, 5, 10, '2026-12-31'), held(10, 6, 3, '2026-12-31'), held(9, 6, 3, '2026-12-31'),
    held(11, null, 5, '2026-12-31', { partner_id: 1, cost_per_license: 100, currency: 'JPY' }),
    held(12, 7, 1, '2026-12-31'), held(13, 7, 20, '2026-06-14'), held(14, 7, 20, '2026-12-31', { start_date: '2026-06-16' }),
  ],
  user: users,
  // User 8 of C1 was last seen before the threshold; all others on the first day that counts.
  activity: users.map(({ id }, index) => seen(index + 1, Number(id), Number(id) === 8 ? '2026-03-17 23:59:59' : '2026-03-18 00:00:00')),
};

const DAY = 'asOf: "2026-06-15"';

onEachDatabase('seats that nobody uses', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  async function taken(args: string, account = 'admin') {
    const { data, errors } = await app.ask(account, `{ reclamation(${DAY} ${args}) { rows { nodes { license { id } reason activeUsers reclaimableSeats saving { amount currency } } } } }`);
    expect(errors).toBeUndefined();
    return data.reclamation.rows.nodes
      .map(({ license, reason, activeUsers, reclaimableSeats, saving }: any) => [license.id.replace('portal:', ''), reason, activeUsers, reclaimableSeats, `${saving.amount} ${saving.currency}`])
      .sort(([a]: string[], [b]: string[]) => Number(a) - Number(b));
  }

  it('are taken from the rounds that expire first, each at its own price', async () => {
    expect(await taken('')).toEqual([
      ['1', 'UNDERUSED', 7, 1, '10.00 EUR'], ['2', 'UNDERUSED', 7, 4, '80.00 USD'], ['5', 'UNDERUSED', 4, 6, '60.00 EUR'],
      ['8', 'OWNER_INACTIVE', 1, 10, '100.00 EUR'], ['9', 'UNDERUSED', 4, 2, '20.00 EUR'], ['11', 'UNDERUSED', 1, 4, '400 JPY'],
    ]);
  });

  it('stay the same whatever the filter shows of them', async () => {
    expect(await taken(', filter: { currencies: ["USD"] }')).toEqual([['2', 'UNDERUSED', 7, 4, '80.00 USD']]);
    expect(await taken(', filter: { products: ["adm"] }')).toEqual([]);
    expect(await taken(', filter: { companyIds: [1], currencies: ["EUR"] }')).toEqual([['1', 'UNDERUSED', 7, 1, '10.00 EUR']]);
    expect(await taken(', filter: { partnerIds: [1] }', 'partner1')).toEqual([
      ['1', 'UNDERUSED', 7, 1, '10.00 EUR'], ['2', 'UNDERUSED', 7, 4, '80.00 USD'], ['11', 'UNDERUSED', 1, 4, '400 JPY'],
    ]);
  });

  it('are counted apart from the classes', async () => {
    const { data } = await app.ask('admin', `{ reclamation(${DAY}) { candidates reclaimableSeats premiumInForce classes { class licenses quantity } reasons { reason licenses seats saving { amounts { amount currency } } } } }`);
    expect(data.reclamation).toMatchObject({ candidates: 6, reclaimableSeats: 27, premiumInForce: 12 });
    expect(data.reclamation.classes.filter(({ licenses }: any) => licenses > 0)).toEqual([
      { class: 'DORMANT', licenses: 11, quantity: 43 }, { class: 'TOO_NEW', licenses: 1, quantity: 6 },
    ]);
    expect(data.reclamation.reasons.at(-1)).toEqual({
      reason: 'UNDERUSED', licenses: 5, seats: 17,
      saving: { amounts: [{ amount: '90.00', currency: 'EUR' }, { amount: '400', currency: 'JPY' }, { amount: '80.00', currency: 'USD' }] },
    });
  });
});
