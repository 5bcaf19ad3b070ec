import { parseId } from '../../db/filter.js';
import { fromSelection, rowsOf } from '../../db/selection.js';
import type { MutationResolvers, PartnerResolvers, QueryResolvers } from '../../graphql.generated.js';
import { activityOverTime, ownerActiveUsers } from '../activity/service.js';
import { loadHistory } from '../audit/store.js';
import { partnerBranding } from '../branding/resolvers.js';
import { etag } from '../change/change.js';
import { loadCompaniesOf } from '../company/loaders.js';
import { companyShape } from '../company/resolvers.js';
import { licenseShape } from '../license/columns.js';
import { loadLicensesOf } from '../license/loaders.js';
import { userColumnsAsked } from '../user/columns.js';
import { loadUsersOf } from '../user/store.js';
import { ownerUtilization } from '../utilization/service.js';
import { PARTNER } from './entity.js';
import { loadPartner } from './loaders.js';
import { createPartner, deletePartner, partnerSubject, updatePartner } from './service.js';
import { partnerPage } from './store.js';

export const partnerQueries = {
  partner: (_, { id }, context) => loadPartner(context, parseId(id, 'id')),
  partners: (_, args, context) => partnerPage(context, args),
} satisfies QueryResolvers;

export const partnerMutations = {
  createPartner: async (_, { input }, context) => payload(await createPartner(context, input)),
  updatePartner: async (_, { id, etag: version, input }, context) =>
    payload(await updatePartner(context, { id: parseId(id, 'id'), etag: version }, input)),
  deletePartner: async (_, { id, etag: version }, context) => {
    const { userErrors } = await deletePartner(context, { id: parseId(id, 'id'), etag: version });
    return { deletedId: userErrors.length === 0 ? id : null, userErrors };
  },
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof createPartner>>) => ({ partner: row, userErrors });

export const Partner: PartnerResolvers = {
  ...partnerBranding,
  etag: (row, _, context) => etag(context, partnerSubject, row),
  history: ({ id }, args, context) => loadHistory(context, PARTNER, id, args),
  companies: ({ id }, args, context, info) =>
    loadCompaniesOf(context, id, args, fromSelection(info, (selection) => companyShape(rowsOf(selection)))),
  licenses: ({ id }, args, context, info) =>
    loadLicensesOf(context, 'partner', id, args, fromSelection(info, (selection) => licenseShape(rowsOf(selection)))),
  users: ({ id }, args, context, info) =>
    loadUsersOf(context, 'partner', id, args, fromSelection(info, (selection) => userColumnsAsked(rowsOf(selection)))),
  utilization: ({ id }, args, context) => ownerUtilization(context, 'PARTNER', id, args),
  activeUserStats: ({ id }, args, context) => ownerActiveUsers(context, 'PARTNER', id, args),
  activityOverTime: ({ id }, { range, interval }, context) => activityOverTime(context, 'PARTNER', id, range, interval),
};
