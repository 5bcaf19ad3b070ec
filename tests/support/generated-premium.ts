import { randomFor } from '../../server/db/demo/random.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { seen } from './dashboard-rows.js';
import { round, user, type Rows } from './rows.js';
import { external } from './unified-rows.js';

type Value = string | number | null;
type Row = Record<string, Value>;

const COMPANIES = 25;
const PARTNERS = 4;
const EVERY_DAY = '2026-06-15';

/** Owners, rounds, external licences, users and a log without any pattern but that ends, starts and activity often meet. */
export function generatedPremium(): Rows & { license: Row[]; externalLicense: Row[]; user: Row[]; activity: Row[]; company: Row[] } {
  const random = randomFor('generated premium licences');
  const day = (least: number, most: number) => addDays(EVERY_DAY, random.int(least, most));
  const instant = (least: number, most: number) => `${day(least, most)} ${random.pick(['00:00:00', '12:00:00', '23:59:59'])}`;
  const owner = () => (random.chance(0.85) ? { company_id: random.int(1, COMPANIES), partner_id: null } : { company_id: null, partner_id: random.int(1, PARTNERS) });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const users = ids(60).map((id) => user(id, random.chance(0.05) ? {} : owner() as { company_id: number }));
  return {
    partner: ids(PARTNERS).map((id) => ({ id, partner_name: `Partner ${id}` })),
    company: ids(COMPANIES).map((id) => ({ id, company_name: `Company ${id}`, active: random.chance(0.85) ? 1 : 0, partner_id: random.chance(0.5) ? random.int(1, PARTNERS) : null })),
    product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }, { id: 3, code: 'REL', label: 'Rel' }],
    license: ids(120).map((id) => round({
      id, ...owner(), product_code_id: random.pick([1, 1, 1, 2, 3, 99]), start_date: day(-400, 10), end_date: random.chance(0.1) ? null : day(-20, 300),
      number_of_licenses: random.int(1, 6), cost_per_license: random.int(0, 5000) / 100, currency: random.pick(['EUR', 'USD', 'GBP']),
    })),
    user: users,
    activity: ids(90).map((id) => seen(id, random.chance(0.05) ? null : random.int(1, 60), instant(-420, 12))),
    externalLicense: ids(100).map((id) => external({
      id, ...(random.chance(0.5) ? owner() : { site_host: `site${random.int(1, 20)}.example` }), product_slug: random.pick(['forms', 'chat', 'quiz', 'late']),
      activation_limit: random.int(0, 5), purchase_date: day(-400, 10), expiration_date: random.chance(0.1) ? null : day(-20, 300),
      price_minor: random.chance(0.9) ? random.int(0, 90_000) : null, currency: random.pick(['EUR', 'USD', 'JPY']), interval_months: random.pick([1, 7, 12, 12, 24]),
      is_enabled: random.chance(0.95) ? 1 : 0, last_checked_in_at: random.chance(0.7) ? instant(-300, 5) : null,
    })),
  };
}
