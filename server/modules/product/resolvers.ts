import { parseId } from '../../db/filter.js';
import { fromSelection, rowsOf } from '../../db/selection.js';
import type { MutationResolvers, ProductResolvers, QueryResolvers } from '../../graphql.generated.js';
import { etag } from '../change/change.js';
import { licenseShape } from '../license/columns.js';
import { loadLicensesOf } from '../license/loaders.js';
import { loadProduct } from './loaders.js';
import { createProduct, deleteProduct, productSubject, updateProduct } from './service.js';
import { productPage } from './store.js';

export const productQueries = {
  product: (_, { id }, context) => loadProduct(context, parseId(id, 'id')),
  products: (_, args, context) => productPage(context, args),
} satisfies QueryResolvers;

export const productMutations = {
  createProduct: async (_, { input }, context) => payload(await createProduct(context, input)),
  updateProduct: async (_, { id, etag: version, input }, context) =>
    payload(await updateProduct(context, { id: parseId(id, 'id'), etag: version }, input)),
  deleteProduct: async (_, { id, etag: version }, context) => {
    const { userErrors } = await deleteProduct(context, { id: parseId(id, 'id'), etag: version });
    return { deletedId: userErrors.length === 0 ? id : null, userErrors };
  },
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof createProduct>>) => ({ product: row, userErrors });

export const Product: ProductResolvers = {
  etag: (row, _, context) => etag(context, productSubject, row),
  licenses: ({ id }, args, context, info) =>
    loadLicensesOf(context, 'product', id, args, fromSelection(info, (selection) => licenseShape(rowsOf(selection)))),
};
