import type { LifecycleStatus, OwnerType } from '../../api/generated/graphql';
import { type Filters, noFilters, serializeFilters } from './urlState';

/** A link to a page's rows that carries the given filters on purpose, some replaced; asOf only when it is not today. */
export function linkTo(
  path: string,
  filters: Partial<Filters> = noFilters,
  overrides: Partial<Filters> = {},
  asOf?: string | null,
): string {
  return serializeFilters(path, { ...filters, ...overrides, asOf: asOf ?? null });
}

/** The statuses of rounds in force. */
const inForce: readonly LifecycleStatus[] = ['ACTIVE', 'EXPIRES_TODAY', 'PERPETUAL'];

/** Rounds in force among those that pass the filters. */
export function inForceStatuses(filters: Filters): LifecycleStatus[] {
  return filters.status.length === 0 ? [...inForce] : filters.status.filter((status) => inForce.includes(status));
}

/** One owner as a filter of rounds. */
export function ownerFilter(ownerType: OwnerType, ownerId: string): Partial<Filters> {
  return ownerType === 'COMPANY' ? { company: [ownerId] } : { partner: [ownerId] };
}
