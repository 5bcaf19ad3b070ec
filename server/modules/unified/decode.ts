import sql, { join, raw, type Sql } from 'sql-template-tag';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Dialect, Row } from '../../db/dialect/dialect.js';
import type { LicenseSource, LicenseSubStatus, LifecycleStatus } from '../../graphql.generated.js';
import { mixedTexts, type UnifiedColumn } from './columns.js';
import type { UnifiedLicenseRow } from './entity.js';

/** The columns that a row of a list is made from. */
export const rowColumns = [
  'id', 'source', 'row_id', 'provider', 'license_key', 'site_url', 'site_host', 'site_count', 'product_key', 'company_id', 'partner_id',
  'is_premium', 'quantity', 'is_unlimited', 'activations', 'start_date', 'end_date', 'grace_end_date', 'currency', 'arr', 'unit_price',
  'interval_months', 'auto_renew', 'last_checked_in_at', 'status', 'sub_status', 'fetched_at',
] as const satisfies readonly UnifiedColumn[];

const exact: ReadonlySet<UnifiedColumn> = new Set(['arr', 'unit_price']);

/** The columns of `k` from which `decodeUnified` makes a row, fit to stand in one list with those of other sources. */
export function rowSelection(dialect: Dialect): Sql {
  return join(rowColumns.map((column) => {
    const value = raw(`k.${column}`);
    const read = mixedTexts.has(column) ? dialect.neutralText(value) : exact.has(column) ? dialect.exactInteger(value) : value;
    return sql`${read} as ${raw(column)}`;
  }));
}

/** A row of `rowSelection`. */
export function decodeUnified(asOf: string): (row: Row) => UnifiedLicenseRow {
  return (row) => ({
    uid: number(row, 'id'),
    source: text(row, 'source') as LicenseSource,
    rowId: number(row, 'row_id'),
    provider: textOrNull(row, 'provider'),
    licenseKey: textOrNull(row, 'license_key'),
    siteUrl: textOrNull(row, 'site_url'),
    siteHost: textOrNull(row, 'site_host'),
    siteCount: number(row, 'site_count'),
    productKey: textOrNull(row, 'product_key'),
    companyId: numberOrNull(row, 'company_id'),
    partnerId: numberOrNull(row, 'partner_id'),
    isPremium: number(row, 'is_premium') === 1,
    quantity: number(row, 'quantity'),
    isUnlimited: number(row, 'is_unlimited') === 1,
    activations: numberOrNull(row, 'activations'),
    startDate: day(row, 'start_date'),
    endDate: day(row, 'end_date'),
    graceEndDate: day(row, 'grace_end_date'),
    currency: textOrNull(row, 'currency'),
    arr: textOrNull(row, 'arr'),
    unitPrice: textOrNull(row, 'unit_price'),
    intervalMonths: numberOrNull(row, 'interval_months'),
    autoRenew: row['auto_renew'] == null ? null : number(row, 'auto_renew') === 1,
    lastCheckedInAt: instantOrNull(row['last_checked_in_at']),
    status: text(row, 'status') as LifecycleStatus,
    subStatus: text(row, 'sub_status') as LicenseSubStatus,
    fetchedAt: instantOrNull(row['fetched_at']),
    asOf,
  });
}

/** A DATE; the embedded database may hold a time with it. */
function day(row: Row, column: string): string | null {
  return textOrNull(row, column)?.slice(0, 10) ?? null;
}
