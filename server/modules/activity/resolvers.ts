import type { ActiveUserTotalsResolvers, QueryResolvers } from '../../graphql.generated.js';
import { rollupStatus } from './rollup-status.js';
import { activeUserTotals } from './service.js';

export const activityQueries = {
  activityRollup: (_, _args, context) => rollupStatus(context),
  activeUserStats: (_, { filter, ...args }, context) => activeUserTotals(context, filter, args),
} satisfies QueryResolvers;

export const ActiveUserTotals: ActiveUserTotalsResolvers = {
  total: (totals) => totals.total(),
  byOwner: (totals, { ownerType, first }) => totals.byOwner(ownerType, first ?? 1000),
};
