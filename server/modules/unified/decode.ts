import sql, { join, raw, type Sql } from 'sql-template-tag';
import { askedColumns, column, decodeAsked, decodeEvery, everyColumn, type Columns, type ReadByField } from '../../db/columns.js';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Dialect, Row } from '../../db/dialect/dialect.js';
import type { Selection } from '../../db/selection.js';
import type { LicenseSource, LicenseSubStatus, LifecycleStatus, UnifiedLicense } from '../../graphql.generated.js';
import { mixedTexts, type UnifiedColumn } from './columns.js';
import type { UnifiedLicenseRow } from './entity.js';

type Stored = Omit<UnifiedLicenseRow, 'asOf'>;
export type UnifiedProperty = keyof Stored;

const flag = (row: Row, name: string): boolean => number(row, name) === 1;
const instant = (row: Row, name: string): string | null => instantOrNull(row[name]);
/** A DATE; the embedded database may hold a time with it. */
const day = (row: Row, name: string): string | null => textOrNull(row, name)?.slice(0, 10) ?? null;

const columns: Columns<Stored, UnifiedColumn> = {
  uid: column('id', number),
  source: column('source', (row, name) => text(row, name) as LicenseSource),
  rowId: column('row_id', number),
  provider: column('provider', textOrNull),
  licenseKey: column('license_key', textOrNull),
  siteUrl: column('site_url', textOrNull),
  siteHost: column('site_host', textOrNull),
  siteCount: column('site_count', number),
  productKey: column('product_key', textOrNull),
  companyId: column('company_id', numberOrNull),
  partnerId: column('partner_id', numberOrNull),
  isPremium: column('is_premium', flag),
  quantity: column('quantity', number),
  isUnlimited: column('is_unlimited', flag),
  activations: column('activations', numberOrNull),
  startDate: column('start_date', day),
  endDate: column('end_date', day),
  graceEndDate: column('grace_end_date', day),
  currency: column('currency', textOrNull),
  arr: column('arr', textOrNull),
  unitPrice: column('unit_price', textOrNull),
  intervalMonths: column('interval_months', numberOrNull),
  autoRenew: column('auto_renew', (row, name) => (row[name] == null ? null : flag(row, name))),
  lastCheckedInAt: column('last_checked_in_at', instant),
  status: column('status', (row, name) => text(row, name) as LifecycleStatus),
  subStatus: column('sub_status', (row, name) => text(row, name) as LicenseSubStatus),
  fetchedAt: column('fetched_at', instant),
};

const owner: readonly UnifiedProperty[] = ['source', 'companyId', 'partnerId'];

const readBy: ReadByField<UnifiedLicense, Stored> = {
  id: ['source', 'rowId'],
  source: ['source'],
  licenseKey: ['licenseKey'],
  siteUrl: ['siteUrl'],
  siteCount: ['siteCount'],
  productSlug: ['productKey'],
  owner,
  ownerName: [...owner, 'siteHost'],
  license: ['source', 'rowId'],
  provider: ['provider'],
  isPremium: ['isPremium'],
  quantity: ['quantity'],
  isUnlimited: ['isUnlimited'],
  activations: ['activations'],
  purchaseDate: ['startDate'],
  expirationDate: ['endDate'],
  graceEndDate: ['graceEndDate'],
  renewalValueArr: ['arr', 'currency'],
  unitPrice: ['unitPrice', 'currency'],
  billingIntervalMonths: ['intervalMonths'],
  autoRenew: ['autoRenew'],
  lastCheckedInAt: [...owner, 'lastCheckedInAt'],
  daysSinceCheckIn: [...owner, 'lastCheckedInAt'],
  lifecycleStatus: ['status'],
  daysRemaining: ['endDate'],
  subStatus: ['subStatus'],
  fetchedAt: ['fetchedAt'],
};

export const everyUnifiedProperty: readonly UnifiedProperty[] = everyColumn(columns);

/** What a selection on licences asks for. */
export function unifiedPropertiesAsked(selection: Selection): UnifiedProperty[] {
  return askedColumns(columns, 'uid', readBy, selection);
}

/** The columns of the relation that the properties are made from. */
export function unifiedColumnsOf(properties: readonly UnifiedProperty[]): UnifiedColumn[] {
  return properties.map((property) => columns[property].name);
}

const exact: ReadonlySet<UnifiedColumn> = new Set(['arr', 'unit_price']);

/** Columns of `k`, fit to stand in one list with those of other sources. */
export function rowSelection(dialect: Dialect, selected: readonly UnifiedColumn[]): Sql {
  return join(selected.map((name) => {
    const value = raw(`k.${name}`);
    const read = mixedTexts.has(name) ? dialect.neutralText(value) : exact.has(name) ? dialect.exactInteger(value) : value;
    return sql`${read} as ${raw(name)}`;
  }));
}

const [decodeAll, decodeSome] = [decodeEvery<Stored>(columns), decodeAsked<Stored>(columns)];

/** A row of every property. */
export function decodeUnified(asOf: string): (row: Row) => UnifiedLicenseRow {
  return (row) => ({ ...decodeAll(row), asOf });
}

/** A row of some properties. */
export function decodeAskedUnified(asOf: string): (row: Row) => UnifiedLicenseRow {
  return (row) => Object.assign(decodeSome(row), { asOf });
}
