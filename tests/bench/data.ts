import { randomFor } from '../../server/db/demo/random.js';
import { licenceSources } from './licence-sources.js';
import { asOf, day, DAY_MS, table, type Generated } from './table.js';

/** Raise when rows change, so that kept data is made anew. */
export const DATA_VERSION = 3;

const LOG_DAYS = 365;

/** Users and log of `--scale large`. */
export const LARGE = { users: 1_000_000, fewEntries: 5_000_000, entries: 50_000_000 };

const products = [['SUB', 'Subscription'], ['REL', 'Release'], ['ADM', 'Administration'], ['ENT', 'Enterprise'], ['USR', 'Users'], ['USR_LIC', 'User licences']] as const;
const currencies = [['EUR', 30], ['USD', 25], ['GBP', 20], ['CAD', 5], ['AUD', 5], ['JPY', 3], ['CHF', 4], ['SEK', 3], ['NOK', 3], ['DKK', 2]] as const;

/** Rows in the existing tables' shape, the same on every run. Factor 1: 20,000 companies and 5 million log rows. Large: see `atScale`. */
export function generated(factor: number, large = false): Generated[] {
  const size = (rows: number) => Math.max(10, Math.round(rows * factor));
  const [partners, companies, rounds, users] = [size(300), size(20_000), size(200_000), large ? LARGE.users : size(500_000)];
  return [
    table('partner', ['id', 'partner_name'], partners, () => (id) => [id, `Partner ${id}`]),
    table('company', ['id', 'company_name', 'active', 'partner_id'], companies, () => {
      const random = randomFor('bench companies');
      return (id) => [id, `Company ${id} & Sons`, random.chance(0.95) ? 1 : 0, random.chance(0.7) ? random.int(1, partners) : null];
    }),
    table('product', ['id', 'code', 'label'], products.length, () => (id) => [id, ...(products[id - 1] ?? products[0])]),
    table('license', ['id', 'company_id', 'partner_id', 'product_code_id', 'start_date', 'end_date', 'number_of_licenses', 'cost_per_license', 'total_cost', 'currency', 'status'], rounds, () => {
      const random = randomFor('bench rounds');
      return (id) => {
        const ofPartner = random.chance(0.03);
        const starts = -random.int(-30, 5 * 365);
        const years = random.weighted([[1, 80], [3, 15], [null, 5]] as const);
        const seats = random.int(1, 40);
        const currency = random.weighted(currencies);
        const cost = currency === 'JPY' ? random.int(100, 9000) : random.int(100, 20_000) / 100;
        return [
          id, ofPartner ? null : random.int(1, companies), ofPartner ? random.int(1, partners) : null, random.int(1, products.length),
          day(starts), years === null ? null : day(starts + years * 365 - 1), seats, cost, Math.round(seats * cost * 100) / 100, currency,
          random.chance(0.7) ? 'Active' : 'Expired',
        ];
      };
    }),
    table('user', ['id', 'company_id', 'partner_id', 'active', 'first_name', 'last_name', 'email'], users, () => {
      const random = randomFor('bench users');
      return (id) => {
        const ofPartner = random.chance(0.02);
        return [
          id, ofPartner ? null : random.int(1, companies), ofPartner ? random.int(1, partners) : null, random.chance(0.95) ? 1 : 0,
          `First${id}`, `Last${id}`, `user${id}@example.com`,
        ];
      };
    }),
    activityLog(large ? LARGE.fewEntries : size(5_000_000), users),
    ...licenceSources(size, companies, partners),
  ];
}

/** Entries of a year, in the order of their ids. Those above `after` begin anew with the year, as if another instance had written them. */
export function activityLog(entries: number, users: number, after = 0): Generated {
  return table('activity', ['id', 'user_id', 'timestamp', 'action', 'status'], entries, () => {
    const random = randomFor(after === 0 ? 'bench log' : `bench log after ${after}`);
    const begins = asOf - (LOG_DAYS - 1) * DAY_MS;
    return (id) => {
      const at = new Date(begins + Math.floor(((id - 1) / entries) * LOG_DAYS * DAY_MS)).toISOString();
      // A few people do most of the work; the multiplication spreads them over the owners.
      const rank = Math.floor(users * random.next() ** 1.7);
      return [after + id, ((rank * 7_919) % users) + 1, `${at.slice(0, 10)} ${at.slice(11, 19)}`, 'open', 'ok'];
    };
  });
}
