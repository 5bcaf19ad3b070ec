import { z } from 'zod';
import { ProviderFailure } from './failure.js';
import { ProviderHttp } from './http.js';
import type { Answer, Call, CheckIn, ExternalLicenseProvider, KnownLicense, LicenseFacts, Page } from './provider.js';
import type { FieldMap, ProviderSettings } from './settings.js';
import {
  addresses, count, currency, flag, instant, interval, isEnabled, lastDay, licenseKey, limit, minorUnits, optionalDay, ownerId, price,
  reasonOf, shortText, sitesOf, slug,
} from './values.js';

const rowShape = (timeZone: string) =>
  z.object({
    licenseKey, productSlug: slug, variation: shortText(255), siteUrl: addresses, activationLimit: limit, activationCount: count,
    purchaseDate: optionalDay(timeZone), expirationDate: lastDay(timeZone), price, currency, interval, autoRenew: flag, lastCheckIn: instant,
    status: shortText(32), companyId: ownerId, partnerId: ownerId,
  });

const pageShape = z.object({
  list: z.array(z.unknown()),
  nextCursor: z.union([z.string().min(1).max(1024), z.number().transform(String)]).nullish(),
  hasMore: z.boolean().nullish(),
  total: z.number().int().min(0).nullish(),
});

type RowShape = ReturnType<typeof rowShape>;
const rowFields = Object.keys(rowShape('UTC').shape) as (keyof RowShape['shape'])[];
const pageFields = Object.keys(pageShape.shape) as (keyof typeof pageShape.shape)[];

/**
 * A paged JSON list:
 * `GET url?cursor=…&limit=…` answers `{ data: [row…], next_cursor, has_more, total }`,
 * `GET url/KEY` one row, `POST url/KEY/check-ins` takes `{ site_url, checked_in_at }`. Names of fields are configurable.
 * The cursor of the last page is where the next synchronisation begins; without one it begins at the start.
 */
export class HttpJsonProvider implements ExternalLicenseProvider {
  readonly listsAll = true;
  private readonly http: ProviderHttp;
  private readonly row: RowShape;

  constructor(
    readonly settings: ProviderSettings,
    timeZone: string,
  ) {
    this.http = new ProviderHttp(settings);
    this.row = rowShape(timeZone);
  }

  async page(cursor: string | null, call: Call): Promise<Page> {
    const url = new URL(this.settings.url);
    url.searchParams.set('limit', String(this.settings.pageSize));
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const page = pageShape.safeParse(this.mapped(await this.http.json({ url }, call), pageFields));
    if (!page.success) throw new ProviderFailure(`The provider's page cannot be read: ${reasonOf(page.error, this.settings.fieldMap)}`);
    const { list, nextCursor = null, hasMore, total = null } = page.data;
    const isLast = hasMore == null ? nextCursor === null : !hasMore;
    if (!isLast && nextCursor === null) throw new ProviderFailure("The provider's page names no next one though there is more");
    return { answers: list.map((row) => this.answer(row)), cursor: nextCursor, isLast, total };
  }

  async check({ licenseKey: key }: KnownLicense, call: Call): Promise<Answer> {
    try {
      return this.answer(await this.http.json({ url: this.below(key) }, call));
    } catch (error) {
      if (error instanceof ProviderFailure && error.notFound) return { kind: 'invalid', licenseKey: key };
      throw error;
    }
  }

  async reportCheckIn({ licenseKey: key, siteUrl, checkedInAt }: CheckIn, call: Call): Promise<void> {
    await this.http.json({ url: this.below(key, 'check-ins'), body: { site_url: siteUrl, checked_in_at: checkedInAt } }, call);
  }

  private below(...parts: string[]): URL {
    const url = new URL(this.settings.url);
    url.pathname = [url.pathname.replace(/\/+$/, ''), ...parts.map(encodeURIComponent)].join('/');
    return url;
  }

  private answer(row: unknown): Answer {
    const mapped = this.mapped(row, rowFields);
    const parsed = this.row.safeParse(mapped);
    if (parsed.success) return { kind: 'license', facts: this.facts(parsed.data) };
    const key = licenseKey.safeParse((mapped as Record<string, unknown> | null)?.['licenseKey']);
    return { kind: 'rejected', licenseKey: key.success ? key.data : null, reason: reasonOf(parsed.error, this.settings.fieldMap) };
  }

  private facts(row: z.infer<RowShape>): LicenseFacts {
    const { activationLimit, siteUrl, lastCheckIn, price: amount, interval: intervalMonths, ...same } = row;
    return {
      ...same,
      sites: sitesOf(siteUrl, lastCheckIn),
      ...limitOf(activationLimit, this.settings),
      priceMinor: minorUnits(amount, row.currency),
      intervalMonths,
      isEnabled: isEnabled(row.status),
      lastCheckedInAt: lastCheckIn,
    };
  }

  /** The values that the field map names, under our own names. */
  private mapped(value: unknown, fields: readonly (keyof FieldMap)[]): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(fields.map((field) => [field, valueAt(value, this.settings.fieldMap[field])]));
  }
}

/** The limit as stored, and whether it is none: by the provider's word, or 0 where that is configured to mean it. */
export function limitOf({ limit: value, unlimited }: { limit: number | null; unlimited: boolean }, { limitZero }: ProviderSettings) {
  return { activationLimit: value, isUnlimited: unlimited || (value === 0 && limitZero === 'unlimited') };
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : undefined),
    value,
  );
}
