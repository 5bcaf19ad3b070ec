import type { Context } from '../context.js';
import { once } from '../db/page.js';
import { fromSelection } from '../db/selection.js';
import type { ConsumptionTrendResolvers, QueryConsumptionTrendArgs, QueryResolvers, ReportMeta, TrendFlow, TrendInterval, TrendMode, TrendMoneyFlow, TrendPoint, TrendTotals } from '../graphql.generated.js';
import { readMovements, type Movement } from './consumption-trend/movements.js';
import { trendQuestion, type TrendQuestion, type TrendUnits } from './consumption-trend/question.js';
import { trendMeta } from './consumption-trend/warnings.js';
import { moneyFromMinor } from './shapes/money.js';
import { flowOf, flowsOf, netOf, roundedFlow, sumOf, type Flow, type Movements } from './shapes/trend-flows.js';

/** Parts of a minor unit in which ARR is summed: see modules/unified/columns.ts. */
const PARTS = 60n;

/** The trend, with how it was computed still to be read. */
export interface TrendModel {
  mode: TrendMode;
  interval: TrendInterval;
  points: TrendPoint[];
  totals: TrendTotals;
  meta: () => Promise<ReportMeta>;
}

async function consumptionTrend(context: Context, args: QueryConsumptionTrendArgs, units: TrendUnits): Promise<TrendModel> {
  const question = trendQuestion(context, args, units);
  const movements = await readMovements(question);
  const licenses = account(question, movements, (movement) => movement.licenses);
  const seats = account(question, movements, (movement) => movement.seats);
  const money = currenciesOf(movements).map((currency) => {
    const ofCurrency = movements.filter((movement) => movement.currency === currency);
    return { currency, ...account(question, ofCurrency, (movement) => movement.arr) };
  });
  return {
    mode: question.mode,
    interval: question.interval,
    points: question.spans.map(({ from, to, incomplete }, index) => ({
      from, to, incomplete,
      licenses: countFlow(licenses.flows[index]),
      seats: countFlow(seats.flows[index]),
      arr: money.map(({ currency, flows }) => moneyFlow(flows[index], currency)),
    })),
    totals: {
      licenses: countFlow(licenses.total), seats: countFlow(seats.total), arr: money.map(({ currency, total }) => moneyFlow(total, currency)),
    },
    meta: once(() => trendMeta(question)),
  };
}

/** The flows of one unit: what came before the first interval is its opening balance. */
function account({ spans }: TrendQuestion, movements: readonly Movement[], unit: (movement: Movement) => Movements): { flows: Flow[]; total: Flow } {
  const ofInterval = (key: number): Movements => sumOf(movements.filter((movement) => movement.key === key).map(unit));
  const opening = netOf(ofInterval(0));
  const intervals = spans.map(({ key }) => ofInterval(key));
  return { flows: flowsOf(opening, intervals), total: flowOf(opening, sumOf(intervals)) };
}

/** Currencies in which something is in force at the start of the range or happens in it, free licences included. */
function currenciesOf(movements: readonly Movement[]): string[] {
  const begun = new Map<string, bigint>();
  for (const { key, currency, terms } of movements) {
    if (key === 0 && currency !== null) begun.set(currency, (begun.get(currency) ?? 0n) + terms);
  }
  const within = movements.flatMap(({ key, currency }) => (key === 0 || currency === null ? [] : [currency]));
  return [...new Set([...within, ...[...begun].filter(([, terms]) => terms !== 0n).map(([currency]) => currency)])].sort();
}

function countFlow(flow: Flow | undefined): TrendFlow {
  const amount = (name: keyof Flow) => Number(flow?.[name] ?? 0n);
  return {
    opening: amount('opening'), new: amount('new'), renewed: amount('renewed'), reactivated: amount('reactivated'), expansion: amount('expansion'),
    contraction: amount('contraction'), expired: amount('expired'), net: amount('net'), closing: amount('closing'),
  };
}

function moneyFlow(exact: Flow | undefined, currency: string): TrendMoneyFlow {
  const flow = exact === undefined ? undefined : roundedFlow(exact, PARTS);
  const amount = (name: keyof Flow) => moneyFromMinor(String(flow?.[name] ?? 0n), currency);
  return {
    currency, opening: amount('opening'), new: amount('new'), renewed: amount('renewed'), reactivated: amount('reactivated'), expansion: amount('expansion'),
    contraction: amount('contraction'), expired: amount('expired'), net: amount('net'), closing: amount('closing'),
  };
}

export const trendQueries = {
  consumptionTrend: (_, args, context, info) => {
    const units = fromSelection(info, (selection): TrendUnits => {
      const flows = selection.below('points', 'totals');
      return { renewals: flows.below('licenses').has('renewed'), seats: flows.has('seats'), money: flows.has('arr') };
    });
    return consumptionTrend(context, args, units);
  },
} satisfies QueryResolvers;

const ConsumptionTrend: ConsumptionTrendResolvers = { meta: ({ meta }) => meta() };

export const trendTypes = { ConsumptionTrend };
