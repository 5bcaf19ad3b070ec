import { randomFor } from '../../server/db/demo/random.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { generatedPremium } from './generated-premium.js';
import { round, user, type Rows } from './rows.js';
import { external, trial } from './unified-rows.js';

type Row = Record<string, string | number | null>;

/** Tables of the data that everything is computed from. */
export interface AnalyzeData extends Rows {
  partner: Row[];
  company: Row[];
  product: Row[];
  license: Row[];
  user: Row[];
  activity: Row[];
  externalLicense: Row[];
  trial: Row[];
}

export const DAY = '2026-06-15';

/** Prices of the list: products without a price of their own, by slug. Per month, in minor units. */
export const listedPrices = [
  { product_slug: 'forms', amount_minor: 1250, currency: 'EUR', interval_months: 1 },
  { product_slug: 'chat', amount_minor: 999, currency: 'JPY', interval_months: 1 },
] as const;

/**
 * Licences of every source without any pattern but that ends, starts and activity often meet the day, and with everything in them that
 * has ever been counted wrongly: rounds that are invalid in each way, owners that are not there, users of two owners, hosts and products
 * in several spellings, converted trials with and without their premium licence.
 */
export function generatedAnalyze(): AnalyzeData {
  const random = randomFor('analyze');
  const premium = generatedPremium();
  const day = (least: number, most: number) => addDays(DAY, random.int(least, most));
  const ids = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);
  const keyOf = (id: number) => `KEY-${id}`;
  return {
    partner: premium.partner ?? [],
    // Without rounds or users, and one whose partner is not there.
    company: [...premium.company, ...ids(3, 101).map((id) => ({ id, company_name: `Nothing ${id}`, active: 1, partner_id: id === 103 ? 77 : null }))],
    product: [...(premium.product ?? []), { id: 4, code: 'Forms', label: 'Sold in the portal too' }],
    license: [
      ...premium.license,
      ...ids(25, 201).map((id) => round({
        id, company_id: random.int(1, 25), product_code_id: random.pick([1, 4]), start_date: day(-400, 10), end_date: random.pick([null, '9999-12-31', day(-9, 9)]),
        number_of_licenses: random.int(1, 6), cost_per_license: random.int(1, 900), currency: 'JPY',
      })),
      round({ id: 301, company_id: 1, partner_id: 1 }), round({ id: 302 }), round({ id: 303, company_id: 2, number_of_licenses: 0 }),
      round({ id: 304, company_id: 3, currency: 'zzz' }), round({ id: 305, company_id: 4, start_date: '2026-06-10', end_date: '2026-06-09' }),
      // Its company is not there.
      round({ id: 306, company_id: 990, cost_per_license: 7 }),
    ],
    user: [
      ...premium.user, ...ids(10, 101).map((id) => user(id, { company_id: random.int(1, 25) }, { active: 0 })),
      ...ids(5, 121).map((id) => user(id, { company_id: random.int(1, 25), partner_id: random.int(1, 4) })),
      user(131, { company_id: 991 }), user(132, { partner_id: 992 }),
    ],
    activity: [
      ...premium.activity,
      ...ids(30, 501).map((id) => ({ id, user_id: random.pick([101, 103, 105, 107, 121, 122, 123, 131, 132]), timestamp: `${day(-20, 2)} 08:00:00`, action: 'login', status: 'ok' })),
    ],
    externalLicense: [
      ...premium.externalLicense.map((row) => ({ ...row, auto_renew: random.pick([0, 1, null]), provider: random.pick(['store', 'other']), is_unlimited: random.chance(0.1) ? 1 : 0 })),
      external({ id: 201, company_id: 5, partner_id: 2, product_slug: 'Forms' }), external({ id: 202, site_host: 'free.example', currency: 'zzz' }),
      external({ id: 203, site_host: 'once.example', interval_months: null, price_minor: 5000 }), external({ id: 204, site_host: '', product_slug: null }),
      external({ id: 205, company_id: 6, purchase_date: '2026-06-20', expiration_date: '2026-06-01' }), external({ id: 206, partner_id: 993, activation_limit: null }),
      ...ids(6, 211).map((id) => external({ id, site_host: 'unpriced.example', price_minor: null, interval_months: null, product_slug: random.pick(['forms', 'chat', 'quiz']), currency: random.pick(['EUR', 'JPY', null]) })),
    ],
    trial: ids(60).map((id) => trial({
      id, product_slug: random.pick(['forms', ' Forms ', 'CHAT', 'quiz', '']), site_url: random.pick([`https://www.Site${random.int(1, 20)}.example/a?b`, `trial${id}.example`, '', 'once.example']),
      created_at: `${day(-60, 3)} ${random.pick(['00:00:00', '23:59:59'])}`, expiration_date: random.pick([null, `${day(-12, 20)} 13:00:00`, `${day(-3, 3)} 00:00:00`]),
      grace_period_date: random.chance(0.3) ? `${day(-3, 10)} 00:00:00` : null, is_active: random.chance(0.8) ? 1 : 0, is_fluent_license_check: random.chance(0.3) ? 1 : 0,
      premium_license_id: random.pick([null, null, '', keyOf(random.int(1, 100)), 'KEY-GONE']),
    })),
  };
}
