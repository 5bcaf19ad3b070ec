import type { CombinedError } from 'urql';

import type { OverviewQuery } from '../../api/generated/graphql';
import { type Format, MISSING } from '../../ui/format';

type Dashboard = Pick<OverviewQuery['dashboard'], 'revenue' | 'revenueIn'>;

/** What the revenue card says. */
export interface RevenueText {
  value: string;
  exact: string;
  context: string;
}

/** Why there is no total: the server names the missing rate in an error of this field alone. */
function reason(error: CombinedError | undefined): string {
  const own = error?.graphQLErrors.find(({ path }) => path?.includes('revenueIn'));
  return own?.message ?? 'No total in one currency.';
}

/** One currency is shown as it is; several only as the server's converted total, marked ≈, with the day of its rates. */
export function totalRevenue(dashboard: Dashboard, error: CombinedError | undefined, format: Format): RevenueText {
  const revenue = dashboard.revenue ?? [];
  const [first] = revenue;
  if (!first) return { value: MISSING, exact: 'none', context: 'No rounds in force on this day' };
  if (revenue.length === 1) {
    return {
      value: format.money(first.annualValue, { compact: true }),
      exact: format.money(first.annualValue),
      context: 'a year, of rounds in force',
    };
  }
  const total = dashboard.revenueIn;
  if (!total) return { value: MISSING, exact: 'no total', context: reason(error) };
  const rate = total.rates.find(({ currency }) => currency !== total.money.currency);
  const source = rate ? `, rates of ${format.date(rate.rateDate)} (${rate.source})` : '';
  return {
    value: `≈ ${format.money(total.money, { compact: true })}`,
    exact: `about ${format.money(total.money, { code: true })}`,
    context: `a year in ${revenue.length} currencies${source}`,
  };
}
