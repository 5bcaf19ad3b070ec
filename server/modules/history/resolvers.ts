import { parseId } from '../../db/filter.js';
import type { MutationResolvers } from '../../graphql.generated.js';
import { restoreCompany, restoreLicense, restorePartner, restoreProduct } from './restore.js';
import { revertLicense } from './revert.js';

export const historyMutations = {
  restoreLicense: async (_, { id }, context) => {
    const { row, userErrors } = await restoreLicense(context, parseId(id, 'id'));
    return { license: row, userErrors };
  },
  revertLicense: async (_, { id, etag, entryId, fields }, context) => {
    const { row, userErrors } = await revertLicense(context, {
      id: parseId(id, 'id'), etag, entryId: parseId(entryId, 'entryId'), fields: fields ?? null,
    });
    return { license: row, userErrors };
  },
  restoreCompany: async (_, { id }, context) => {
    const { row, userErrors } = await restoreCompany(context, parseId(id, 'id'));
    return { company: row, userErrors };
  },
  restorePartner: async (_, { id }, context) => {
    const { row, userErrors } = await restorePartner(context, parseId(id, 'id'));
    return { partner: row, userErrors };
  },
  restoreProduct: async (_, { id }, context) => {
    const { row, userErrors } = await restoreProduct(context, parseId(id, 'id'));
    return { product: row, userErrors };
  },
} satisfies MutationResolvers;
