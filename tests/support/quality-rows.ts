import type { DatabaseKind } from './databases.js';
import { round, user, type Rows } from './rows.js';
import { trial } from './trials.js';

/**
 * Rows in which every kind of finding occurs, and beside each what is just not one. Judged at 30 June 2026, with 7 days of
 * grace and 14 days of activity. Rounds of companies from 101 on stand alone, so that none overlaps by accident.
 */
export const DAY = '2026-06-30';

type Values = Record<string, string | number | null>;

/** A round of a company of its own. */
const alone = (id: number, values: Values = {}): Values => round({ id, company_id: 100 + id, ...values });
const entry = (id: number, userId: number | null, timestamp: string) => ({ id, user_id: userId, timestamp, action: 'login', status: 'ok' });

const overlaps = [
  // 2 begins on the last day of 1; 3 the day after 2. 4 is another product, 5 a partner with the same number.
  round({ id: 1, company_id: 1 }),
  round({ id: 2, company_id: 1, start_date: '2026-12-31', end_date: '2027-12-30' }),
  round({ id: 3, company_id: 1, start_date: '2027-12-31', end_date: null }),
  round({ id: 4, company_id: 1, product_code_id: 2 }),
  round({ id: 5, partner_id: 1 }),
  // 7 and 8 begin within 6, not within each other; 9 has no seats, so it is in force on no day.
  round({ id: 6, company_id: 2, start_date: '2025-01-01', end_date: '2030-12-31' }),
  round({ id: 7, company_id: 2, start_date: '2025-02-01', end_date: '2025-12-31', status: 'Done' }),
  round({ id: 8, company_id: 2, start_date: '2026-01-01', end_date: null }),
  round({ id: 9, company_id: 2, start_date: '2026-02-01', number_of_licenses: 0 }),
  // Two that begin on one day: one finding.
  round({ id: 10, partner_id: 1, product_code_id: 2 }),
  round({ id: 11, partner_id: 1, product_code_id: 2 }),
];

const wrong = [
  alone(20, { start_date: '2026-05-01', end_date: '2026-04-30' }),
  alone(21, { start_date: '2026-05-01', end_date: '2026-05-01', status: 'Done' }),
  alone(22, { number_of_licenses: -5 }),
  alone(23, { cost_per_license: 0 }),
  alone(24, { cost_per_license: -1.5 }),
  // 30 is a cent off, 31 two. 32 has a price finer than a cent, 34 none: there the total may be right.
  alone(30, { cost_per_license: 19.99, total_cost: 199.91 }),
  alone(31, { cost_per_license: 19.99, total_cost: 199.92 }),
  alone(32, { number_of_licenses: 4, cost_per_license: 0.1875, total_cost: 99 }),
  alone(33, { number_of_licenses: 3, cost_per_license: 1500, total_cost: 4000, currency: 'JPY' }),
  alone(34, { cost_per_license: 0, total_cost: 500 }),
  alone(40, { currency: 'eur' }),
  alone(41, { currency: 'EU' }),
  alone(42, { currency: '' }),
  alone(50, { product_code_id: 99 }),
  round({ id: 51 }),
  round({ id: 52, company_id: 123, partner_id: 1 }),
];

const statuses = [
  alone(60, { start_date: '2020-01-01', end_date: '2020-12-31', status: 'ACTIVE' }),
  alone(61, { end_date: '2099-12-31', status: 'Expired' }),
  alone(62, { end_date: '2026-06-23' }),
  alone(63, { start_date: '2025-01-01', end_date: '2025-12-31', status: 'EXPIRED' }),
  alone(64, { start_date: '2025-01-01', end_date: '2025-12-31', status: 'EXPIRED' }),
  alone(65, { start_date: '2020-01-01', end_date: '2020-12-31', status: 'Suspended' }),
  alone(66, { end_date: null, status: 'expired' }),
];

const inactive = [
  round({ id: 70, company_id: 3, end_date: DAY }),
  round({ id: 71, company_id: 3, product_code_id: 2, start_date: '2025-01-01', end_date: '2025-12-31', status: 'Done' }),
];

/** A MariaDB column holds three characters: there blanks leave no room for a code. */
const blanks = (kind: DatabaseKind) => (kind.name === 'SQLite' ? [alone(43, { currency: ' gbp ' })] : []);

export const qualityRows = (kind: DatabaseKind): Rows => {
  const license = [...overlaps, ...wrong, ...statuses, ...inactive, ...blanks(kind)];
  const owners = [...new Set(license.map((row) => Number(row['company_id'])))].filter((id) => id > 0);
  return {
    partner: [{ id: 1, partner_name: 'P1' }],
    company: owners.map((id) => ({ id, company_name: `C${id}`, active: id === 3 ? 0 : 1, partner_id: id === 1 ? 1 : null })),
    product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
    license,
    user: [
      user(1, { company_id: 123 }), user(2, { company_id: 1 }, { active: 0 }), user(3, { partner_id: 1 }, { active: 0 }), user(4, { company_id: 1 }, { active: 0 }),
    ],
    activity: [
      entry(1, 1, '2026-06-20 10:00:00'),
      entry(2, 2, '2026-06-20 10:00:00'), entry(3, 2, '2026-06-30 23:59:59'), entry(4, 2, '2026-06-01 10:00:00'), entry(5, 2, '2026-07-01 00:00:00'),
      entry(6, 3, '2026-06-17 00:00:00'),
      entry(7, 4, '2026-06-16 23:59:59'),
      ...[8, 9, 10].map((id) => entry(id, 999, '2024-01-01 10:00:00')), entry(11, 1001, '2026-06-20 10:00:00'), entry(12, null, '2026-06-20 10:00:00'),
    ],
    trial: [
      trial(1, { site_url: 'https://www.alpha.example/shop', product_slug: 'forms' }), trial(2, { site_url: 'http://ALPHA.example', product_slug: ' Forms ' }),
      trial(3, { site_url: 'https://alpha.example/', product_slug: 'atlas' }), trial(4, { site_url: 'https://beta.example/', product_slug: 'forms' }),
      trial(5, { site_url: '', product_slug: 'forms' }), trial(6, { site_url: '', product_slug: 'forms' }),
      ...[7, 8, 9].map((id) => trial(id, { site_url: 'https://gamma.example/', product_slug: 'forms' })),
    ],
  };
};
