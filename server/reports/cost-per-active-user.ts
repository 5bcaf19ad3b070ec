import type { Context } from '../context.js';
import type {
  ConvertedMoney, CostPerActiveUserReason, CostPerActiveUserResolvers, OwnerCostResolvers, QueryResolvers, ReportMeta, ReportOwner, ReportWarning,
  Resolvers, SourceCostResolvers,
} from '../graphql.generated.js';
import { loadCompany } from '../modules/company/loaders.js';
import { connection } from '../modules/pages.js';
import { loadPartner } from '../modules/partner/loaders.js';
import type { RateTable } from '../modules/rates/service.js';
import { ownerCosts, type OwnerCostModel } from './cost-per-active-user/owners.js';
import { costQuestion, type CostArgs, type CostQuestion } from './cost-per-active-user/question.js';
import { costBySource, leftOut, type Cost } from './cost-per-active-user/spend.js';
import { reportMeta, warning } from './meta.js';
import { amountFromParts, moneyFromParts, ratesOf } from './money-sum.js';
import { decimal, money, type Money } from './shapes/money.js';

/** Spend over users: each part is read when it is asked for. */
export interface CostModel {
  question: CostQuestion;
  rates: () => Promise<RateTable>;
}

export interface SourceCostModel extends Cost {
  rates: () => Promise<RateTable>;
}

function costPerActiveUser(context: Context, args: CostArgs): CostModel {
  const question = costQuestion(context, args);
  return { question, rates: ratesOf(context, question.asOf) };
}

/** Rounded once, from the exact spend. */
function quotient({ parts, activeUsers, currency }: Cost): Money | null {
  return activeUsers === 0 ? null : moneyFromParts(decimal(parts).div(activeUsers), currency);
}

function reasonOf({ activeUsers }: Cost): CostPerActiveUserReason | null {
  return activeUsers === 0 ? 'NO_ACTIVE_USERS' : null;
}

/** The spend in another currency; null without a rate. */
async function converted({ parts, currency, rates }: SourceCostModel, to: string): Promise<ConvertedMoney | null> {
  const rate = (await rates()).between(currency, to);
  return rate === null ? null : { ...rate, money: money(rate.converted(amountFromParts(parts, currency)), to) };
}

/** Names are looked up within the viewer's scope. */
async function ownerOf(context: Context, { companyId, partnerId, siteHost }: OwnerCostModel): Promise<ReportOwner> {
  if (companyId !== null) return { kind: 'COMPANY', id: companyId, name: (await loadCompany(context, companyId))?.name ?? '' };
  if (partnerId !== null) return { kind: 'PARTNER', id: partnerId, name: (await loadPartner(context, partnerId))?.name ?? '' };
  return { kind: 'SITE', id: siteHost ?? '', name: siteHost ?? '' };
}

async function metaOf({ question }: CostModel): Promise<ReportMeta> {
  const { context, asOf, window, sources } = question;
  return reportMeta(context, { asOf, window, sources, activity: sources.includes('PORTAL'), warnings: await warningsOf(question) });
}

async function warningsOf(question: CostQuestion): Promise<ReportWarning[]> {
  const { unpriced, unknownCurrency, withoutArr, afterAsOf } = await leftOut(question);
  return [
    ...warning('ACTIVITY_AFTER_AS_OF', afterAsOf, `${afterAsOf} licences last checked in after the day asked for; what went before is not known, and does not count.`),
    // They speak of money.
    ...(question.context.signedIn().permissions.has('READ_MONEY')
      ? [
          ...warning('MISSING_PRICE', unpriced, `${unpriced} external licences in force have no price: they are in no line.`),
          ...warning('UNKNOWN_CURRENCY', unknownCurrency, `${unknownCurrency} external licences in force have a price in no known currency: they are in no line.`),
          ...warning('NO_ARR', withoutArr, `${withoutArr} perpetual or one-time licences add nothing to the annual spend.`),
        ]
      : []),
  ];
}

export const costQueries = {
  costPerActiveUser: (_, args, context) => costPerActiveUser(context, args),
} satisfies QueryResolvers;

const CostPerActiveUser: CostPerActiveUserResolvers = {
  bySource: async ({ question, rates }) => (await costBySource(question)).map((cost) => ({ ...cost, rates })),
  owners: ({ question }, args) => ownerCosts(question, args),
  meta: (model) => metaOf(model),
};

const figures = {
  annualSpend: ({ parts, currency }: Cost) => moneyFromParts(parts, currency),
  basis: ({ source }: Cost) => (source === 'PORTAL' ? 'ACTIVE_USERS' : 'CHECKED_IN_LICENSES'),
  costPerActiveUser: quotient,
  reason: reasonOf,
} satisfies SourceCostResolvers & OwnerCostResolvers;

const SourceCost: SourceCostResolvers = { ...figures, converted: (cost, { to }) => converted(cost, to) };

const OwnerCost: OwnerCostResolvers = { ...figures, owner: (line, _, context) => ownerOf(context, line) };

export const costTypes = { CostPerActiveUser, OwnerCost, OwnerCostConnection: connection, SourceCost } satisfies Resolvers;
