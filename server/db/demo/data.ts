import { activity, type ActivityRow } from './activity.js';
import { licences, type LicenceRow } from './licences.js';
import { companies, partners, type Owner } from './owners.js';
import { prices, type DemoPrice } from './prices.js';
import { products, type Product } from './products.js';
import { rates, type RateRow } from './rates.js';
import { trials, type DemoTrials } from './trials.js';
import { users, type UserRow } from './users.js';

export interface DemoData {
  partners: Owner[];
  companies: Owner[];
  products: readonly Product[];
  licences: LicenceRow[];
  users: UserRow[];
  rates: RateRow[];
  prices: DemoPrice[];
  trials: DemoTrials;
  activity: ActivityRow[];
}

/** Every row of the demo. It depends on the day alone: the same day gives the same rows. */
export function demoData(today: string): DemoData {
  const resellers = partners();
  const customers = companies();
  const people = users([...customers, ...resellers], today);
  return {
    partners: resellers,
    companies: customers,
    products,
    licences: licences([...customers, ...resellers], today),
    users: people.rows,
    rates: rates(today),
    prices: prices(today),
    trials: trials(today),
    activity: activity(people.habits, today),
  };
}
