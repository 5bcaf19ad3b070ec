import type { UnifiedLicenseFilter } from '../../api/generated/graphql';
import { daysOf } from '../../ui/filters/presets';
import type { Filters } from '../../ui/filters/state';

/** The filters this list obeys. */
export const unifiedKeys = ['source', 'slug', 'partner', 'company', 'status', 'dates', 'currency'] as const;

/** All, premium ones, or the others. */
export const kinds = ['all', 'premium', 'other'] as const;
export type Kind = (typeof kinds)[number];

/** The last day as a condition; the dates of this list are those on which licences end. */
function expiration(filters: Filters, asOf: string): UnifiedLicenseFilter['expirationDate'] {
  if (!filters.dates) return undefined;
  const { from, to } = daysOf(filters.dates, asOf);
  return { ...(from ? { gte: from } : {}), ...(to ? { lte: to } : {}) };
}

/** The filters of the URL as conditions on unified licences; undefined when none is set. */
export function toUnifiedFilter(filters: Filters, kind: Kind, asOf: string): UnifiedLicenseFilter | undefined {
  const conditions: UnifiedLicenseFilter = {};
  if (filters.source.length > 0) conditions.source = filters.source;
  if (filters.slug.length > 0) conditions.productSlug = { in: filters.slug };
  if (filters.partner.length > 0) conditions.partner = { in: filters.partner };
  if (filters.company.length > 0) conditions.company = { in: filters.company };
  if (filters.status.length > 0) conditions.lifecycleStatus = { in: filters.status };
  if (filters.currency.length > 0) conditions.currency = { in: filters.currency };
  if (filters.dates) conditions.expirationDate = expiration(filters, asOf);
  if (kind !== 'all') conditions.isPremium = kind === 'premium';
  if (filters.q !== '') conditions.search = filters.q;
  return Object.keys(conditions).length > 0 ? conditions : undefined;
}
