import type { AnalyzeConnectionResolvers, QueryResolvers, ReportMeta, Resolvers } from '../graphql.generated.js';
import { connection } from '../modules/pages.js';
import { reportMeta } from './meta.js';
import { analysis, type AnalyzeModel } from './analyze/page.js';
import { analyzeQuestion, type AnalyzeQuestion } from './analyze/question.js';
import { warningsOf } from './analyze/warnings.js';

export const analyzeQueries = {
  analyze: (_, args, context): AnalyzeModel => analysis(analyzeQuestion(context, args), args),
} satisfies QueryResolvers;

const ofActivity = ['ACTIVE_USERS', 'UTILIZATION', 'UNUSED_SEATS'] as const;

async function metaOf(question: AnalyzeQuestion): Promise<ReportMeta> {
  const { context, asOf, window, scope, measures } = question;
  const portal = scope.sources.includes('PORTAL');
  const activity = portal && ofActivity.some((measure) => measures.has(measure));
  return reportMeta(context, {
    asOf,
    window: ofActivity.some((measure) => measures.has(measure)) ? window : undefined,
    sources: scope.sources,
    activity,
    users: portal && measures.has('REGISTERED_USERS'),
    warnings: await warningsOf(question),
  });
}

const AnalyzeConnection: AnalyzeConnectionResolvers = {
  nodes: async ({ page }) => (await page()).nodes,
  edges: async ({ page }) => connection.edges(await page()),
  pageInfo: async ({ page }) => connection.pageInfo(await page()),
  totalCount: ({ totalCount }) => totalCount(),
  totals: ({ totals }) => totals(),
  meta: ({ question }) => metaOf(question),
};

/** The types of the report that need resolvers. */
export const analyzeTypes = { AnalyzeConnection } satisfies Resolvers;
