import { round, user, type Rows } from './rows.js';

/** A name with everything that a search might stumble over. */
export const AWKWARD_NAME = `50%_O'Neil "x\\y`;

/** Small lists with mixed case, equal names, missing owners and every state of a round on 2026-06-15. */
export const catalogRows: Rows = {
  partner: [{ id: 1, partner_name: 'Zeta' }, { id: 2, partner_name: 'alpha' }, { id: 3, partner_name: 'Alpha' }],
  company: [
    { id: 1, company_name: 'Beta Ltd', active: 1, partner_id: 1 },
    { id: 2, company_name: 'acme', active: 1, partner_id: 2 },
    { id: 3, company_name: 'ACME', active: 0, partner_id: null },
    { id: 4, company_name: AWKWARD_NAME, active: 1, partner_id: 1 },
    { id: 5, company_name: 'Beta Ltd', active: 1, partner_id: null },
  ],
  product: [{ id: 1, code: 'SUB', label: 'Subscription' }, { id: 2, code: 'ADM', label: 'administration' }, { id: 3, code: 'ent', label: 'Subscription' }],
  license: [
    round({ id: 1, company_id: 1 }), // ACTIVE
    round({ id: 2, company_id: 2, product_code_id: 2, start_date: '2024-06-16', end_date: '2027-06-15', number_of_licenses: 5, cost_per_license: 19.99, status: 'active' }), // ACTIVE, three years
    round({ id: 3, company_id: 3, start_date: '2025-01-01', end_date: null, number_of_licenses: 3, cost_per_license: 0, currency: 'USD' }), // PERPETUAL
    round({ id: 4, partner_id: 1, product_code_id: 3, end_date: '9999-12-31', number_of_licenses: 7, cost_per_license: 1500, currency: 'JPY', status: 'Perpetual' }), // PERPETUAL
    round({ id: 5, company_id: 4, start_date: '2025-06-15', end_date: '2026-06-14', number_of_licenses: 20, cost_per_license: 10.5, currency: 'USD', status: 'Expired' }), // IN_GRACE
    round({ id: 6, company_id: 1, product_code_id: 2, start_date: '2025-06-01', end_date: '2026-06-07', number_of_licenses: 8, cost_per_license: 10, currency: 'GBP' }), // EXPIRED
    round({ id: 7, partner_id: 2, start_date: '2026-06-16', end_date: '2027-06-15', number_of_licenses: 4, cost_per_license: 10, status: 'New' }), // SCHEDULED
    round({ id: 8, company_id: 2, end_date: '2026-06-15', status: 'ACTIVE' }), // EXPIRES_TODAY
    round({ id: 9, cost_per_license: 1, status: '' }), // INVALID: no owner
    round({ id: 10, company_id: 1, partner_id: 1, product_code_id: 77, number_of_licenses: 1, cost_per_license: 1 }), // INVALID: two owners
    round({ id: 11, company_id: 5, start_date: '2026-02-01', number_of_licenses: 2, cost_per_license: 5, currency: 'ZZZ' }), // INVALID: currency
    round({ id: 12, company_id: 1, start_date: '2026-06-10', end_date: '2026-05-31', number_of_licenses: 5, cost_per_license: 1 }), // INVALID: dates
  ],
  user: [
    user(1, { company_id: 1 }, { first_name: 'Zoe', last_name: 'Adler', email: 'zoe@a.example' }),
    user(2, { company_id: 1 }, { first_name: 'bob', last_name: 'adler', email: 'BOB@b.example', active: 0 }),
    user(3, { company_id: 1 }, { first_name: null, last_name: null, email: null }),
    user(4, { company_id: 1 }, { first_name: 'Per_cent', last_name: '100%', email: 'p@a.example' }),
    user(5, { company_id: 2 }), user(6, { partner_id: 1 }), user(7, { company_id: 4, partner_id: 2 }),
  ],
};
