import type { LicenseSource, LicenseSubStatus, LifecycleStatus } from '../../graphql.generated.js';

/** One licence of any source, judged at asOf. */
export interface UnifiedLicenseRow {
  /** Id over all sources, as in the relation. */
  uid: number;
  source: LicenseSource;
  /** Id within the source. */
  rowId: number;
  provider: string | null;
  licenseKey: string | null;
  siteUrl: string | null;
  siteHost: string | null;
  siteCount: number;
  productKey: string | null;
  companyId: number | null;
  partnerId: number | null;
  isPremium: boolean;
  quantity: number;
  isUnlimited: boolean;
  activations: number | null;
  startDate: string | null;
  endDate: string | null;
  graceEndDate: string | null;
  currency: string | null;
  /** 1/60 minor units. */
  arr: string | null;
  /** 1/60 minor units. */
  unitPrice: string | null;
  intervalMonths: number | null;
  autoRenew: boolean | null;
  /** Of trials and external licences; that of portal rounds is read from the log when asked for. */
  lastCheckedInAt: string | null;
  status: LifecycleStatus;
  subStatus: LicenseSubStatus;
  fetchedAt: string | null;
  /** The day at which it was judged. */
  asOf: string;
}
