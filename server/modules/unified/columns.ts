import type { Sql } from 'sql-template-tag';

/**
 * The columns of a unified licence, the same from every source. Days are DATEs of REPORT_TIMEZONE; `arr` and `unit_price`
 * are whole numbers of 1/60 minor unit of `currency`, so that twelve months over any usual billing interval stay exact.
 */
export const unifiedColumns = [
  /** Unique over all sources: see `unifiedId`. */
  'id',
  /** PORTAL, TRIAL or EXTERNAL. */
  'source',
  /** Id of the row in its own table. */
  'row_id',
  'provider',
  'license_key',
  'site_url',
  /** Host of the site, see `hostOf`; null for portal rounds. */
  'site_host',
  'site_count',
  /** Slug or code in lower case; null when unknown. */
  'product_key',
  /** The product of a portal round as the number of its row: the same for the same product, and read without a join. */
  'product_id',
  'company_id',
  'partner_id',
  /** COMPANY, PARTNER or SITE; null for a trial without a readable address. */
  'owner_kind',
  /** Kind and identity of the owner as one text: `c:12`, `p:3`, `s:host`. */
  'owner_key',
  /** 1: portal, external, and trials whose flag is set. */
  'is_premium',
  /** Seats; 0 when unknown or unlimited. */
  'quantity',
  'is_unlimited',
  /** Activations of an external licence, 1 for a trial that is deployed, 0 for a portal round. */
  'deployed',
  /** Activations as the provider says; null elsewhere or when it does not. */
  'activations',
  'start_date',
  /** Last day, null without end. */
  'end_date',
  /** Last day of grace, null without end. */
  'grace_end_date',
  /** Null when there is no price. */
  'currency',
  /** 1/60 minor units; null when the price is unknown. */
  'arr',
  /** Per seat and year, of a whole external licence; 1/60 minor units; null for trials and when unknown. */
  'unit_price',
  'interval_months',
  'auto_renew',
  /** Null for portal rounds, whose activity stands in the log. */
  'last_checked_in_at',
  /** A LifecycleStatus. */
  'status',
  /** 0: switched off (a trial's is_active, the provider's word). Portal rounds are always 1. */
  'is_enabled',
  /** 1: a converted trial whose premium licence is mirrored, and so counts there. */
  'is_superseded',
  /** A LicenseSubStatus. */
  'sub_status',
  'fetched_at',
] as const;

/** Texts that come from tables of different makers. */
export const mixedTexts: ReadonlySet<UnifiedColumn> = new Set(['license_key', 'site_url', 'site_host', 'product_key', 'currency']);

export type UnifiedColumn = (typeof unifiedColumns)[number];

/** What each column is in one source. */
export type SourceColumns = Record<UnifiedColumn, Sql>;

/** A source: its columns, and the tables they stand in with the joins that some of them need. */
export interface UnifiedSourceSql {
  columns: SourceColumns;
  from: Sql;
  joins: { needs: readonly UnifiedColumn[]; join: Sql }[];
  /** On the table: the licence ends by the last of the days that are asked for, and its end or its grace is not before the first, or may not be. */
  mayEnd: Sql;
}

/** Licences that end by the last of the days, and whose end or grace is not before the first. */
export interface Ending {
  from: string;
  to: string;
}

/** Sources follow each other where nothing else orders them: ids of trials are of 32 bits, those of the mirror of fewer than 41. */
export const idOffsets = { PORTAL: 0, TRIAL: 2 ** 40, EXTERNAL: 2 ** 41 } as const;
