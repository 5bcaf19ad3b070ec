import { round, user, type Rows } from './rows.js';
import { external, trial } from './unified-rows.js';

/**
 * Owners in every position at 2026-06-15.
 *
 * | owner  | purchased                       | in grace | deployed                        |
 * | c:1 p1 | 10 + 5 SUB, 5 forms-pro         |          | 12 users, 7 activations         |
 * | c:2 p1 | 3 REL that end today; 50 later  |          | 5 users                         |
 * | c:3    |                                 | 4 SUB    | 2 users                         |
 * | c:4 p2 | 2 SUB that have expired         |          | 1 user                          |
 * | c:5    |                                 |          |                                 |
 * | c:6    | 1 SUB, 1 REL                    |          | 2 users                         |
 * | p:1    | 6 ENT                           |          | 6 users of its own              |
 * | p:2    |                                 |          | 1 user of its own               |
 * | sites  | unlimited, unknown, 3, expired  |          | 40, 3 and a trial, 0, 2; trials |
 */
const users = (first: number, count: number, owner: Parameters<typeof user>[1]) => Array.from({ length: count }, (_, index) => user(first + index, owner));

export const positionRows: Rows = {
  partner: [{ id: 1, partner_name: 'Quill' }, { id: 2, partner_name: 'Zen' }],
  company: [['Alpha', 1], ['Beta', 1], ['Gamma', null], ['Delta', 2], ['Epsilon', null], ['Zeta', null]].map(([name, partner], index) => ({
    id: index + 1, company_name: name ?? null, active: 1, partner_id: partner ?? null,
  })),
  product: [{ id: 1, code: 'SUB', label: 'S' }, { id: 2, code: 'REL', label: 'R' }, { id: 3, code: 'ENT', label: 'E' }],
  license: [
    round({ id: 1, company_id: 1 }),
    round({ id: 2, company_id: 1, start_date: '2026-03-01', number_of_licenses: 5, cost_per_license: 120 }),
    round({ id: 3, company_id: 2, product_code_id: 2, end_date: '2026-06-15', number_of_licenses: 3, cost_per_license: 50, currency: 'USD' }),
    round({ id: 4, company_id: 3, start_date: '2025-01-01', end_date: '2026-06-10', number_of_licenses: 4, cost_per_license: 10 }),
    round({ id: 5, company_id: 4, start_date: '2025-01-01', end_date: '2026-06-01', number_of_licenses: 2, cost_per_license: 10 }),
    round({ id: 6, partner_id: 1, product_code_id: 3, end_date: null, number_of_licenses: 6, cost_per_license: 1000, currency: 'JPY' }),
    round({ id: 7, company_id: 1, partner_id: 1, number_of_licenses: 100 }),
    round({ id: 8, company_id: 2, start_date: '2026-06-16', number_of_licenses: 50, cost_per_license: 999, currency: 'USD' }),
    round({ id: 9, company_id: 6, number_of_licenses: 1, cost_per_license: 10 }),
    round({ id: 10, company_id: 6, product_code_id: 2, number_of_licenses: 1, cost_per_license: 10 }),
  ],
  user: [
    ...users(1, 11, { company_id: 1 }), user(12, { company_id: 1, partner_id: 2 }), user(13, { company_id: 1 }, { active: 0 }),
    ...users(21, 5, { company_id: 2 }), ...users(31, 2, { company_id: 3 }), user(41, { company_id: 4 }), ...users(51, 2, { company_id: 6 }),
    ...users(61, 6, { partner_id: 1 }), user(71, { partner_id: 2 }), user(81, {}),
  ],
  externalLicense: [
    external({ id: 1, company_id: 1, site_host: 'alpha.example', purchase_date: '2026-02-01', activation_limit: 5, activation_count: 7 }),
    external({ id: 2, product_slug: 'suite', site_host: 'big.example', is_unlimited: 1, activation_limit: 9, activation_count: 40 }),
    external({ id: 3, site_host: 'zero.example', activation_limit: 0, activation_count: 3 }),
    external({ id: 4, site_host: 'unused.example', activation_limit: 3, activation_count: 0 }),
    external({ id: 5, site_host: 'old.example', purchase_date: '2025-01-01', expiration_date: '2025-12-31', activation_limit: 2, activation_count: 2, price_minor: 1000, currency: 'JPY' }),
    external({ id: 6, company_id: 2, purchase_date: '2025-06-01', activation_limit: 10, activation_count: 0, is_enabled: 0 }),
    external({ id: 7, site_host: 'later.example', purchase_date: '2026-07-01', activation_limit: 5, activation_count: 5 }),
  ],
  trial: [
    trial({ id: 1, site_url: 'https://zero.example/shop' }),
    trial({ id: 2, site_url: 'http://www.FRESH.example', product_slug: 'chat', expiration_date: '2026-06-10 00:00:00' }),
    trial({ id: 3, site_url: 'off.example', is_active: 0 }),
    trial({ id: 4, site_url: 'alpha.example', is_fluent_license_check: 1, premium_license_id: 'KEY-1' }),
    trial({ id: 5, site_url: 'gone.example', created_at: '2026-05-01 00:00:00', expiration_date: '2026-06-07 23:59:59' }),
    trial({ id: 6, site_url: '' }),
  ],
};
