import { parseId } from '../../db/filter.js';
import { fromSelection, rowsOf, type Selection } from '../../db/selection.js';
import type { CompanyResolvers, MutationResolvers, QueryResolvers } from '../../graphql.generated.js';
import { activityOverTime, ownerActiveUsers } from '../activity/service.js';
import { loadHistory } from '../audit/store.js';
import { etag } from '../change/change.js';
import { licenseShape } from '../license/columns.js';
import { loadLicensesOf } from '../license/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { userColumnsAsked } from '../user/columns.js';
import { loadUsersOf } from '../user/store.js';
import { ownerUtilization } from '../utilization/service.js';
import { companyColumnsAsked } from './columns.js';
import { COMPANY } from './entity.js';
import { loadCompany } from './loaders.js';
import { companySubject, createCompany, deleteCompany, updateCompany } from './service.js';
import { companyPage, type CompanyShape } from './store.js';

/** What a selection on companies needs beside the companies themselves. */
export function companyShape(selection: Selection): CompanyShape {
  return { columns: companyColumnsAsked(selection), partner: selection.has('partner') };
}

export const companyQueries = {
  company: (_, { id }, context) => loadCompany(context, parseId(id, 'id')),
  companies: (_, args, context, info) =>
    companyPage(context, args, fromSelection(info, (selection) => companyShape(rowsOf(selection)))),
} satisfies QueryResolvers;

export const companyMutations = {
  createCompany: async (_, { input }, context) => payload(await createCompany(context, input)),
  updateCompany: async (_, { id, etag: version, input }, context) =>
    payload(await updateCompany(context, { id: parseId(id, 'id'), etag: version }, input)),
  deleteCompany: async (_, { id, etag: version }, context) => {
    const { userErrors } = await deleteCompany(context, { id: parseId(id, 'id'), etag: version });
    return { deletedId: userErrors.length === 0 ? id : null, userErrors };
  },
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof createCompany>>) => ({ company: row, userErrors });

export const Company: CompanyResolvers = {
  etag: (row, _, context) => etag(context, companySubject, row),
  history: ({ id }, args, context) => loadHistory(context, COMPANY, id, args),
  active: ({ active }) => active === 1,
  partner: (row, _, context) => {
    if (row.partner !== undefined || row.partnerId === null) return row.partner ?? null;
    return loadPartner(context, row.partnerId);
  },
  licenses: ({ id }, args, context, info) =>
    loadLicensesOf(context, 'company', id, args, fromSelection(info, (selection) => licenseShape(rowsOf(selection)))),
  users: ({ id }, args, context, info) =>
    loadUsersOf(context, 'company', id, args, fromSelection(info, (selection) => userColumnsAsked(rowsOf(selection)))),
  utilization: ({ id }, args, context) => ownerUtilization(context, 'COMPANY', id, args),
  activeUserStats: ({ id }, args, context) => ownerActiveUsers(context, 'COMPANY', id, args),
  activityOverTime: ({ id }, { range, interval }, context) => activityOverTime(context, 'COMPANY', id, range, interval),
};
