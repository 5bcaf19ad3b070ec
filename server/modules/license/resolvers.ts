import { fromSelection, rowsOf } from '../../db/selection.js';
import { parseId } from '../../db/filter.js';
import type { LicenseResolvers, MutationResolvers, QueryResolvers } from '../../graphql.generated.js';
import { addDays } from '../../reports/shapes/days.js';
import { daysRemaining, inForceStatuses, lifecycleStatus } from '../../reports/shapes/lifecycle.js';
import { minorFromFloat, moneyFromMinor } from '../../reports/shapes/money.js';
import { loadHistory } from '../audit/store.js';
import { etag } from '../change/change.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { loadProduct } from '../product/loaders.js';
import { ownerUtilization } from '../utilization/service.js';
import { licenseShape } from './columns.js';
import { LICENSE, type LicenseRow } from './entity.js';
import { totalDisagrees } from './lifecycle.js';
import { loadLicense } from './loaders.js';
import { createLicense, deleteLicense, licenseSubject, updateLicense } from './service.js';
import { licensePage } from './store.js';

export const licenseQueries = {
  license: (_, { id }, context) => loadLicense(context, parseId(id, 'id')),
  licenses: (_, args, context, info) =>
    licensePage(context, args, fromSelection(info, (selection) => licenseShape(rowsOf(selection)))),
} satisfies QueryResolvers;

export const licenseMutations = {
  createLicense: async (_, { input }, context) => payload(await createLicense(context, input)),
  updateLicense: async (_, { id, etag: version, input }, context) =>
    payload(await updateLicense(context, { id: parseId(id, 'id'), etag: version }, input)),
  deleteLicense: async (_, { id, etag: version }, context) => {
    const { userErrors } = await deleteLicense(context, { id: parseId(id, 'id'), etag: version });
    return { deletedId: userErrors.length === 0 ? id : null, userErrors };
  },
} satisfies MutationResolvers;

const payload = ({ row, userErrors }: Awaited<ReturnType<typeof createLicense>>) => ({ license: row, userErrors });

/** An amount stored as FLOAT in the round's currency; null when the currency is unknown. */
function stored({ currency }: LicenseRow, amount: number) {
  const minor = minorFromFloat(amount, currency);
  return minor === null ? null : moneyFromMinor(minor, currency);
}

export const License: LicenseResolvers = {
  etag: (row, _, context) => etag(context, licenseSubject, row),
  history: ({ id }, args, context) => loadHistory(context, LICENSE, id, args),
  owner: async (row, _, context) => {
    if ((row.companyId === null) === (row.partnerId === null)) return null;
    return row.companyId === null ? partnerOf(row, context) : companyOf(row, context);
  },
  company: (row, _, context) => companyOf(row, context),
  partner: (row, _, context) => partnerOf(row, context),
  product: (row, _, context) => (row.product === undefined ? loadProduct(context, row.productId) : row.product),
  unitCost: (row) => stored(row, row.unitCost),
  annualValue: (row) => {
    const minor = minorFromFloat(row.unitCost, row.currency);
    return minor === null ? null : moneyFromMinor(minor.times(row.seats), row.currency);
  },
  totalCost: (row) => stored(row, row.totalCost),
  totalCostDisagrees: (row) => totalDisagrees(row),
  lifecycleStatus: (row, { asOf }, { today, config }) => lifecycleStatus(row, asOf ?? today, config.GRACE_DAYS_PREMIUM),
  inForce: (row, { asOf }, { today, config }) =>
    inForceStatuses.includes(lifecycleStatus(row, asOf ?? today, config.GRACE_DAYS_PREMIUM)),
  daysRemaining: (row, { asOf }, { today }) => daysRemaining(row.endDate, asOf ?? today),
  graceEndDate: (row, _, { config }) => (row.endDate === null ? null : addDays(row.endDate, config.GRACE_DAYS_PREMIUM)),
  utilization: (row, args, context) => {
    if ((row.companyId === null) === (row.partnerId === null)) return null;
    return row.companyId === null
      ? ownerUtilization(context, 'PARTNER', row.partnerId ?? 0, args)
      : ownerUtilization(context, 'COMPANY', row.companyId, args);
  },
};

type RowContext = Parameters<typeof loadCompany>[0];

function companyOf(row: LicenseRow, context: RowContext) {
  if (row.company !== undefined || row.companyId === null) return row.company ?? null;
  return loadCompany(context, row.companyId);
}

function partnerOf(row: LicenseRow, context: RowContext) {
  if (row.partner !== undefined || row.partnerId === null) return row.partner ?? null;
  return loadPartner(context, row.partnerId);
}
