import { round, user, type Rows } from './rows.js';

/**
 * Two partners, four companies and a round in every state on Monday 2026-06-15, with the default grace of 7 days:
 *
 * | round | owner | term                    | seats × cost | on 2026-06-15 |
 * |   1   |  C1   | 2026-01-01 – 2026-12-31 | 10 × 100 EUR | ACTIVE        |
 * |   2   |  C1   | 2026-01-01 – 2026-06-15 |  5 × 0 EUR   | EXPIRES_TODAY |
 * |   3   |  C2   | 2025-01-01 –            |  3 × 19.99 EUR | PERPETUAL   |
 * |   4   |  P1   | 2026-01-01 – 2026-12-31 |  7 × 1500 JPY | ACTIVE       |
 * |   5   |  C3   | 2025-06-15 – 2026-06-14 | 20 × 10 USD  | IN_GRACE, first day |
 * |   6   |  C3   | 2025-06-01 – 2026-06-07 |  8 × 10 USD  | EXPIRED, first day  |
 * |   7   |  C3   | 2026-06-16 – 2027-06-15 |  4 × 10 USD  | SCHEDULED     |
 * |   8   |  C4   | 2026-01-01 – 2026-12-31 |  6 × 12.34 USD, stored total 80 | ACTIVE |
 * |  14   |  P2   | 2025-12-01 – 2026-06-08 |  2 × 10 USD  | IN_GRACE, last day  |
 * | 9–13  | end before start; two owners; currency ZZZ; no seats; no owner: INVALID |
 */
export const dashboardRows: Rows = {
  partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
  company: [
    { id: 1, company_name: 'C1', active: 1, partner_id: 1 },
    { id: 2, company_name: 'C2', active: 1, partner_id: 1 },
    { id: 3, company_name: 'C3', active: 1, partner_id: 2 },
    { id: 4, company_name: 'C4', active: 1, partner_id: null },
  ],
  product: [{ id: 1, code: 'SUB', label: 'Subscription' }, { id: 2, code: 'ADM', label: 'Administration' }],
  license: [
    round({ id: 1, company_id: 1 }),
    round({ id: 2, company_id: 1, end_date: '2026-06-15', number_of_licenses: 5, cost_per_license: 0 }),
    round({ id: 3, company_id: 2, start_date: '2025-01-01', end_date: null, number_of_licenses: 3, cost_per_license: 19.99, product_code_id: 2 }),
    round({ id: 4, partner_id: 1, number_of_licenses: 7, cost_per_license: 1500, currency: 'JPY' }),
    round({ id: 5, company_id: 3, start_date: '2025-06-15', end_date: '2026-06-14', number_of_licenses: 20, cost_per_license: 10, currency: 'USD' }),
    round({ id: 6, company_id: 3, start_date: '2025-06-01', end_date: '2026-06-07', number_of_licenses: 8, cost_per_license: 10, currency: 'USD' }),
    round({ id: 7, company_id: 3, start_date: '2026-06-16', end_date: '2027-06-15', number_of_licenses: 4, cost_per_license: 10, currency: 'USD' }),
    round({ id: 8, company_id: 4, number_of_licenses: 6, cost_per_license: 12.34, total_cost: 80, currency: 'USD' }),
    round({ id: 9, company_id: 2, start_date: '2026-06-01', end_date: '2026-05-31', number_of_licenses: 1000 }),
    round({ id: 10, company_id: 1, partner_id: 1, number_of_licenses: 1000 }),
    round({ id: 11, company_id: 1, currency: 'ZZZ', number_of_licenses: 1000 }),
    round({ id: 12, company_id: 1, number_of_licenses: 0 }),
    round({ id: 13, number_of_licenses: 1000 }),
    round({ id: 14, partner_id: 2, start_date: '2025-12-01', end_date: '2026-06-08', number_of_licenses: 2, cost_per_license: 10, currency: 'USD' }),
  ],
  user: [
    user(1, { company_id: 1 }), user(2, { company_id: 1 }), user(3, { company_id: 1 }, { active: 0 }),
    user(4, { company_id: 2 }), user(5, { partner_id: 1 }), user(6, { company_id: 3 }), user(7, { company_id: 4 }),
    user(8, { partner_id: 2 }), user(9, {}),
  ],
  // The window of 14 days that ends with 2026-06-15 begins with 2026-06-02.
  activity: [
    seen(1, 1, '2026-06-15 23:59:59'), seen(2, 1, '2026-06-10 08:00:00'), seen(3, 2, '2026-06-02 00:00:00'),
    seen(4, 3, '2026-06-05 12:00:00'), seen(5, 4, '2026-06-01 23:59:59'), seen(6, 5, '2026-06-16 00:00:00'),
    seen(7, 6, '2026-06-08 12:00:00'), seen(8, 9, '2026-06-10 12:00:00'), seen(9, 999, '2026-06-10 12:00:00'),
    seen(10, null, '2026-06-10 12:00:00'),
  ],
};

/** A row of the activity log. */
export function seen(id: number, userId: number | null, timestamp: string) {
  return { id, user_id: userId, timestamp, action: 'login', status: 'ok' };
}
