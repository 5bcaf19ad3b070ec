import { seen } from './dashboard-rows.js';
import { round, user, type Rows } from './rows.js';
import { external } from './unified-rows.js';

/**
 * Licences in force on Monday 2026-06-15, judged with a threshold of 90 days: 29 days before is 2026-05-17, 30 is 05-16, 89 is
 * 03-18 and 90 is 03-17. Portal rounds of product SUB, one seat and 100 EUR each, from 2025-01-01 to 2026-12-31 where nothing else is said;
 * company n has user n.
 *
 * | round | owner                        | latest activity          | class        | reason         |
 * |   1   | C1 (of P1)                   | 05-17 00:00:00           | ACTIVE       |                |
 * |   2   | C2                           | 05-16 23:59:59           | DORMANT      |                |
 * |   3   | C3                           | 03-18 00:00:00           | DORMANT      |                |
 * |   4   | C4, 2 seats                  | 03-17 23:59:59           | INACTIVE     | STALE          |
 * |   5   | C5, ends on 06-15            | none                     | NEVER_USED   | NEVER_USED     |
 * |   6   | C6, from 2026-01-01          | 2025-12-31 23:59:59      | NEVER_USED   | NEVER_USED     |
 * |   7   | C7, from 2026-01-01          | 2026-01-01 00:00:00      | INACTIVE     | STALE          |
 * |   8   | C8, from 03-18               | none                     | TOO_NEW      |                |
 * |   9   | C9, from 03-17, perpetual    | none                     | NEVER_USED   | NEVER_USED     |
 * |  10   | C10, switched off, USD       | 06-14                    | ACTIVE       | OWNER_INACTIVE |
 * |  11   | C11, switched off, from 04-01| none                     | TOO_NEW      |                |
 * |  12   | C12                          | 06-16 00:00:00 (after)   | NEVER_USED   | NEVER_USED     |
 * |  13   | C13                          | 06-15 23:59:59           | ACTIVE       |                |
 * |  14   | P1, JPY 1500                 | none of its own users    | NEVER_USED   | NEVER_USED     |
 * |  15   | C13, product ADM of nobody else | 06-15 23:59:59        | ACTIVE       |                |
 * |  16   | C4, product REL of nobody else | 03-17 23:59:59         | NO_TELEMETRY |                |
 * | 17, 18, 19 | expired, scheduled, without an owner: not in force |
 *
 * External licences of product forms-pro, limit 1, 120.00 EUR a year, bought on 2026-01-01:
 *
 * | id | what is said                                   | latest check-in     | class        | reason         |
 * |  1 |                                                | 05-17 00:00:00      | ACTIVE       |                |
 * |  2 | limit 5, ends 2026-09-30                       | 03-17 23:59:59      | INACTIVE     | STALE          |
 * |  3 | limit 0, no price                              | none                | NEVER_USED   | NEVER_USED     |
 * |  4 |                                                | 06-16 00:00:00      | NO_TELEMETRY |                |
 * |  5 | product quiet                                  | none                | NO_TELEMETRY |                |
 * |  6 | product quiet                                  | 01-10               | NO_TELEMETRY |                |
 * |  7 | disabled at the provider                       | 06-10               | not in force |                |
 * |  8 | of C10, switched off                           | 06-14               | ACTIVE       | OWNER_INACTIVE |
 * |  9 | 1000 JPY a month, limit 2                      | 02-01               | INACTIVE     | STALE          |
 * | 10 | perpetual, 500.00 EUR once                     | none                | NEVER_USED   | NEVER_USED     |
 * | 11 | bought on 05-01                                | none                | TOO_NEW      |                |
 * | 12 | bought on 02-01                                | 01-15               | NEVER_USED   | NEVER_USED     |
 */
const company = (id: number, values = {}) => ({ id, company_name: `C${id}`, active: 1, partner_id: null, ...values });
const long = (values: Record<string, string | number | null>) => round({ start_date: '2025-01-01', number_of_licenses: 1, ...values });

export const reclamationRows: Rows = {
  partner: [{ id: 1, partner_name: 'P1' }],
  company: [
    company(1, { partner_id: 1 }), ...[2, 3, 4, 5, 6, 7, 8, 9].map((id) => company(id)),
    company(10, { active: 0 }), company(11, { active: 0 }), company(12), company(13),
  ],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }, { id: 3, code: 'REL', label: 'Rel' }],
  license: [
    long({ id: 1, company_id: 1 }), long({ id: 2, company_id: 2 }), long({ id: 3, company_id: 3 }), long({ id: 4, company_id: 4, number_of_licenses: 2 }),
    long({ id: 5, company_id: 5, end_date: '2026-06-15' }), long({ id: 6, company_id: 6, start_date: '2026-01-01' }),
    long({ id: 7, company_id: 7, start_date: '2026-01-01' }), long({ id: 8, company_id: 8, start_date: '2026-03-18' }),
    long({ id: 9, company_id: 9, start_date: '2026-03-17', end_date: null }), long({ id: 10, company_id: 10, currency: 'USD' }),
    long({ id: 11, company_id: 11, start_date: '2026-04-01' }), long({ id: 12, company_id: 12 }), long({ id: 13, company_id: 13 }),
    long({ id: 14, partner_id: 1, currency: 'JPY', cost_per_license: 1500 }), long({ id: 15, company_id: 13, product_code_id: 2, number_of_licenses: 1 }),
    long({ id: 16, company_id: 4, product_code_id: 3 }),
    long({ id: 17, company_id: 1, end_date: '2026-06-14' }), long({ id: 18, company_id: 1, start_date: '2026-06-16' }), long({ id: 19 }),
  ],
  user: [...[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13].map((id) => user(id, { company_id: id })), user(14, { partner_id: 1 }), user(15, { company_id: 13 })],
  activity: [
    seen(1, 1, '2026-05-17 00:00:00'), seen(2, 1, '2026-01-05 12:00:00'), seen(3, 2, '2026-05-16 23:59:59'), seen(4, 3, '2026-03-18 00:00:00'),
    seen(5, 4, '2026-03-17 23:59:59'), seen(6, 6, '2025-12-31 23:59:59'), seen(7, 7, '2026-01-01 00:00:00'), seen(8, 10, '2026-06-14 08:00:00'),
    seen(9, 12, '2026-06-16 00:00:00'), seen(10, 13, '2026-06-15 23:59:59'), seen(11, null, '2026-06-15 10:00:00'), seen(12, 15, '2026-06-15 07:00:00'),
  ],
  externalLicense: [
    external({ id: 1, last_checked_in_at: '2026-05-17 00:00:00' }),
    external({ id: 2, activation_limit: 5, expiration_date: '2026-09-30', last_checked_in_at: '2026-03-17 23:59:59', site_url: 'https://shop.example/', site_host: 'shop.example' }),
    external({ id: 3, activation_limit: 0, price_minor: null, currency: null, interval_months: null }),
    external({ id: 4, last_checked_in_at: '2026-06-16 00:00:00' }),
    external({ id: 5, product_slug: 'quiet' }), external({ id: 6, product_slug: 'Quiet', last_checked_in_at: '2026-01-10 12:00:00' }),
    external({ id: 7, is_enabled: 0, last_checked_in_at: '2026-06-10 12:00:00' }),
    external({ id: 8, company_id: 10, last_checked_in_at: '2026-06-14 12:00:00' }),
    external({ id: 9, activation_limit: 2, price_minor: 1000, currency: 'JPY', interval_months: 1, last_checked_in_at: '2026-02-01 12:00:00' }),
    external({ id: 10, expiration_date: null, price_minor: 50000, interval_months: null }),
    external({ id: 11, purchase_date: '2026-05-01' }),
    external({ id: 12, purchase_date: '2026-02-01', last_checked_in_at: '2026-01-15 12:00:00' }),
  ],
};
