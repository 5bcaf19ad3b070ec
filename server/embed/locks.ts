import type { EmbedDashboard, LicenseFilter, LicenseSource, LifecycleStatus, MetricsFilter, ReportFilter } from '../graphql.generated.js';

/** Filters of a token that nobody may change. A key that is there holds at least one value. */
export interface LockedFilters {
  readonly partnerIds?: readonly string[];
  readonly companyIds?: readonly string[];
  readonly productIds?: readonly string[];
  readonly statuses?: readonly LifecycleStatus[];
  readonly currencies?: readonly string[];
  readonly sources?: readonly LicenseSource[];
  readonly productSlugs?: readonly string[];
}

export type LockKey = keyof LockedFilters;

const everywhere: readonly LockKey[] = ['partnerIds', 'companyIds', 'currencies'];
const ofRounds: readonly LockKey[] = [...everywhere, 'productIds', 'statuses'];
const ofReports: readonly LockKey[] = [...everywhere, 'sources', 'productSlugs'];

/** The locks that a dashboard's questions know. A lock that one of them does not know would be none there. */
export function locksOf(dashboard: EmbedDashboard): readonly LockKey[] {
  return dashboard === 'OVERVIEW' ? ofRounds : ofReports;
}

/** Variables as they came, or as they go into a question. */
export type Variables = Readonly<Record<string, unknown>>;

/** Sets a token's locks in the variables of one question; null when these ask for something else than the locks say. */
export type Lock = (variables: Variables, locked: LockedFilters) => Variables | null;

/** What a locked key is called in a filter input, and the value it has there. */
type Setting = readonly [field: string, locked: unknown];

/** For `$filter: MetricsFilter`. */
export const lockMetrics: Lock = (variables, locked) =>
  withFilter<MetricsFilter>(variables, (filter) => {
    const owners = set(filter, [['partnerIds', locked.partnerIds], ['companyIds', locked.companyIds]]);
    const { rounds, ...rest } = owners ?? {};
    const locks: Setting[] = [['product', among(locked.productIds)], ['lifecycleStatus', among(locked.statuses)], ['currency', among(locked.currencies)]];
    const conditions = isObject(rounds ?? {}) ? set((rounds ?? {}) as Variables, locks, apart) : null;
    if (owners === null || conditions === null) return null;
    // No condition on rounds is another question than an empty one: it also counts owners without any.
    return rounds == null && Object.keys(conditions).length === 0 ? rest : { ...rest, rounds: conditions };
  });

/** For `$filter: LicenseFilter`: what came stays beside the locks, so that no `or` and no `not` of it reaches around them. */
export const lockLicenses: Lock = (variables, locked) =>
  withFilter<LicenseFilter>(variables, (filter) => set(filter, [
    ['partner', among(locked.partnerIds)], ['company', among(locked.companyIds)], ['product', among(locked.productIds)],
    ['lifecycleStatus', among(locked.statuses)], ['currency', among(locked.currencies)],
  ], apart));

/** For `$filter: ReportFilter`. */
export const lockReport: Lock = (variables, locked) =>
  withFilter<ReportFilter>(variables, (filter) => set(filter, [
    ['partnerIds', locked.partnerIds], ['companyIds', locked.companyIds], ['currencies', locked.currencies],
    ['sources', locked.sources], ['products', locked.productSlugs],
  ]));

/** For questions after the names of owners and products, where a boolean each says which are wanted: none that a lock is about. */
export const lockNames = (partners: string, companies: string, products: string): Lock => (variables, locked) => {
  const owners = locked.partnerIds !== undefined || locked.companyIds !== undefined;
  if (owners && (variables[partners] === true || variables[companies] === true)) return null;
  if (locked.productIds !== undefined && variables[products] === true) return null;
  return { ...variables, ...(owners ? { [partners]: false, [companies]: false } : {}), ...(locked.productIds ? { [products]: false } : {}) };
};

/** For questions without a filter that show nothing of any row. */
export const lockNothing: Lock = (variables) => variables;

function withFilter<Filter>(variables: Variables, change: (filter: Variables) => Partial<Record<keyof Filter, unknown>> | null): Variables | null {
  const came = variables['filter'] ?? {};
  const filter = isObject(came) ? change(came) : null;
  if (filter === null) return null;
  return variables['filter'] == null && Object.keys(filter).length === 0 ? variables : { ...variables, filter };
}

type Merge = (filter: Variables, locks: Variables) => Variables;

const together: Merge = (filter, locks) => ({ ...filter, ...locks });
const apart: Merge = (filter, locks) => (Object.keys(locks).length === 0 ? filter : { and: [filter, locks] });

/** The filter with what is locked; null when it says something else there. */
function set(filter: Variables, settings: readonly Setting[], merge: Merge = together): Variables | null {
  const locks = settings.filter(([, locked]) => locked !== undefined);
  if (locks.some(([field, locked]) => filter[field] != null && meaning(filter[field]) !== meaning(locked))) return null;
  return merge(filter, Object.fromEntries(locks));
}

function among(values: readonly string[] | undefined): { in: readonly string[] } | undefined {
  return values && { in: values };
}

/** Equal for values that mean the same: order does not matter, nor whether an id came as a number. */
function meaning(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify([...new Set(value.map(String))].sort());
  return isObject(value) ? JSON.stringify(Object.entries(value).map(([name, part]) => [name, meaning(part)])) : JSON.stringify(value) ?? '';
}

function isObject(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
