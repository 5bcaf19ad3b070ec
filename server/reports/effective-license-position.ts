import type { Context } from '../context.js';
import { once, type Page } from '../db/page.js';
import { fromSelection, rowsOf } from '../db/selection.js';
import type {
  EffectiveLicensePositionResolvers, Money, PositionLineConnectionResolvers, PositionLineResolvers, PositionTotalsResolvers, QueryResolvers, ReportMeta,
  ReportOwner,
} from '../graphql.generated.js';
import { connection } from '../modules/pages.js';
import { reportMeta, warning } from './meta.js';
import { moneyFromParts, moneySum, ratesOf } from './money-sum.js';
import { decimal } from './shapes/money.js';
import { ratio } from './shapes/ratio.js';
import { linePage, type LineModel } from './effective-license-position/page.js';
import { positionQuery, type PositionQuery } from './effective-license-position/query.js';
import { positions, readTotals, type Totals } from './effective-license-position/totals.js';

/** A position whose totals and lines are each read when they are asked for. */
export interface PositionModel {
  query: PositionQuery;
  totals: () => Promise<Totals>;
}

/** Totals, and the day whose rates convert them. */
export interface PositionTotalsModel extends Totals {
  context: Context;
  asOf: string;
}

export type LinePage = Page<LineModel>;

export const positionQueries = {
  effectiveLicensePosition: (_, args, context, info): PositionModel => {
    const query = positionQuery(context, args);
    // Prices cost a second look at every licence: only where money is asked for, or warned about, and may be seen.
    const wanted = fromSelection(info, (selection) => selection.has('meta') || selection.below('totals').has('trueUpCost'));
    return { query, totals: once(() => readTotals(query, wanted && context.signedIn().permissions.has('READ_MONEY'))) };
  },
} satisfies QueryResolvers;

const EffectiveLicensePosition: EffectiveLicensePositionResolvers = {
  totals: async ({ query, totals }): Promise<PositionTotalsModel> => ({ ...(await totals()), context: query.context, asOf: query.asOf }),
  lines: async ({ query, totals }, args, _, info): Promise<LinePage> => {
    const page = await linePage(query, args, fromSelection(info, (selection) => rowsOf(selection).has('trueUpCost')));
    // Without a search the totals know how many lines there are.
    return args.search?.trim() ? page : { ...page, totalCount: once(async () => linesIn(await totals(), args.positions ?? null)) };
  },
  meta: ({ query, totals }) => meta(query, totals),
};

function linesIn({ lines }: Totals, among: readonly unknown[] | null): number {
  return [...lines].filter(([position]) => among === null || among.includes(position)).reduce((sum, [, count]) => sum + count, 0);
}

async function meta(query: PositionQuery, totals: () => Promise<Totals>): Promise<ReportMeta> {
  const { unknownLimits, unattributed, invalidRows, unpriced } = await totals();
  const { asOf, scope } = query;
  return reportMeta(query.context, {
    asOf,
    sources: scope.sources,
    users: scope.sources.includes('PORTAL'),
    warnings: [
      ...warning('INVALID_ROUNDS', invalidRows, `${invalidRows} rounds are invalid and left out.`),
      ...warning('UNKNOWN_QUANTITY', unknownLimits, `${unknownLimits} external licences in force name no activation limit and add nothing to what was purchased.`),
      ...warning('UNATTRIBUTED_USERS', unattributed, `${unattributed} portal users belong to owners that hold several products or none, and to no line.`),
      ...warning('MISSING_UNIT_PRICE', unpriced, `${unpriced} lines have a deficit and no price; they add nothing to the true-up cost.`),
    ],
  });
}

const PositionTotals: PositionTotalsResolvers = {
  deployed: (totals) => deployed(totals),
  deployedUsers: ({ users, unattributed }) => users + unattributed,
  deployedActivations: ({ activations }) => activations,
  deployedTrials: ({ trials }) => trials,
  compliance: (totals) => ratio(deployed(totals), totals.purchased),
  compliancePercent: (totals) => percent(deployed(totals), totals.purchased),
  trueUpCost: ({ trueUp, context, asOf }) => moneySum(trueUp, ratesOf(context, asOf)),
  byPosition: ({ lines }) => positions.map((position) => ({ position, lines: lines.get(position) ?? 0 })),
};

function deployed({ users, unattributed, activations, trials }: Totals): number {
  return users + unattributed + activations + trials;
}

/** To one decimal; null when nothing is purchased. */
function percent(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : Math.round((numerator / denominator) * 1000) / 10;
}

const PositionLine: PositionLineResolvers = {
  owner: (line) => ownerOf(line),
  productSlug: ({ productKey }) => productKey || null,
  compliance: ({ deployed: used, purchased }) => ratio(used, purchased),
  compliancePercent: ({ deployed: used, purchased }) => percent(used, purchased),
  surplus: ({ position, purchased, deployed: used }) => (position === 'UNLIMITED' ? null : purchased - used),
  trueUpCost: (line) => trueUpCost(line),
};

/** Whom a line stands for; a site without an address is nobody. */
function ownerOf({ companyId, partnerId, host, name }: LineModel): ReportOwner | null {
  if (companyId !== null) return { kind: 'COMPANY', id: companyId, name: name ?? '' };
  if (partnerId !== null) return { kind: 'PARTNER', id: partnerId, name: name ?? '' };
  return host === null || host === '' ? null : { kind: 'SITE', id: host, name: host };
}

function trueUpCost({ position, deployed: used, purchased, price }: LineModel): Money | null {
  if (price === null || (position !== 'DEFICIT' && position !== 'UNLICENSED')) return null;
  return moneyFromParts(decimal(price.parts).times(used - purchased), price.currency);
}

const PositionLineConnection: PositionLineConnectionResolvers = connection;

/** The types of the report that need resolvers. */
export const positionTypes = { EffectiveLicensePosition, PositionLine, PositionLineConnection, PositionTotals };
