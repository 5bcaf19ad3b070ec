import type { Context } from '../context.js';
import { once } from '../db/page.js';
import type {
  ActivityClassFigure, QueryResolvers, ReclamationReason, ReclamationResolvers, ReclamationRowResolvers, ReportMeta, ReportWarning, Resolvers,
} from '../graphql.generated.js';
import { connection } from '../modules/pages.js';
import { loadUnified } from '../modules/unified/store.js';
import { reportMeta, warning } from './meta.js';
import { moneyFromParts, moneySum, ratesOf, type MoneySumModel } from './money-sum.js';
import { reclamationGroups, type ReclamationGroup } from './reclamation/figures.js';
import { reclamationQuestion, type ReclamationArgs, type ReclamationQuestion } from './reclamation/question.js';
import { reclamationRows, type ReclamationRowArgs, type ReclamationRowPage } from './reclamation/rows.js';
import { activityClasses, reclamationReasons } from './reclamation/rules.js';
import { dayOf, daysBetween } from './shapes/days.js';
import { isKnownCurrency } from './shapes/money.js';

/** What can be reclaimed: each part is read when it is asked for. */
export interface ReclamationModel {
  question: ReclamationQuestion;
  groups: () => Promise<ReclamationGroup[]>;
  candidates: () => Promise<ReclamationGroup[]>;
  savingOf: (groups: readonly ReclamationGroup[]) => MoneySumModel;
}

export interface ReclamationReasonModel {
  reason: ReclamationReason;
  licenses: number;
  seats: number;
  saving: MoneySumModel;
}

export interface ReclamationMonthModel {
  month: string | null;
  licenses: number;
  seats: number;
  saving: MoneySumModel;
}

function reclamation(context: Context, args: ReclamationArgs): ReclamationModel {
  const question = reclamationQuestion(context, args);
  const rates = ratesOf(context, question.asOf);
  const groups = once(() => reclamationGroups(question));
  return {
    question, groups,
    candidates: async () => (await groups()).filter(({ reason }) => reason !== null),
    savingOf: (list) => moneySum(list, rates),
  };
}

function total(groups: readonly ReclamationGroup[], figure: 'licenses' | 'quantity' | 'seats' | 'unpriced' | 'unknownQuantity' | 'beforeStart' | 'afterAsOf'): number {
  return groups.reduce((sum, group) => sum + group[figure], 0);
}

/** Licences and quantity by class, every class listed. */
function classFigures(groups: readonly ReclamationGroup[]): ActivityClassFigure[] {
  return activityClasses.map((name) => {
    const members = groups.filter((group) => group.class === name);
    return { class: name, licenses: total(members, 'licenses'), quantity: total(members, 'quantity') };
  });
}

/** Candidates by reason, every reason listed. */
function reasonFigures({ savingOf }: ReclamationModel, candidates: readonly ReclamationGroup[]): ReclamationReasonModel[] {
  return reclamationReasons.map((reason) => {
    const members = candidates.filter((group) => group.reason === reason);
    return { reason, licenses: total(members, 'licenses'), seats: total(members, 'seats'), saving: savingOf(members) };
  });
}

/** After all months. */
const PERPETUAL = '~';

/** Candidates by the month of their last day; perpetual ones last. */
function monthFigures({ savingOf }: ReclamationModel, candidates: readonly ReclamationGroup[]): ReclamationMonthModel[] {
  const months = [...new Set(candidates.map(({ month }) => month ?? PERPETUAL))].sort();
  return months.map((month) => {
    const members = candidates.filter((group) => (group.month ?? PERPETUAL) === month);
    return { month: month === PERPETUAL ? null : `${month}-01`, licenses: total(members, 'licenses'), seats: total(members, 'seats'), saving: savingOf(members) };
  });
}

function rowsOf({ question, candidates }: ReclamationModel, args: ReclamationRowArgs): Promise<ReclamationRowPage> {
  return reclamationRows(question, args, async (reasons) =>
    total((await candidates()).filter(({ reason }) => reasons === null || (reason !== null && reasons.includes(reason))), 'licenses'));
}

async function metaOf({ question, groups }: ReclamationModel): Promise<ReportMeta> {
  const { context, asOf, window, sources } = question;
  return reportMeta(context, { asOf, window, sources, activity: sources.includes('PORTAL'), warnings: warningsOf(context, await groups()) });
}

function warningsOf(context: Context, groups: readonly ReclamationGroup[]): ReportWarning[] {
  const heldBack = total(groups.filter((group) => group.class === 'NO_TELEMETRY'), 'licenses');
  const [before, after, unknown] = [total(groups, 'beforeStart'), total(groups, 'afterAsOf'), total(groups, 'unknownQuantity')];
  const priced = groups.filter(({ currency }) => currency === null || !isKnownCurrency(currency));
  const foreign = total(priced.filter(({ reason }) => reason !== null), 'licenses') - total(priced, 'unpriced');
  const unpriced = total(groups, 'unpriced');
  return [
    ...warning('NO_TELEMETRY', heldBack, `${heldBack} licences are held back: nothing is known of the use of their source or product within the threshold, or of their own up to the day asked for.`),
    ...warning('ACTIVITY_BEFORE_START', before, `${before} licences were last used before they started; that does not count.`),
    ...warning('ACTIVITY_AFTER_AS_OF', after, `${after} licences last checked in after the day asked for; what went before is not known, and they are held back.`),
    ...warning('UNKNOWN_QUANTITY', unknown, `${unknown} external licences to reclaim have an unknown activation limit: they add nothing to the seats.`),
    // They speak of money.
    ...(context.signedIn().permissions.has('READ_MONEY')
      ? [
          ...warning('MISSING_PRICE', unpriced, `${unpriced} licences to reclaim have no price: they add nothing to the saving.`),
          ...warning('UNKNOWN_CURRENCY', foreign, `${foreign} licences to reclaim have a price in no known currency: they add nothing to the saving.`),
        ]
      : []),
  ];
}

export const reclamationQueries = {
  reclamation: (_, args, context) => reclamation(context, args),
} satisfies QueryResolvers;

const Reclamation: ReclamationResolvers = {
  candidates: async ({ candidates }) => total(await candidates(), 'licenses'),
  reclaimableSeats: async ({ candidates }) => total(await candidates(), 'seats'),
  saving: async ({ candidates, savingOf }) => savingOf(await candidates()),
  premiumInForce: async ({ groups }) => total(await groups(), 'licenses'),
  classes: async ({ groups }) => classFigures(await groups()),
  reasons: async (model) => reasonFigures(model, await model.candidates()),
  byExpiration: async (model) => monthFigures(model, await model.candidates()),
  rows: (model, args) => rowsOf(model, args),
  meta: (model) => metaOf(model),
};

const ReclamationRow: ReclamationRowResolvers = {
  license: async ({ uid, asOf }, _, context) => {
    const license = await loadUnified(context, uid, asOf);
    // Gone since the page was read, in the same request.
    if (license === null) throw new Error(`Licence ${uid} is no longer there.`);
    return license;
  },
  daysSinceActivity: ({ lastActivityAt, asOf }, _, { config }) =>
    lastActivityAt === null ? null : daysBetween(dayOf(new Date(lastActivityAt), config.REPORT_TIMEZONE), asOf),
  saving: ({ savingParts, currency }) =>
    savingParts === null || currency === null || !isKnownCurrency(currency) ? null : moneyFromParts(savingParts, currency),
};

export const reclamationTypes = { Reclamation, ReclamationRow, ReclamationRowConnection: connection } satisfies Resolvers;
