import { number, numberOrNull, text, textOrNull } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { isCalendarDay } from '../reports/shapes/days.js';
import { hostOf } from '../reports/shapes/host.js';
import type { Term } from './evaluate.js';

/** A row of the table of trials, as far as a check must know it. */
export interface TrialRow extends Term {
  id: number;
  licenseKey: string;
  /** As stored. */
  siteUrl: string;
  host: string;
  /** In lower case. */
  productSlug: string;
  isActive: boolean;
  /** The flag `is_fluent_license_check`: the site runs a premium licence. */
  isConverted: boolean;
  premiumKey: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  lastCheckIn: Date | null;
}

/** A licence of the mirror, as far as a check by one site must know it. */
export interface PremiumRow {
  id: number;
  licenseKey: string;
  provider: string;
  productSlug: string | null;
  lastDay: string | null;
  purchaseDate: string | null;
  isEnabled: boolean;
  /** Activations it allows; null: unlimited or unknown. */
  limit: number | null;
  /** Activations that the provider counts; null: it does not say. */
  activationCount: number | null;
  /** Sites that are known here. */
  siteCount: number;
  /** The activation of the site that asks; null: it has none. */
  activationId: number | null;
  /** True when the provider names the site as this licence's. */
  isNamedSite: boolean;
}

/** Decodes a row of the statements in `trials.ts`. */
export function trialFrom(row: Row): TrialRow {
  const premiumKey = textOrNull(row, 'premium_license_id');
  return {
    id: number(row, 'id'),
    licenseKey: text(row, 'license_key'),
    siteUrl: text(row, 'site_url'),
    host: hostOf(text(row, 'site_url')),
    productSlug: text(row, 'product_slug').trim().toLowerCase(),
    lastDay: dayOrNull(row, 'last_day'),
    ownGraceDay: dayOrNull(row, 'own_grace_day'),
    isActive: numberOrNull(row, 'is_active') === 1,
    isConverted: numberOrNull(row, 'is_fluent_license_check') === 1,
    premiumKey: premiumKey === '' ? null : premiumKey,
    createdAt: dateOrNull(row['created_at']),
    updatedAt: dateOrNull(row['updated_at']),
    lastCheckIn: dateOrNull(row['last_check_in']),
  };
}

/** Decodes a row of the statement in `premium.ts` for the site with this host. */
export function premiumFrom(row: Row, host: string, activationId: number | null): PremiumRow {
  const limit = numberOrNull(row, 'activation_limit');
  return {
    id: number(row, 'id'),
    licenseKey: text(row, 'license_key'),
    provider: text(row, 'provider'),
    productSlug: textOrNull(row, 'product_slug')?.trim().toLowerCase() ?? null,
    lastDay: dayOrNull(row, 'last_day'),
    purchaseDate: dayOrNull(row, 'purchase_date'),
    isEnabled: numberOrNull(row, 'is_enabled') === 1,
    // 0 is how providers write `unlimited` or nothing at all: either way no site can be refused for it.
    limit: numberOrNull(row, 'is_unlimited') === 1 || limit === 0 ? null : limit,
    activationCount: numberOrNull(row, 'activation_count'),
    siteCount: number(row, 'site_count'),
    activationId,
    isNamedSite: textOrNull(row, 'site_host') === host,
  };
}

/**
 * True when the site may run the licence: it is one of its activations, or there is room for another. A provider that counts
 * activations without naming their sites leaves room for as many sites as it counts.
 */
export function mayRun({ activationId, isNamedSite, limit, activationCount, siteCount }: PremiumRow): boolean {
  return activationId !== null || isNamedSite || limit === null || Math.min(activationCount ?? siteCount, siteCount) < limit;
}

/** A customer's column may hold what is no date at all, such as MySQL's zero date. */
function dateOrNull(value: unknown): Date | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const date = value instanceof Date ? value : new Date(`${text.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function dayOrNull(row: Row, column: string): string | null {
  const value = textOrNull(row, column);
  return value !== null && isCalendarDay(value) ? value : null;
}
