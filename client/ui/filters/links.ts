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
