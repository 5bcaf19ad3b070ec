import type { LicenseFilter, MetricsFilter } from '../../api/generated/graphql';
import { daysOf } from './presets';
import type { Filters } from './urlState';

/** Conditions on rounds alone, owners left aside; undefined when there are none. */
function roundConditions(filters: Filters, asOf: string): LicenseFilter | undefined {
  const conditions: LicenseFilter = {};
  if (filters.dates) {
    const { from, to } = daysOf(filters.dates, asOf);
    conditions.runsWithin = { from, to };
  }
  if (filters.product.length > 0) conditions.product = { in: filters.product };
  if (filters.status.length > 0) conditions.lifecycleStatus = { in: filters.status };
  if (filters.currency.length > 0) conditions.currency = { in: filters.currency };
  return Object.keys(conditions).length > 0 ? conditions : undefined;
}

/** The filters as conditions on rounds; undefined when none is set. */
export function toLicenseFilter(filters: Filters, asOf: string): LicenseFilter | undefined {
  const conditions: LicenseFilter = { ...roundConditions(filters, asOf) };
  if (filters.partner.length > 0) conditions.partner = { in: filters.partner };
  if (filters.company.length > 0) conditions.company = { in: filters.company };
  if (filters.q !== '') conditions.search = filters.q;
  return Object.keys(conditions).length > 0 ? conditions : undefined;
}

/** The filters as owners and rounds that a metric covers; undefined when none is set. */
export function toMetricsFilter(filters: Filters, asOf: string): MetricsFilter | undefined {
  const filter: MetricsFilter = {};
  if (filters.partner.length > 0) filter.partnerIds = filters.partner;
  if (filters.company.length > 0) filter.companyIds = filters.company;
  const rounds = roundConditions(filters, asOf);
  if (rounds) filter.rounds = rounds;
  return Object.keys(filter).length > 0 ? filter : undefined;
}
