import { seen } from './dashboard-rows.js';
import { round, user, type Rows } from './rows.js';
import { external } from './unified-rows.js';

/**
 * On 2026-06-15 with a window of 30 days, which begins with 2026-05-17:
 *
 * | owner            | rounds in force                     | own users seen in the window         |
 * | C1 Alpha (of P1) | 10 × 100 EUR, 5 × 10 EUR, 2 × 30 USD | 1 and 2; 3 on 05-16; 4 on 06-16 only |
 * | C2 beta          | 3 × 19.99 EUR                       | 5, switched off                      |
 * | C3 Gamma         | 4 × 50 USD; one expired             | none                                 |
 * | C4 Delta         | 1 × 1000 JPY                        | 7, 8 and 9                           |
 * | C5               | none                                | 10                                   |
 * | P1 Quill         | 7 × 3 EUR                           | 11, of its own; C1 stands for itself |
 *
 * | external | owner         | price                 | checked in |
 * |    1     | C1            | 120 EUR a year        | 05-17 00:00:00 |
 * |    2     | C1            | 10 EUR a month        | 05-16 23:59:59 |
 * |    3     | C1            | 99 USD a year         | 06-15 23:59:59 |
 * |    4     | shop.example  | 1000 JPY for 7 months | never |
 * |    5     | shop.example  | 2000 JPY a year       | 06-01 |
 * |    6     | P1            | 500 EUR once          | 06-01 |
 * |    7     | –             | no price              | 06-01 |
 * |    8     | –             | 10 in no currency     | 06-01 |
 * |    9     | no site known | 60 EUR a year         | 06-16 00:00:00 |
 * |   10     | C1, disabled  | 120 EUR a year        | 06-01 |
 */
const company = (id: number, name: string, partner: number | null = null) => ({ id, company_name: name, active: 1, partner_id: partner });
export const costRows: Rows = {
  partner: [{ id: 1, partner_name: 'Quill' }],
  company: [company(1, 'Alpha', 1), company(2, 'beta'), company(3, 'Gamma'), company(4, 'Delta'), company(5, 'Nobody')],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
  license: [
    round({ id: 1, company_id: 1 }), round({ id: 2, company_id: 1, number_of_licenses: 5, cost_per_license: 10, product_code_id: 2 }),
    round({ id: 3, company_id: 1, number_of_licenses: 2, cost_per_license: 30, currency: 'USD' }),
    round({ id: 4, company_id: 2, number_of_licenses: 3, cost_per_license: 19.99, end_date: '2026-06-15' }),
    round({ id: 5, company_id: 3, number_of_licenses: 4, cost_per_license: 50, currency: 'USD', start_date: '2026-06-15' }),
    round({ id: 6, company_id: 3, end_date: '2026-06-14' }), round({ id: 7, company_id: 4, number_of_licenses: 1, cost_per_license: 1000, currency: 'JPY' }),
    round({ id: 8, partner_id: 1, number_of_licenses: 7, cost_per_license: 3, end_date: null }), round({ id: 9, company_id: 5, start_date: '2026-06-16' }),
    round({ id: 10, company_id: 2, number_of_licenses: 0 }),
  ],
  user: [
    ...[1, 2, 3, 4].map((id) => user(id, { company_id: 1 })), user(5, { company_id: 2 }, { active: 0 }), user(6, { company_id: 3 }),
    ...[7, 8, 9].map((id) => user(id, { company_id: 4 })), user(10, { company_id: 5 }), user(11, { partner_id: 1 }), user(12, {}),
    // A user of a company belongs to it, whatever partner_id says.
    user(13, { company_id: 3, partner_id: 1 }),
  ],
  activity: [
    seen(1, 1, '2026-05-17 00:00:00'), seen(2, 1, '2026-06-01 08:00:00'), seen(3, 2, '2026-06-15 23:59:59'), seen(4, 3, '2026-05-16 23:59:59'),
    seen(5, 4, '2026-06-16 00:00:00'), seen(6, 5, '2026-06-01 08:00:00'), seen(7, 7, '2026-06-01 08:00:00'), seen(8, 8, '2026-06-02 08:00:00'),
    seen(9, 9, '2026-06-03 08:00:00'), seen(10, 10, '2026-06-03 08:00:00'), seen(11, 11, '2026-06-03 08:00:00'), seen(12, 12, '2026-06-03 08:00:00'),
    seen(13, null, '2026-06-03 08:00:00'), seen(14, 999, '2026-06-03 08:00:00'), seen(15, 2, '2026-06-14 08:00:00'), seen(16, 2, '2026-06-20 08:00:00'),
  ],
  externalLicense: [
    external({ id: 1, company_id: 1, last_checked_in_at: '2026-05-17 00:00:00' }),
    external({ id: 2, company_id: 1, price_minor: 1000, interval_months: 1, last_checked_in_at: '2026-05-16 23:59:59' }),
    external({ id: 3, company_id: 1, price_minor: 9900, currency: 'USD', last_checked_in_at: '2026-06-15 23:59:59' }),
    external({ id: 4, site_host: 'shop.example', price_minor: 1000, currency: 'JPY', interval_months: 7 }),
    external({ id: 5, site_host: 'shop.example', price_minor: 2000, currency: 'JPY', last_checked_in_at: '2026-06-01 08:00:00' }),
    external({ id: 6, partner_id: 1, expiration_date: null, price_minor: 50000, interval_months: null, last_checked_in_at: '2026-06-01 08:00:00' }),
    external({ id: 7, site_host: 'free.example', price_minor: null, currency: null, interval_months: null, last_checked_in_at: '2026-06-01 08:00:00' }),
    external({ id: 8, site_host: 'free.example', currency: 'zzz', last_checked_in_at: '2026-06-01 08:00:00' }),
    external({ id: 9, price_minor: 6000, last_checked_in_at: '2026-06-16 00:00:00' }),
    external({ id: 10, company_id: 1, is_enabled: 0, last_checked_in_at: '2026-06-01 08:00:00' }),
  ],
};
