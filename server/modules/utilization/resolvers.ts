import type { QueryResolvers, UtilizationConnectionResolvers } from '../../graphql.generated.js';
import { connection } from '../pages.js';
import { utilizationLimits, utilizationPage } from './service.js';

export const utilizationQueries = {
  utilization: (_, args, context) => utilizationPage(context, args),
} satisfies QueryResolvers;

export const UtilizationConnection: UtilizationConnectionResolvers = {
  ...connection,
  limits: (_, __, context) => utilizationLimits(context),
};
