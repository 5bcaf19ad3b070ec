import pLimit from 'p-limit';
import { z } from 'zod';
import { ProviderFailure } from './failure.js';
import { limitOf } from './http-json.js';
import { ProviderHttp } from './http.js';
import type { Answer, Call, CheckIn, ExternalLicenseProvider, KnownLicense, KnownLicenses, Page } from './provider.js';
import type { ProviderSettings } from './settings.js';
import { count, flag, isEnabled, lastDay, licenseKey as keyShape, limit, reasonOf, shortText, sitesOf } from './values.js';

/** Requests under way at once; the rate limit spaces them. */
const AT_ONCE = 4;
/** Keys between two notes of how far we are. */
const KEYS_PER_PAGE = 25;

const answerShape = (timeZone: string) =>
  z.object({
    success: flag, status: shortText(32), expiration_date: lastDay(timeZone), activation_limit: limit, activations_count: count,
    variation_title: shortText(255),
  });
const verdict = z.object({ success: flag, status: shortText(32) });

/**
 * A service that answers for one key at a time: `GET url?fluent-cart=check_license&license_key=…&item_id=…&site_url=…`.
 * It has no list, so that the keys known here are refreshed, the stalest first. Asking is also how it learns of a check-in.
 */
export class FluentProvider implements ExternalLicenseProvider {
  readonly listsAll = false;
  private readonly http: ProviderHttp;
  private readonly answerShape: ReturnType<typeof answerShape>;

  constructor(
    readonly settings: ProviderSettings,
    timeZone: string,
    private readonly known: KnownLicenses,
  ) {
    this.http = new ProviderHttp(settings);
    this.answerShape = answerShape(timeZone);
  }

  async page(cursor: string | null, call: Call): Promise<Page> {
    const next = await this.known.next(this.settings.name, cursor, KEYS_PER_PAGE);
    const oneOfFew = pLimit(AT_ONCE);
    const answers = await oneOfFew.map(next.licenses, (license) => this.answerOrNone(license, call));
    // One key that the service stumbles over is left as it is; a service that answers nothing at all is down.
    const failures = answers.filter((answer) => answer instanceof ProviderFailure);
    if (failures[0] !== undefined && failures.length === answers.length) throw failures[0];
    return {
      answers: answers.map((answer, index) =>
        answer instanceof ProviderFailure ? { kind: 'rejected', licenseKey: next.licenses[index]?.licenseKey ?? null, reason: answer.message } : answer,
      ),
      cursor: next.cursor,
      isLast: next.cursor === null,
      total: next.total,
    };
  }

  async check(license: KnownLicense, call: Call): Promise<Answer> {
    const { licenseKey, productSlug } = license;
    if (!keyShape.safeParse(licenseKey).success) return { kind: 'rejected', licenseKey: null, reason: 'is no licence key' };
    const item = this.itemOf(productSlug);
    if (item === null) return { kind: 'rejected', licenseKey, reason: 'no item id is configured for its product' };
    const body = await this.ask(license, item, call);
    const said = verdict.safeParse(body);
    if (said.success && said.data.success === false && said.data.status === 'invalid') return { kind: 'invalid', licenseKey };
    const parsed = this.answerShape.safeParse(body);
    if (!parsed.success || parsed.data.status === null) {
      return { kind: 'rejected', licenseKey, reason: parsed.success ? 'status is missing' : reasonOf(parsed.error) };
    }
    const { status, expiration_date: expirationDate, activation_limit: given, activations_count: activationCount, variation_title: variation } = parsed.data;
    return {
      kind: 'license',
      facts: {
        licenseKey, productSlug, variation, companyId: null, partnerId: null,
        sites: license.siteUrl === null ? [] : sitesOf([license.siteUrl], null),
        ...limitOf(given, this.settings),
        activationCount, purchaseDate: null, expirationDate, priceMinor: null, currency: null, intervalMonths: null, autoRenew: null,
        status, isEnabled: isEnabled(status), lastCheckedInAt: null,
      },
    };
  }

  async reportCheckIn(checkIn: CheckIn, call: Call): Promise<void> {
    const item = this.itemOf(checkIn.productSlug);
    if (item !== null) await this.ask(checkIn, item, call);
  }

  private async answerOrNone(license: KnownLicense, call: Call): Promise<Answer | ProviderFailure> {
    try {
      return await this.check(license, call);
    } catch (error) {
      // A refused token, or a request to stay away, is about all keys and not about this one.
      if (error instanceof ProviderFailure && error.again && error.retryAfterMs === null) return error;
      throw error;
    }
  }

  private ask({ licenseKey, siteUrl }: KnownLicense, item: string, call: Call): Promise<unknown> {
    const url = new URL(this.settings.url);
    const parameters = { 'fluent-cart': 'check_license', license_key: licenseKey, item_id: item, site_url: siteUrl ?? '' };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return this.http.json({ url }, call);
  }

  /** The item of a product; with one item configured, that of a licence whose product is unknown. */
  private itemOf(productSlug: string | null): string | null {
    const items = Object.values(this.settings.items);
    if (productSlug === null) return items.length === 1 ? (items[0] ?? null) : null;
    return this.settings.items[productSlug] ?? null;
  }
}
