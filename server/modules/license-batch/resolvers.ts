import type { MutationResolvers } from '../../graphql.generated.js';
import { changeLicenses } from './changes.js';

export const batchMutations = {
  changeLicenses: (_, { changes }, context) => changeLicenses(context, changes),
} satisfies MutationResolvers;
