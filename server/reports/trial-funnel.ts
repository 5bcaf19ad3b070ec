import type { Context } from '../context.js';
import { fromSelection, type Selection } from '../db/selection.js';
import { once } from '../db/page.js';
import type { QueryResolvers, ReportMeta, TrialFunnelResolvers } from '../graphql.generated.js';
import { reportMeta, warning } from './meta.js';
import { readCells, type Cell, type CellPart } from './trial-funnel/cells.js';
import { cohorts, conversions, estimatedDates, medianDays, outcome, reverted, steps, strict } from './trial-funnel/figures.js';
import { funnelQuestion, type FunnelQuestion } from './trial-funnel/question.js';
import { isHistoryComplete, unreadableTrials } from './trial-funnel/reading.js';

/** The funnel: one statement for whatever is asked of it, run when the first figure is. */
export interface TrialFunnelModel {
  question: FunnelQuestion;
  cells: () => Promise<readonly Cell[]>;
  meta: () => Promise<ReportMeta>;
}

/** What each field is worked out from. */
const partsOfFields: Record<string, readonly CellPart[]> = {
  steps: ['month', 'activation', 'expiration', 'conversion'],
  strict: ['month', 'activated', 'converted'],
  outcome: ['converted', 'open'],
  conversions: ['conversion', 'timing'],
  reverted: ['reverted'],
  medianDaysToConvert: ['conversion', 'days'],
  estimatedDates: ['conversion', 'estimated'],
  cohorts: ['month', 'activated', 'converted'],
};

/** What is asked for: the parts that the figures need, and what of meta. */
function wantedOf(selection: Selection): { parts: ReadonlySet<CellPart>; meta: Selection } {
  const meta = selection.below('meta');
  const fields = Object.keys(partsOfFields).filter((field) => selection.has(field));
  if (meta.has('warnings')) fields.push('estimatedDates');
  const parts = new Set(fields.flatMap((field) => partsOfFields[field] ?? []));
  if (selection.below('cohorts').has('convertedInWindow', 'conversion')) parts.add('days');
  return { parts, meta };
}

export const trialFunnelQueries = {
  trialFunnel: (_, args, context, info) => {
    const question = funnelQuestion(context, args);
    const { parts, meta: wanted } = fromSelection(info, wantedOf);
    const cells = once(async () => (question.isEmpty || question.months.length === 0 ? [] : readCells(context, question, parts)));
    return { question, cells, meta: once(() => metaOf(context, question, cells, wanted)) };
  },
} satisfies QueryResolvers;

async function metaOf(context: Context, question: FunnelQuestion, cells: TrialFunnelModel['cells'], wanted: Selection): Promise<ReportMeta> {
  const { asOf, isEmpty } = question;
  const [estimated, unreadable, complete] = await Promise.all([
    wanted.has('warnings') ? cells().then(estimatedDates) : 0,
    wanted.has('warnings') && !isEmpty ? unreadableTrials(context, question) : 0,
    wanted.has('sources') && !isEmpty ? isHistoryComplete(context) : true,
  ]);
  const meta = await reportMeta(context, {
    asOf,
    sources: isEmpty ? [] : ['TRIAL'],
    warnings: [
      ...warning('UNREADABLE_TRIALS', unreadable, 'Trials whose site, product or start cannot be read are left out.'),
      ...warning('ESTIMATED_DATES', estimated, 'Conversions whose date is that of the premium licence or of the last change of the row.'),
    ],
  });
  return { ...meta, sources: meta.sources.map((source) => ({ ...source, complete })) };
}

const TrialFunnel: TrialFunnelResolvers = {
  steps: async ({ cells }) => steps(await cells()),
  strict: async ({ cells, question }) => (question.mode === 'PERIOD' ? null : strict(await cells())),
  outcome: async ({ cells, question }) => (question.mode === 'PERIOD' ? null : outcome(await cells())),
  conversions: async ({ cells }) => conversions(await cells()),
  reverted: async ({ cells }) => reverted(await cells()),
  medianDaysToConvert: async ({ cells }) => medianDays(await cells()),
  estimatedDates: async ({ cells }) => estimatedDates(await cells()),
  cohorts: async ({ cells, question }) => cohorts(await cells(), question),
  meta: ({ meta }) => meta(),
};

export const trialFunnelTypes = { TrialFunnel };
