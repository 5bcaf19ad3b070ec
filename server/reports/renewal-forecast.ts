import type { Context } from '../context.js';
import { once, type Page } from '../db/page.js';
import { fromSelection, type Selection } from '../db/selection.js';
import type {
  QueryResolvers, RenewalBucketName, RenewalForecastResolvers, RenewalRowConnectionResolvers, RenewalRowResolvers, ReportMeta,
} from '../graphql.generated.js';
import { connection } from '../modules/pages.js';
import { loadUnified } from '../modules/unified/store.js';
import { reportMeta, warning } from './meta.js';
import { moneySum, ratesOf, type MoneySumModel } from './money-sum.js';
import { bucketOf, bucketsWithin } from './renewal-forecast/buckets.js';
import { readContinued, type Continued } from './renewal-forecast/continued.js';
import { allOn, atRiskOn, readDays, renewedOn, type DayFigures, type Figures } from './renewal-forecast/figures.js';
import { renewalQuestion, type RenewalArgs, type RenewalQuestion } from './renewal-forecast/question.js';
import { renewalRows, type RenewalRowModel } from './renewal-forecast/rows.js';
import { addDays, daysBetween } from './shapes/days.js';

/** A forecast whose parts are each read when they are asked for. */
export interface RenewalModel {
  question: RenewalQuestion;
  days: () => Promise<DayFigures[]>;
  continued: () => Promise<Map<number, Continued>>;
  shown: (figures: Figures) => RenewalFiguresModel;
}

export interface RenewalFiguresModel {
  licenses: number;
  quantity: number;
  arr: MoneySumModel;
}

export interface RenewalBucketModel {
  name: RenewalBucketName;
  from: string | null;
  to: string | null;
  all: RenewalFiguresModel;
  renewed: RenewalFiguresModel;
  atRisk: RenewalFiguresModel;
}

export type RenewalPage = Page<RenewalRowModel>;

const DAYS_OF_QUARTER = 90;

function forecast(context: Context, args: RenewalArgs, asksForMoney: boolean): RenewalModel {
  const question = renewalQuestion(context, args);
  const withMoney = asksForMoney && context.signedIn().permissions.has('READ_MONEY');
  const rates = ratesOf(context, question.asOf);
  return {
    question,
    days: once(() => readDays(question, withMoney)),
    continued: once(() => readContinued(question, withMoney)),
    shown: ({ licenses, quantity, arr }) => ({ licenses, quantity, arr: moneySum(arr, rates) }),
  };
}

export const renewalQueries = {
  renewalForecast: (_, args, context, info): RenewalModel => {
    return forecast(context, args, fromSelection(info, asksForMoney));
  },
} satisfies QueryResolvers;

/** Without ARR, and the warnings about it, no price is looked at. */
function asksForMoney(selection: Selection): boolean {
  const figures = [selection.below('within90', 'within180', 'atRisk'), selection.below('buckets').below('all', 'renewed', 'atRisk'), selection.below('days').below('figures')];
  return selection.has('meta') || figures.some((below) => below.has('arr'));
}

const RenewalForecast: RenewalForecastResolvers = {
  buckets: async ({ question: { asOf, horizonDays }, days, continued, shown }, _, __, info): Promise<RenewalBucketModel[]> => {
    // What continues a licence costs more than everything else here.
    const asked = fromSelection(info, (selection) => selection.has('renewed', 'atRisk'));
    const [figures, safe] = await Promise.all([days(), asked ? continued() : new Map<number, Continued>()]);
    return bucketsWithin(asOf, horizonDays).map((bucket) => {
      const isIn = (day: string): boolean => bucketOf(asOf, day) === bucket.name;
      return {
        ...bucket,
        all: shown(allOn(figures, isIn)),
        renewed: shown(renewedOn(safe.values(), isIn)),
        atRisk: shown(atRiskOn(figures, safe.values(), isIn)),
      };
    });
  },
  within90: async ({ question: { asOf }, days, shown }) => shown(allOn(await days(), (day) => day >= asOf && day <= addDays(asOf, DAYS_OF_QUARTER))),
  within180: async ({ question: { asOf }, days, shown }) => shown(allOn(await days(), (day) => day >= asOf)),
  atRisk: async ({ days, continued, shown }) => {
    const [figures, safe] = await Promise.all([days(), continued()]);
    return shown(atRiskOn(figures, safe.values(), () => true));
  },
  days: async ({ question: { asOf }, days, shown }) => {
    const figures = await days();
    const ahead = [...new Set(figures.map(({ endDate }) => endDate))].filter((day) => day >= asOf).sort();
    return ahead.map((date) => ({ date, figures: shown(allOn(figures, (day) => day === date)) }));
  },
  rows: ({ question, continued }, args): Promise<RenewalPage> => renewalRows(question, args, continued),
  meta: ({ question, days }) => meta(question, days),
};

async function meta({ context, asOf, sources }: RenewalQuestion, days: () => Promise<DayFigures[]>): Promise<ReportMeta> {
  const figures = await days();
  const sum = (field: 'unpriced' | 'withoutArr' | 'unknownCurrency'): number => figures.reduce((total, row) => total + row[field], 0);
  const [unpriced, withoutArr, unknownCurrency] = [sum('unpriced'), sum('withoutArr'), sum('unknownCurrency')];
  return reportMeta(context, {
    asOf,
    sources,
    warnings: [
      ...warning('MISSING_PRICE', unpriced, `${unpriced} licences have no price in the mirror or the price list and add nothing to ARR.`),
      ...warning('UNKNOWN_CURRENCY', unknownCurrency, `${unknownCurrency} licences have a price in no known currency and add nothing to ARR.`),
      ...warning('NO_ARR', withoutArr, `${withoutArr} trials and one-time licences are listed with an ARR of 0.`),
    ],
  });
}

const RenewalRow: RenewalRowResolvers = {
  license: async ({ uid, question: { context, asOf } }) => {
    const license = await loadUnified(context, uid, asOf);
    if (license === null) throw new Error('A licence of the forecast is gone.');
    return license;
  },
  bucket: ({ endDate, question: { asOf } }) => bucketOf(asOf, endDate),
  daysRemaining: ({ endDate, question: { asOf } }) => daysBetween(asOf, endDate),
  status: ({ endDate, question: { asOf } }) => (endDate < asOf ? 'IN_GRACE' : endDate === asOf ? 'EXPIRES_TODAY' : 'ACTIVE'),
  state: ({ continued }) => continued?.state ?? 'NOT_RENEWED',
  renewedQuantity: ({ continued }) => continued?.renewed ?? 0,
  atRiskQuantity: async ({ uid, continued, question: { context, asOf } }) => {
    if (continued !== null) return continued.quantity - continued.renewed;
    return (await loadUnified(context, uid, asOf))?.quantity ?? 0;
  },
};

const RenewalRowConnection: RenewalRowConnectionResolvers = connection;

/** The types of the report that need resolvers. */
export const renewalTypes = { RenewalForecast, RenewalRow, RenewalRowConnection };
