import { IconClockPause, IconPower, IconUsersMinus, IconZzz } from '@tabler/icons-react';

import type { ReclamationReason, ReclamationRowFieldsFragment } from '../../api/generated/graphql';
import type { Column } from '../../ui/columns';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { ToneBadge } from '../frame/Badge';
import { MoneySum } from '../frame/MoneySum';
import { expirationColumn, identityColumns, moneyColumns, quantityColumn } from '../frame/licenseColumns';
import type { Report } from './useReclamation';
import { classWord, reasonWord } from './words';

/** A licence with seats that can be given up. */
export type Row = ReclamationRowFieldsFragment;

const look: Record<ReclamationReason, { tone: string; icon: typeof IconPower }> = {
  OWNER_INACTIVE: { tone: 'expired', icon: IconPower },
  NEVER_USED: { tone: 'over', icon: IconZzz },
  STALE: { tone: 'under', icon: IconClockPause },
  UNDERUSED: { tone: 'under', icon: IconUsersMinus },
};

const of = (row: Row) => row.license;

/** The columns of the candidates, as far as the viewer may read money. */
export function reclamationColumns(mayReadMoney: boolean, timezone: string): GridColumn<Row>[] {
  return [
    ...identityColumns(of),
    { key: 'reason', header: 'Why', card: 'badge', value: (row) => reasonWord[row.reason], cell: (row) => <ToneBadge {...look[row.reason]} word={reasonWord[row.reason]} /> },
    { key: 'lastActivity', header: 'Last activity', optional: true, value: (row) => row.lastActivityAt ?? null },
    {
      key: 'days', header: 'Days unused', numeric: true, card: 'field', value: (row) => row.daysSinceActivity ?? null,
      cell: (row) =>
        row.lastActivityAt == null ? (
          <span title="No activity since its start">never used</span>
        ) : (
          <time dateTime={row.lastActivityAt} title={`${format.instant(row.lastActivityAt, timezone)} ${timezone}`}>
            {format.integer(row.daysSinceActivity)}
          </time>
        ),
    },
    {
      key: 'activeUsers', header: 'Active users', numeric: true, value: (row) => row.activeUsers ?? null,
      cell: (row) => (row.activeUsers == null ? <span title="Not known for external licences">–</span> : format.integer(row.activeUsers)),
    },
    quantityColumn(of),
    { key: 'reclaimable', header: 'Reclaimable', numeric: true, card: 'field', value: (row) => row.reclaimableSeats, cell: (row) => format.integer(row.reclaimableSeats) },
    ...(mayReadMoney ? moneyColumns<Row>('saving', 'Saving', (row) => row.saving) : []),
    expirationColumn(of),
  ];
}

type Figures = { saving?: Report['saving'] | { amounts: readonly { amount: string; currency: string }[] } | null };

/** One column of saving per currency: several are never one figure. */
function savingColumns<Item extends Figures>(currencies: readonly string[]): Column<Item>[] {
  const find = (item: Item, currency: string) => item.saving?.amounts.find((amount) => amount.currency === currency);
  return currencies.map((currency) => ({
    key: currency, header: `Saving ${currency}`, numeric: true, value: (item) => find(item, currency)?.amount ?? null,
    cell: (item) => format.money(find(item, currency), { code: true }),
  }));
}

const counted = <Item,>(key: string, header: string, value: (item: Item) => number): Column<Item> => ({
  key, header, numeric: true, value, cell: (item) => format.integer(value(item)),
});

/** The classes as a table. */
export const classColumns: Column<Report['classes'][number]>[] = [
  { key: 'class', header: 'Last used', value: (figure) => classWord[figure.class] },
  counted('licenses', 'Licences', (figure) => figure.licenses),
  counted('quantity', 'Seats', (figure) => figure.quantity),
];

const saving: Column<Report['reasons'][number]> = {
  key: 'saving', header: 'Saving a year', numeric: true, value: () => null, cell: (figure) => <MoneySum sum={figure.saving} none="–" />,
};

/** The reasons as a table. */
export function reasonColumns(currencies: readonly string[]): Column<Report['reasons'][number]>[] {
  return [
    { key: 'reason', header: 'Why', value: (figure) => reasonWord[figure.reason] },
    counted('licenses', 'Licences', (figure) => figure.licenses),
    counted('seats', 'Seats', (figure) => figure.seats),
    ...(currencies.length > 0 ? [saving] : []),
  ];
}

/** The months as a table. */
export function monthColumns(currencies: readonly string[]): Column<Report['byExpiration'][number]>[] {
  return [
    { key: 'month', header: 'Expires in', value: (figure) => figure.month ?? null, cell: (figure) => (figure.month ? format.month(figure.month) : 'No end') },
    counted('licenses', 'Licences', (figure) => figure.licenses),
    counted('seats', 'Seats', (figure) => figure.seats),
    ...savingColumns<Report['byExpiration'][number]>(currencies),
  ];
}
