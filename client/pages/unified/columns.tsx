import { Link } from 'react-router';

import { StatusBadge } from '../../ui/Badge';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { statusWord } from '../../ui/words';
import classes from './unified.module.css';
import { type Unified, unifiedHref, unifiedName, unifiedOwnerHref } from './unifiedRow';
import { oneSourceWord, subStatusWord } from './words';

const muted = (text: string, title?: string) => <span className={classes['muted']} title={title}>{text}</span>;

const name: GridColumn<Unified> = {
  key: 'owner', header: 'Owner or site', sortKey: 'OWNER', width: 'minmax(172px, 1fr)', frozen: true, card: 'title', value: unifiedName,
  cell: (row, tabIndex) => {
    const href = unifiedHref(row) ?? unifiedOwnerHref(row);
    return href ? <Link to={href} tabIndex={tabIndex} className={classes['name']}>{unifiedName(row)}</Link> : <span className={classes['site']}>{unifiedName(row)}</span>;
  },
};

function Status({ row }: { row: Unified }) {
  const beside = subStatusWord[row.subStatus];
  return (
    <span className={classes['status']}>
      <StatusBadge status={row.lifecycleStatus} />
      {beside && <span className={classes['muted']}>{beside}</span>}
    </span>
  );
}

function Quantity({ row }: { row: Unified }) {
  if (row.isUnlimited) return <span title="No limit">∞</span>;
  if (row.source === 'EXTERNAL' && row.quantity === 0) return <span title="The provider does not say how many">unknown</span>;
  return <>{format.integer(row.quantity)}</>;
}

function CheckIn({ row }: { row: Unified }) {
  if (row.daysSinceCheckIn == null) return muted('never', 'No check-in or activity is known');
  return <span title={row.lastCheckedInAt ? format.instant(row.lastCheckedInAt, 'UTC') : undefined}>{row.daysSinceCheckIn === 0 ? 'today' : `${format.days(row.daysSinceCheckIn)} ago`}</span>;
}

const common: readonly GridColumn<Unified>[] = [
  { key: 'source', header: 'Source', width: 76, value: (row) => oneSourceWord[row.source] },
  { key: 'product', header: 'Product', sortKey: 'PRODUCT', width: 128, card: 'field', value: (row) => row.productSlug ?? null, cell: (row) => row.productSlug ?? muted('unknown') },
  { key: 'quantity', header: 'Quantity', sortKey: 'QUANTITY', width: 80, numeric: true, card: 'field', value: (row) => (row.isUnlimited ? 'unlimited' : row.quantity), cell: (row) => <Quantity row={row} /> },
  { key: 'purchaseDate', header: 'Start', sortKey: 'PURCHASE_DATE', width: 100, value: (row) => row.purchaseDate ?? null, cell: (row) => format.date(row.purchaseDate) },
  { key: 'expirationDate', header: 'End', sortKey: 'EXPIRATION_DATE', width: 100, card: 'field', value: (row) => row.expirationDate ?? null, cell: (row) => (row.expirationDate ? format.date(row.expirationDate) : muted('No end')) },
  { key: 'daysRemaining', header: 'Days left', width: 72, numeric: true, value: (row) => row.daysRemaining ?? null, cell: (row) => (row.daysRemaining == null ? muted('–', 'Perpetual: no last day') : format.integer(row.daysRemaining)) },
  { key: 'status', header: 'Status', width: 180, card: 'badge', value: (row) => statusWord[row.lifecycleStatus], cell: (row) => <Status row={row} /> },
  { key: 'lastCheckedInAt', header: 'Last check-in', width: 104, card: 'field', value: (row) => row.lastCheckedInAt ?? null, cell: (row) => <CheckIn row={row} /> },
];

const money: readonly GridColumn<Unified>[] = [
  { key: 'arr', header: 'ARR', sortKey: 'ARR', width: 112, numeric: true, value: (row) => row.renewalValueArr?.amount ?? null, cell: (row) => (row.renewalValueArr ? format.money(row.renewalValueArr, { code: true }) : muted('–', 'No price is known')) },
  { key: 'currency', header: 'Currency', width: 84, optional: true, value: (row) => row.renewalValueArr?.currency ?? null },
  { key: 'unitPrice', header: 'Unit price', width: 116, numeric: true, optional: true, value: (row) => row.unitPrice?.amount ?? null, cell: (row) => format.money(row.unitPrice, { code: true }) },
];

const yes = (value: boolean | null | undefined) => (value == null ? null : value ? 'yes' : 'no');

const rare: readonly GridColumn<Unified>[] = [
  { key: 'subStatus', header: 'Beside the dates', width: 120, optional: true, value: (row) => subStatusWord[row.subStatus] || null },
  { key: 'premium', header: 'Premium', width: 84, optional: true, value: (row) => yes(row.isPremium) },
  { key: 'siteUrl', header: 'Site', width: 200, optional: true, value: (row) => row.siteUrl ?? null },
  { key: 'siteCount', header: 'Sites', width: 72, numeric: true, optional: true, value: (row) => row.siteCount },
  { key: 'licenseKey', header: 'Licence key', width: 220, optional: true, value: (row) => row.licenseKey ?? null },
  { key: 'activations', header: 'Activations', width: 96, numeric: true, optional: true, value: (row) => row.activations ?? null, cell: (row) => format.integer(row.activations) },
  { key: 'autoRenew', header: 'Renews itself', width: 108, optional: true, value: (row) => yes(row.autoRenew) },
  { key: 'billing', header: 'Billed every, months', width: 140, numeric: true, optional: true, value: (row) => row.billingIntervalMonths ?? null },
  { key: 'graceEndDate', header: 'Grace until', width: 108, optional: true, value: (row) => row.graceEndDate ?? null, cell: (row) => format.date(row.graceEndDate) },
  { key: 'provider', header: 'Provider', width: 108, optional: true, value: (row) => row.provider ?? null },
  { key: 'fetchedAt', header: 'Confirmed', width: 148, optional: true, value: (row) => row.fetchedAt ?? null, cell: (row) => (row.fetchedAt ? format.instant(row.fetchedAt, 'UTC') : muted('live')) },
  { key: 'id', header: 'Id', sortKey: 'ID', width: 128, optional: true, value: (row) => row.id },
];

const all = { withMoney: [name, ...common, ...money, ...rare], withoutMoney: [name, ...common, ...rare] };

/** The columns of the unified list; amounts only for those who may read money. */
export const unifiedColumns = (mayReadMoney: boolean) => (mayReadMoney ? all.withMoney : all.withoutMoney);
