import type { Context } from '../../context.js';
import { once } from '../../db/page.js';
import { badInput } from '../../errors.js';
import type {
  BandFigure, ConvertedMoney, ConvertedTotal, LifecycleFigure, LifecycleStatus, MetricsFilter, OwnerType, ReportMeta, ReportWarning,
} from '../../graphql.generated.js';
import { inForceStatuses, lifecycleStatuses } from '../../reports/shapes/lifecycle.js';
import { decimal, money, moneyFromMinor, type Money } from '../../reports/shapes/money.js';
import { countUsers, type UserCounts } from '../activity/store.js';
import { metricsScope } from '../metrics/filter.js';
import { reportMeta } from '../metrics/meta.js';
import { activityWindow, type WindowArgs } from '../metrics/window.js';
import { RateTable } from '../rates/service.js';
import { countBands, roundTotals, type RoundTotal } from './store.js';

/** The key metrics: each group is read once, when a figure of it is asked for. */
export interface DashboardModel {
  rounds: () => Promise<RoundTotal[]>;
  users: () => Promise<UserCounts>;
  rates: () => Promise<RateTable>;
  bands: (ownerType: OwnerType) => Promise<BandFigure[]>;
  meta: () => Promise<ReportMeta>;
}

/** Money of one currency, with the rates to convert it. */
export interface RevenueModel {
  currency: string;
  annualMinor: string;
  annualValue: Money;
  averageCost: Money | null;
  seats: number;
  rounds: number;
  rates: () => Promise<RateTable>;
}

/** The key metrics over the filter within the viewer's scope. */
export function dashboard(context: Context, filter: MetricsFilter | null | undefined, args: WindowArgs): DashboardModel {
  const window = activityWindow(context, args);
  const scope = metricsScope(context, filter, window.to);
  const rounds = once(() => roundTotals(context, window.to, scope.rounds));
  return {
    rounds,
    users: once(() => countUsers(context, window, scope)),
    rates: once(() => RateTable.of(context, window.to)),
    bands: (ownerType) => countBands(context, ownerType, window, scope),
    meta: async () => reportMeta(context, window, warningsOf(context, await rounds())),
  };
}

/** Σ seats of the rounds in any of the statuses. INVALID rounds are in none of the sums. */
export function seatsIn(totals: readonly RoundTotal[], statuses: readonly LifecycleStatus[]): number {
  return sum(totals.filter(({ status }) => statuses.includes(status) && status !== 'INVALID').map(({ seats }) => seats));
}

/** Rounds and seats by status, every status listed. */
export function byStatus(totals: readonly RoundTotal[]): LifecycleFigure[] {
  return lifecycleStatuses.map((status) => ({
    status,
    rounds: sum(totals.filter((total) => total.status === status).map(({ rounds }) => rounds)),
    seats: seatsIn(totals, [status]),
  }));
}

/** Money of rounds in force per currency, the largest figure first; currencies are never added together. */
export async function revenue(model: DashboardModel): Promise<RevenueModel[]> {
  const inForce = (await model.rounds()).filter(({ status }) => inForceStatuses.includes(status));
  const currencies = [...new Set(inForce.map(({ currency }) => currency))];
  return currencies
    .map((currency) => revenueOf(currency, inForce.filter((total) => total.currency === currency), model))
    .sort((a, b) => b.seats - a.seats || (a.currency < b.currency ? -1 : 1));
}

function revenueOf(currency: string, totals: readonly RoundTotal[], { rates }: DashboardModel): RevenueModel {
  const annualMinor = totals.reduce((total, { annualMinor: minor }) => total.plus(minor), decimal(0));
  const seats = sum(totals.map((total) => total.seats));
  return {
    currency,
    annualMinor: annualMinor.toFixed(),
    annualValue: moneyFromMinor(annualMinor, currency),
    averageCost: seats === 0 ? null : moneyFromMinor(annualMinor.div(seats), currency),
    seats,
    rounds: sum(totals.map(({ rounds }) => rounds)),
    rates,
  };
}

/** One currency's annual value in another, with its rate; null without a rate. */
export async function convert(figure: RevenueModel, to: string): Promise<ConvertedMoney | null> {
  const rate = (await figure.rates()).between(figure.currency, to);
  if (rate === null) return null;
  return { ...rate, money: money(rate.converted(figure.annualValue.amount), to) };
}

/** All annual values in one currency, rounded once; a missing rate is an error that names it. */
export async function revenueIn(model: DashboardModel, to: string): Promise<ConvertedTotal> {
  const table = await model.rates();
  let total = decimal(0);
  const rates = (await revenue(model)).map(({ currency, annualValue }) => {
    const rate = table.between(currency, to);
    if (rate === null) throw badInput('currency', `no exchange rate from ${currency} to ${to} within 7 days before asOf`);
    total = total.plus(rate.converted(annualValue.amount));
    return { currency, ...rate };
  });
  return { money: money(total, to), rates };
}

function warningsOf(context: Context, totals: readonly RoundTotal[]): ReportWarning[] {
  const invalid = sum(totals.filter(({ status }) => status === 'INVALID').map(({ rounds }) => rounds));
  const disagreeing = sum(totals.filter(({ status }) => status !== 'INVALID').map(({ disagreeing: count }) => count));
  const warnings: ReportWarning[] = [];
  if (invalid > 0) {
    warnings.push({
      code: 'INVALID_ROUNDS',
      count: invalid,
      message: `${invalid} rounds are invalid (end before start, no seats, no owner or two, or an unknown currency) and are left out of the figures.`,
    });
  }
  // Like License.totalCostDisagrees, this speaks of money.
  if (disagreeing > 0 && context.signedIn().permissions.has('READ_MONEY')) {
    warnings.push({
      code: 'TOTAL_COST_DISAGREES',
      count: disagreeing,
      message: `${disagreeing} rounds: total differs from seats × cost. Both figures are in the rows; the figures here use seats × cost.`,
    });
  }
  return warnings;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
