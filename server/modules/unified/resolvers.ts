import { once, type Page } from '../../db/page.js';
import { fromSelection, rowsOf } from '../../db/selection.js';
import type { Context } from '../../context.js';
import type { Money, QueryResolvers, ReportMeta, UnifiedLicenseConnectionResolvers, UnifiedLicenseResolvers } from '../../graphql.generated.js';
import { reportMeta } from '../../reports/meta.js';
import { moneyFromParts } from '../../reports/money-sum.js';
import { dayOf, daysBetween, windowEnding } from '../../reports/shapes/days.js';
import { isKnownCurrency } from '../../reports/shapes/money.js';
import { loadLastActivityOfOwner } from '../activity/store.js';
import { loadCompany } from '../company/loaders.js';
import type { CompanyRow } from '../company/entity.js';
import { loadLicense } from '../license/loaders.js';
import { connection } from '../pages.js';
import type { PartnerRow } from '../partner/entity.js';
import { loadPartner } from '../partner/loaders.js';
import { unifiedPropertiesAsked } from './decode.js';
import type { UnifiedLicenseRow } from './entity.js';
import { parseUnifiedName, unifiedId, unifiedName } from './id.js';
import { unifiedPage } from './page.js';
import { allSources } from './relation.js';
import { loadUnified } from './store.js';

/** A page of licences of all sources, and how it was computed. */
export interface UnifiedPage extends Page<UnifiedLicenseRow> {
  meta: () => Promise<ReportMeta>;
}

export const unifiedQueries = {
  unifiedLicenses: async (_, { asOf, ...args }, context, info): Promise<UnifiedPage> => {
    const day = asOf ?? context.today;
    const page = await unifiedPage(context, args, day, fromSelection(info, (selection) => unifiedPropertiesAsked(rowsOf(selection))));
    return { ...page, meta: once(() => reportMeta(context, { asOf: day, sources: args.filter?.source ?? allSources })) };
  },
  unifiedLicense: (_, { id, asOf }, context) => loadUnified(context, unifiedId(parseUnifiedName(id, 'id')), asOf ?? context.today),
} satisfies QueryResolvers;

export const UnifiedLicenseConnection: UnifiedLicenseConnectionResolvers = { ...connection, meta: ({ meta }) => meta() };

export const UnifiedLicense: UnifiedLicenseResolvers = {
  id: (row) => unifiedName(row),
  productSlug: ({ productKey }) => productKey,
  purchaseDate: ({ startDate }) => startDate,
  expirationDate: ({ endDate }) => endDate,
  lifecycleStatus: ({ status }) => status,
  owner: (row, _, context) => ownerOf(row, context),
  ownerName: async (row, _, context) => (await ownerOf(row, context))?.name ?? (row.siteHost || null),
  license: ({ source, rowId }, _, context) => (source === 'PORTAL' ? loadLicense(context, rowId) : null),
  renewalValueArr: ({ arr, currency }, _, { config }) => amount(arr, currency ?? (arr === '0' ? config.REPORTING_CURRENCY : null)),
  unitPrice: ({ unitPrice, currency }) => amount(unitPrice, currency),
  billingIntervalMonths: ({ intervalMonths }) => intervalMonths,
  lastCheckedInAt: (row, _, context) => lastCheckIn(row, context),
  daysSinceCheckIn: async (row, _, context) => {
    const latest = await lastCheckIn(row, context);
    return latest === null ? null : daysBetween(dayOf(new Date(latest), context.config.REPORT_TIMEZONE), row.asOf);
  },
  // Read here, an instant that cannot be read is an error of the field.
  fetchedAt: ({ fetchedAt }) => fetchedAt,
  daysRemaining: ({ endDate, asOf }) => (endDate === null ? null : daysBetween(asOf, endDate)),
};

/** The owner as far as the viewer may see it. A round that names two belongs to neither. */
async function ownerOf(row: UnifiedLicenseRow, context: Context): Promise<CompanyRow | PartnerRow | null> {
  const { source, companyId, partnerId } = row;
  if (source === 'PORTAL' && companyId !== null && partnerId !== null) return null;
  if (companyId !== null) return loadCompany(context, companyId);
  return partnerId === null ? null : loadPartner(context, partnerId);
}

/** 1/60 minor units as money; null when the amount or the currency is unknown. */
function amount(parts: string | null, currency: string | null): Money | null {
  return parts === null || currency === null || !isKnownCurrency(currency) ? null : moneyFromParts(parts, currency);
}

/** What is known to have happened by the end of asOf. */
async function lastCheckIn(row: UnifiedLicenseRow, context: Context): Promise<string | null> {
  const { source, companyId, partnerId, asOf } = row;
  const { endsBefore } = windowEnding(asOf, 1, context.config.REPORT_TIMEZONE);
  if (source !== 'PORTAL') return row.lastCheckedInAt !== null && row.lastCheckedInAt < isoOf(endsBefore) ? row.lastCheckedInAt : null;
  if ((companyId === null) === (partnerId === null)) return null;
  return companyId === null
    ? loadLastActivityOfOwner(context, 'PARTNER', partnerId ?? 0, endsBefore)
    : loadLastActivityOfOwner(context, 'COMPANY', companyId, endsBefore);
}

/** `YYYY-MM-DD HH:MM:SS` in UTC as instants are written in answers. */
function isoOf(instant: string): string {
  return `${instant.replace(' ', 'T')}.000Z`;
}
