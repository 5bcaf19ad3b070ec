import { seen } from './dashboard-rows.js';
import { round, user, type Rows } from './rows.js';
import { external, trial } from './unified-rows.js';

/**
 * On 2026-06-15 with a window of 14 days, which begins with 2026-06-02:
 *
 * | owner              | licences                                                                 | registered users | seen in the window       |
 * | C1 Alpha (of P1)   | 10 × 100 EUR SUB, 5 × 10 EUR ADM, 2 × 30 USD SUB to that day; forms of 5 | 1, 2, 7          | 1, and 3, switched off   |
 * | C2 beta            | 4 × 1000 JPY SUB in grace, 3 × 50 USD ADM from July on                   | 4                | none: 4 the day before   |
 * | C3 Gamma           | none                                                                     | 5                | 5                        |
 * | C4 Nil             | none                                                                     | none             |                          |
 * | P1 Quill           | 7 × 3 EUR SUB without end                                                | 6                | none: 6 the day after    |
 * | P2 Zen             | chat of an unknown limit, 60 EUR                                         | none             |                          |
 * | shop.example       | forms without limit, 1000 JPY for 7 months; a trial of chat              |                  |                          |
 *
 * A round of two owners is invalid, and a converted trial counts as the licence of C1.
 */
const company = (id: number, name: string, partner: number | null = null) => ({ id, company_name: name, active: 1, partner_id: partner });
export const analyzeRows: Rows = {
  partner: [{ id: 1, partner_name: 'Quill' }, { id: 2, partner_name: 'Zen' }],
  company: [company(1, 'Alpha', 1), company(2, 'beta'), company(3, 'Gamma'), company(4, 'Nil')],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
  license: [
    round({ id: 1, company_id: 1 }), round({ id: 2, company_id: 1, product_code_id: 2, number_of_licenses: 5, cost_per_license: 10 }),
    round({ id: 3, company_id: 1, number_of_licenses: 2, cost_per_license: 30, currency: 'USD', end_date: '2026-06-15' }),
    round({ id: 4, company_id: 2, number_of_licenses: 4, cost_per_license: 1000, currency: 'JPY', start_date: '2025-11-30', end_date: '2026-06-10' }),
    round({ id: 5, company_id: 2, product_code_id: 2, number_of_licenses: 3, cost_per_license: 50, currency: 'USD', start_date: '2026-07-01' }),
    round({ id: 6, partner_id: 1, number_of_licenses: 7, cost_per_license: 3, end_date: null }),
    round({ id: 7, company_id: 1, partner_id: 1, number_of_licenses: 100 }),
  ],
  user: [
    user(1, { company_id: 1 }), user(2, { company_id: 1 }), user(3, { company_id: 1 }, { active: 0 }), user(4, { company_id: 2 }), user(5, { company_id: 3 }),
    // A user of a company belongs to it, whatever partner_id says; one of nobody to nobody.
    user(6, { partner_id: 1 }), user(7, { company_id: 1, partner_id: 2 }), user(8, {}),
  ],
  activity: [
    seen(1, 1, '2026-06-02 00:00:00'), seen(2, 1, '2026-06-15 23:59:59'), seen(3, 3, '2026-06-10 08:00:00'), seen(4, 4, '2026-06-01 23:59:59'),
    seen(5, 5, '2026-06-12 08:00:00'), seen(6, 6, '2026-06-16 00:00:00'), seen(7, 8, '2026-06-12 08:00:00'), seen(8, null, '2026-06-12 08:00:00'),
  ],
  externalLicense: [
    external({ id: 1, company_id: 1, product_slug: 'forms', activation_limit: 5, auto_renew: 1 }),
    external({ id: 2, product_slug: 'Forms', site_host: 'shop.example', is_unlimited: 1, activation_limit: 0, price_minor: 1000, currency: 'JPY', interval_months: 7 }),
    external({ id: 3, partner_id: 2, provider: 'other', product_slug: 'chat', activation_limit: 0, price_minor: 6000, auto_renew: null }),
  ],
  trial: [
    trial({ id: 1, product_slug: 'Chat', site_url: 'https://www.Shop.example/' }),
    trial({ id: 2, product_slug: 'forms', is_fluent_license_check: 1, premium_license_id: 'KEY-1' }),
  ],
};
