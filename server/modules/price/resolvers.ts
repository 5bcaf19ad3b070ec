import { parseId } from '../../db/filter.js';
import type { MutationResolvers, PriceResolvers, QueryResolvers } from '../../graphql.generated.js';
import { moneyFromMinor } from '../../reports/shapes/money.js';
import { etag } from '../change/change.js';
import { loadPrices } from './load.js';
import { createPrice, deletePrice, priceSubject, updatePrice } from './service.js';
import { pricePage } from './store.js';

export const priceQueries = {
  prices: (_, args, context) => pricePage(context, args),
} satisfies QueryResolvers;

export const priceMutations = {
  createPrice: async (_, { input }, context) => payload(await createPrice(context, input)),
  updatePrice: async (_, { id, etag: version, input }, context) =>
    payload(await updatePrice(context, { id: parseId(id, 'id'), etag: version }, input)),
  deletePrice: async (_, { id, etag: version }, context) => {
    const { row, userErrors } = await deletePrice(context, { id: parseId(id, 'id'), etag: version });
    return userErrors.length === 0 ? { deletedId: id, price: null, userErrors } : { deletedId: null, price: row, userErrors };
  },
  loadPrices: (_, { csv }, context) => loadPrices(context, csv),
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof createPrice>>) => ({ price: row, userErrors });

export const Price: PriceResolvers = {
  etag: (row, _, context) => etag(context, priceSubject, row),
  amount: ({ amountMinor, currency }) => moneyFromMinor(amountMinor, currency),
};
