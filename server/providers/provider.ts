import type { ProviderSettings } from './settings.js';

/** A site on which a licence is activated. */
export interface Site {
  url: string;
  host: string;
  /** ISO instant of the latest check-in that the provider knows. */
  lastCheckedInAt: string | null;
}

/** What a provider says of one licence key, checked and in our own terms. */
export interface LicenseFacts {
  licenseKey: string;
  /** In lower case. */
  productSlug: string | null;
  variation: string | null;
  companyId: number | null;
  partnerId: number | null;
  sites: Site[];
  activationLimit: number | null;
  isUnlimited: boolean;
  activationCount: number | null;
  purchaseDate: string | null;
  /** Last day; null: no end. */
  expirationDate: string | null;
  /** Minor units of the currency. */
  priceMinor: number | null;
  currency: string | null;
  /** Months of a billing interval; null: not billed again. */
  intervalMonths: number | null;
  autoRenew: boolean | null;
  status: string | null;
  isEnabled: boolean;
  /** ISO instant. */
  lastCheckedInAt: string | null;
}

/** One answer: a licence; the word that a known key is no longer valid; or something that cannot be used. */
export type Answer =
  | { kind: 'license'; facts: LicenseFacts }
  | { kind: 'invalid'; licenseKey: string }
  | { kind: 'rejected'; licenseKey: string | null; reason: string };

/** A page of answers, and where to go on. */
export interface Page {
  answers: Answer[];
  /** Where the next page begins; after the last page, where the next synchronisation begins; null: at the start. */
  cursor: string | null;
  isLast: boolean;
  /** Licences in all; null when the provider does not say. */
  total: number | null;
}

/** What a call into a provider may be told to do. */
export interface Call {
  signal: AbortSignal;
  /** Told of the failure after which a call waits to try again, and of null when it goes on. */
  waiting?(failure: string | null): void;
}

/** A licence at a site, as far as a provider must know it to answer. */
export interface KnownLicense {
  licenseKey: string;
  productSlug: string | null;
  siteUrl: string | null;
}

/** That a site was seen running a licence. */
export interface CheckIn extends KnownLicense {
  siteUrl: string;
  /** ISO instant. */
  checkedInAt: string;
}

/** An outside service that holds premium licences. Failures are ProviderFailure, whose messages may be shown. */
export interface ExternalLicenseProvider {
  readonly settings: ProviderSettings;
  /** True when a read from the start lists every licence, so that what it leaves out is missing there. */
  readonly listsAll: boolean;
  /** The licences changed since a cursor, a page of them; null: all of them. */
  page(cursor: string | null, call: Call): Promise<Page>;
  /** One licence. */
  check(license: KnownLicense, call: Call): Promise<Answer>;
  /** Tells the provider that a site was seen. */
  reportCheckIn(checkIn: CheckIn, call: Call): Promise<void>;
}

/** The keys that are known here, for providers that cannot list theirs. */
export interface KnownLicenses {
  /** The next keys after a cursor of its own making, the stalest first, none that was read since the cursor's beginning. */
  next(provider: string, cursor: string | null, limit: number): Promise<{ licenses: KnownLicense[]; cursor: string | null; total: number }>;
}
