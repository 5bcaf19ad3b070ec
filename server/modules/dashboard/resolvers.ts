import type { DashboardResolvers, QueryResolvers, RevenueFigureResolvers } from '../../graphql.generated.js';
import { inForceStatuses, lifecycleStatuses } from '../../reports/shapes/lifecycle.js';
import { ratio } from '../../reports/shapes/ratio.js';
import { byStatus, convert, dashboard, revenue, revenueIn, seatsIn } from './service.js';

export const dashboardQueries = {
  dashboard: (_, { filter, ...args }, context) => dashboard(context, filter, args),
} satisfies QueryResolvers;

export const Dashboard: DashboardResolvers = {
  totalLicenses: async ({ rounds }) => seatsIn(await rounds(), lifecycleStatuses),
  activeLicenses: async ({ rounds }) => seatsIn(await rounds(), inForceStatuses),
  graceLicenses: async ({ rounds }) => seatsIn(await rounds(), ['IN_GRACE']),
  scheduledLicenses: async ({ rounds }) => seatsIn(await rounds(), ['SCHEDULED']),
  expiredLicenses: async ({ rounds }) => seatsIn(await rounds(), ['EXPIRED']),
  byStatus: async ({ rounds }) => byStatus(await rounds()),
  totalUsers: async ({ users }) => (await users()).registered,
  activeUsers: async ({ users }) => (await users()).active,
  activeShare: async ({ users }) => {
    const { active, registered } = await users();
    return ratio(active, registered);
  },
  utilization: async ({ rounds, users }) => {
    const [totals, { active }] = await Promise.all([rounds(), users()]);
    return ratio(active, seatsIn(totals, inForceStatuses));
  },
  bands: ({ bands }, { ownerType }) => bands(ownerType),
  revenue: (model) => revenue(model),
  revenueIn: (model, { currency }) => revenueIn(model, currency),
  meta: ({ meta }) => meta(),
};

export const RevenueFigure: RevenueFigureResolvers = {
  converted: (figure, { to }) => convert(figure, to),
};
