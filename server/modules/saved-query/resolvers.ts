import { parseId } from '../../db/filter.js';
import type { MutationResolvers, QueryResolvers, SavedQueryResolvers } from '../../graphql.generated.js';
import { accountName } from '../audit/labels.js';
import { etag } from '../change/change.js';
import { chartOf, deleteSavedQuery, mayChange, savedQuerySubject, saveQuery, updateSavedQuery } from './service.js';
import { savedQueryById, savedQueryPage } from './store.js';

export const savedQueryQueries = {
  savedQueries: (_, args, context) => savedQueryPage(context, args),
  savedQuery: (_, { id }, context) => savedQueryById(context.db, context.signedIn().accountId, parseId(id, 'id')),
} satisfies QueryResolvers;

export const savedQueryMutations = {
  saveQuery: async (_, { input }, context) => payload(await saveQuery(context, input)),
  updateSavedQuery: async (_, { id, etag: version, input }, context) =>
    payload(await updateSavedQuery(context, { id: parseId(id, 'id'), etag: version }, input)),
  deleteSavedQuery: async (_, { id, etag: version }, context) => {
    const { row, userErrors } = await deleteSavedQuery(context, { id: parseId(id, 'id'), etag: version });
    return userErrors.length === 0 ? { deletedId: id, savedQuery: null, userErrors } : { deletedId: null, savedQuery: row, userErrors };
  },
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof saveQuery>>) => ({ savedQuery: row, userErrors });

export const SavedQuery: SavedQueryResolvers = {
  etag: (row, _, context) => etag(context, savedQuerySubject(context), row),
  shared: ({ shared }) => shared === 1,
  rows: ({ rowsPath }) => rowsPath,
  chart: (row) => chartOf(row),
  ownerName: ({ ownerId }, _, context) => accountName(context, ownerId),
  own: ({ ownerId }, _, context) => ownerId === context.signedIn().accountId,
  mayChange: (row, _, context) => mayChange(context, row),
  createdAt: ({ createdAt }) => createdAt.toISOString(),
  changedAt: ({ changedAt }) => changedAt.toISOString(),
};
