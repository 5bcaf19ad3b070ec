import { round, user, type Rows } from './rows.js';

type Values = Record<string, string | number | null>;

/** A licence of the mirror with what most tests do not care about filled in. */
export function external(values: Values): Values {
  return {
    provider: 'store', license_key: `KEY-${values['id']}`, product_slug: 'forms-pro', company_id: null, partner_id: null, site_url: null, site_host: null,
    site_count: 0, activation_limit: 1, is_unlimited: 0, activation_count: 1, purchase_date: '2026-01-01', expiration_date: '2026-12-31',
    price_minor: 12000, currency: 'EUR', interval_months: 12, auto_renew: 0, status: 'valid', is_enabled: 1, last_checked_in_at: null,
    first_seen_at: '2026-01-01 00:00:00', changed_at: '2026-01-01 00:00:00', fetched_at: '2026-06-15 01:00:00', ...values,
  };
}

/** A free trial with what most tests do not care about filled in. */
export function trial(values: Values): Values {
  return {
    product_slug: 'forms-pro', site_url: `https://site${values['id']}.example`, license_key: `TRIAL-${values['id']}`, expiration_date: '2026-06-30 00:00:00',
    grace_period_date: null, is_active: 1, is_fluent_license_check: 0, premium_license_id: null, last_checked_in_at: null,
    created_at: '2026-06-01 12:00:00', updated_at: '2026-06-01 12:00:00', ...values,
  };
}

/** Licences of every source and state at 2026-06-15. */
export const unifiedRows: Rows = {
  partner: [{ id: 1, partner_name: 'Quill' }, { id: 2, partner_name: 'Zen' }],
  company: [{ id: 1, company_name: 'Alpha', active: 1, partner_id: 1 }, { id: 2, company_name: 'beta', active: 0, partner_id: null }],
  product: [{ id: 1, code: 'SUB', label: 'Subscriber' }, { id: 2, code: 'REL', label: 'Release' }],
  license: [
    round({ id: 1, company_id: 1 }),
    round({ id: 2, partner_id: 1, product_code_id: 2, start_date: '2025-06-16', end_date: '2026-06-15', number_of_licenses: 5, cost_per_license: 19.99, currency: 'USD' }),
    round({ id: 3, company_id: 2, start_date: '2025-01-01', end_date: '2026-06-10', number_of_licenses: 3, cost_per_license: 1000, currency: 'JPY' }),
    round({ id: 4, company_id: 1, partner_id: 1 }),
    round({ id: 5, company_id: 1, product_code_id: 99, start_date: '2026-07-01', end_date: null, number_of_licenses: 1, cost_per_license: 1 }),
  ],
  user: [user(1, { company_id: 1 }), user(2, { company_id: 1 }), user(3, { partner_id: 1 }), user(4, { company_id: 2 })],
  activity: [
    { id: 1, user_id: 1, timestamp: '2026-06-10 09:00:00', action: 'login', status: 'ok' },
    { id: 2, user_id: 2, timestamp: '2026-06-12 10:00:00', action: 'login', status: 'ok' },
    { id: 3, user_id: 2, timestamp: '2026-06-16 00:00:00', action: 'login', status: 'ok' },
    { id: 4, user_id: 3, timestamp: '2026-06-01 08:00:00', action: 'login', status: 'ok' },
  ],
  trial: [
    trial({ id: 1, product_slug: ' Forms-Pro', site_url: 'https://www.Shop.example/path', expiration_date: '2026-06-20 23:59:59', created_at: '2026-06-06 22:30:00', last_checked_in_at: '2026-06-14 23:30:00' }),
    trial({ id: 2, site_url: 'blog.example', is_fluent_license_check: 1, premium_license_id: 'K-1', expiration_date: '2026-05-01 00:00:00', grace_period_date: '2026-06-20 00:00:00' }),
    trial({ id: 3, site_url: '', is_active: 0, premium_license_id: 'K-9', expiration_date: null }),
    trial({ id: 4, product_slug: 'chat', expiration_date: '2026-06-15 08:00:00', last_checked_in_at: '2026-06-16 00:00:00' }),
  ],
  externalLicense: [
    external({ id: 1, license_key: 'K-1', company_id: 1, site_url: 'https://shop.example', site_host: 'shop.example', site_count: 3, activation_limit: 5, activation_count: 3, price_minor: 9900, currency: 'USD', auto_renew: 1, last_checked_in_at: '2026-06-15 23:59:59' }),
    external({ id: 2, license_key: 'K-2', site_url: 'lone.example/', site_host: 'lone.example', site_count: 1, activation_limit: 0, activation_count: null, expiration_date: null, price_minor: 50000, interval_months: null }),
    external({ id: 3, provider: 'other', license_key: 'k-1', partner_id: 2, activation_limit: 2, activation_count: 0, expiration_date: '2026-06-01', price_minor: null, currency: null, interval_months: null, is_enabled: 0 }),
    external({ id: 4, license_key: 'K-4', product_slug: 'Chat', site_host: 'zebra.example', is_unlimited: 1, activation_limit: 0, activation_count: 40, expiration_date: '2026-06-09', price_minor: 1000, currency: 'JPY', interval_months: 7 }),
  ],
};

/** The price list that stands in where the provider names no price: 12.00 EUR a month. */
export const listedPrice = {
  product_slug: 'forms-pro', variation: null, amount_minor: 1200, currency: 'EUR', interval_months: 1, valid_from: '2026-01-01', valid_to: null,
};
