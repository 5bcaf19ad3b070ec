import { tenantsOf } from '../../auth/row-scope.js';
import type { SignedInViewer } from '../../auth/viewer.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { EmbedGrant } from '../../embed/grant.js';
import { locksOf, type LockedFilters, type LockKey } from '../../embed/locks.js';
import type { EmbedDashboard, EmbedScopeInput, LockedFiltersInput } from '../../graphql.generated.js';
import { isKnownCurrency } from '../../reports/shapes/money.js';
import { checkReference, checkText } from '../change/checks.js';
import { Faults } from '../change/refusal.js';

const MOST_ORIGINS = 20;
const MOST_VALUES = 100;
const LONGEST_ORIGIN = 255;
const LONGEST_SLUG = 100;

/** The dashboards, each once, at least one. */
export function checkDashboards(faults: Faults, dashboards: readonly EmbedDashboard[]): EmbedDashboard[] {
  if (dashboards.length === 0) faults.add('dashboards', 'REQUIRED', 'Name at least one dashboard.');
  return [...new Set(dashboards)];
}

/** Origins as browsers write them: scheme, host and port, nothing else. They stand in a header, where one more character could allow anybody. */
export function checkOrigins(faults: Faults, origins: readonly string[]): string[] {
  if (origins.length === 0) faults.add('allowedOrigins', 'REQUIRED', 'Name at least one origin, such as https://portal.example.');
  if (origins.length > MOST_ORIGINS) faults.add('allowedOrigins', 'INVALID', `At most ${MOST_ORIGINS} origins.`);
  const found = origins.slice(0, MOST_ORIGINS).map((given) => originOf(given.trim()));
  if (found.includes(null)) faults.add('allowedOrigins', 'INVALID', 'An origin is http:// or https://, a host and, where it is not the usual one, a port: https://portal.example:8443.');
  return [...new Set(found.filter((origin) => origin !== null))];
}

function originOf(given: string): string | null {
  if (given.length > LONGEST_ORIGIN || !/^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/?$/i.test(given) || !URL.canParse(given)) return null;
  return new URL(given).origin;
}

/** Seconds until the end. */
export function checkExpiry(faults: Faults, seconds: number, hours: number): number {
  if (seconds < 60 || seconds > hours * 3600) faults.add('expiresIn', 'INVALID', `A token lives from 60 to ${hours * 3600} seconds (${hours} hours).`);
  return seconds;
}

type ScopeOfGrant = Pick<EmbedGrant, 'role' | 'partnerId' | 'companyId'>;

/** The rows of the token: those named, which must be among the viewer's, or all of the viewer's as they are now. */
export async function checkScope(tx: ScopedTransaction, faults: Faults, viewer: SignedInViewer, given: EmbedScopeInput | null | undefined): Promise<ScopeOfGrant> {
  const within = new Faults(['scope']);
  const partnerId = await checkReference(tx, within, 'partnerId', 'partner', given?.partnerId);
  const companyId = await checkReference(tx, within, 'companyId', 'company', given?.companyId);
  if (given?.partnerId != null && given.companyId != null) within.add('companyId', 'INVALID', 'A token sees the rows of a partner or of a company, not of both.');
  faults.errors.push(...within.errors);
  const rows = partnerId !== null || companyId !== null ? { partnerId, companyId } : tenantsOf(viewer.scope);
  // A company of a partner is the narrower of the two.
  if (rows.companyId !== null) return { role: 'COMPANY', partnerId: null, companyId: rows.companyId };
  return { role: rows.partnerId !== null ? 'PARTNER' : viewer.role, partnerId: rows.partnerId, companyId: null };
}

const tableOf = { partnerIds: 'partner', companyIds: 'company', productIds: 'product' } as const;

/** The locked filters, as far as every dashboard of the token knows them: one that a dashboard does not know would not hold there. */
export async function checkLocks(
  tx: ScopedTransaction, faults: Faults, given: LockedFiltersInput | null | undefined, dashboards: readonly EmbedDashboard[],
): Promise<LockedFilters> {
  const within = new Faults(['lockedFilters']);
  const locked: Partial<Record<LockKey, string[]>> = {};
  for (const [key, values] of Object.entries(given ?? {}) as [LockKey, readonly (string | number)[] | null | undefined][]) {
    if (values == null) continue;
    const stranger = dashboards.find((dashboard) => !locksOf(dashboard).includes(key));
    if (stranger !== undefined) within.add(key, 'INVALID', `The dashboard ${stranger} does not know this filter, so it could not be locked there.`);
    else if (values.length === 0) within.add(key, 'REQUIRED', 'A locked filter names at least one value. Leave it out to lock nothing.');
    else if (values.length > MOST_VALUES) within.add(key, 'INVALID', `A locked filter names at most ${MOST_VALUES} values.`);
    else locked[key] = [...new Set(await checkValues(tx, within, key, values.map(String)))];
  }
  faults.errors.push(...within.errors);
  return locked as LockedFilters;
}

async function checkValues(tx: ScopedTransaction, faults: Faults, key: LockKey, values: readonly string[]): Promise<string[]> {
  switch (key) {
    case 'partnerIds':
    case 'companyIds':
    case 'productIds': {
      const ids: string[] = [];
      for (const value of values) ids.push(String(await checkReference(tx, faults, key, tableOf[key], value)));
      return ids;
    }
    case 'currencies':
      if (!values.every(isKnownCurrency)) faults.add(key, 'INVALID', 'One of these is no currency that Seatwise knows.');
      return [...values];
    case 'productSlugs':
      return values.map((value) => checkText(faults, key, 'A product', value, LONGEST_SLUG));
    case 'statuses':
    case 'sources':
      return [...values];
  }
}
