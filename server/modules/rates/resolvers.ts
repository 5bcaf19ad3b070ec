import type { MutationResolvers, QueryResolvers } from '../../graphql.generated.js';
import { deleteRate, loadRates, setRate } from './changes.js';
import { ratePage } from './store.js';

export const rateQueries = {
  exchangeRates: (_, args, context) => ratePage(context, args),
} satisfies QueryResolvers;

export const rateMutations = {
  setExchangeRate: async (_, { input }, context) => payload(await setRate(context, input)),
  deleteExchangeRate: async (_, key, context) => payload(await deleteRate(context, key)),
  loadExchangeRates: (_, { csv, source }, context) => loadRates(context, csv, source),
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof setRate>>) => ({ rate: row, userErrors });
