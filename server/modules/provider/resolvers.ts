import type { MutationResolvers, QueryResolvers } from '../../graphql.generated.js';
import { providers, syncProvider } from './service.js';

export const providerQueries = {
  providers: (_, _args, context) => providers(context),
} satisfies QueryResolvers;

export const providerMutations = {
  syncProvider: (_, { name, full }, context) => syncProvider(context, name, full),
} satisfies MutationResolvers;
