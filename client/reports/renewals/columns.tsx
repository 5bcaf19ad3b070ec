import { IconCheck, IconCircleHalf2, IconX } from '@tabler/icons-react';

import type { RenewalRowFieldsFragment, RenewalState } from '../../api/generated/graphql';
import { StatusBadge } from '../../ui/Badge';
import type { Column } from '../../ui/columns';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { statusWord } from '../../ui/words';
import { ToneBadge } from '../frame/Badge';
import { expirationColumn, identityColumns, moneyColumns, quantityColumn } from '../frame/licenseColumns';
import type { Forecast } from './useRenewals';
import { bucketWord, stateWord } from './words';

/** A licence that expires. */
export type Row = RenewalRowFieldsFragment;

const look: Record<RenewalState, { tone: string; icon: typeof IconCheck }> = {
  NOT_RENEWED: { tone: 'over', icon: IconX },
  PARTIALLY_RENEWED: { tone: 'under', icon: IconCircleHalf2 },
  RENEWED: { tone: 'well', icon: IconCheck },
};

const of = (row: Row) => row.license;

/** The columns of the licences, as far as the viewer may read money. */
export function renewalColumns(mayReadMoney: boolean): GridColumn<Row>[] {
  return [
    ...identityColumns(of),
    expirationColumn(of),
    { key: 'daysRemaining', header: 'Days left', numeric: true, card: 'field', value: (row) => row.daysRemaining, cell: (row) => format.integer(row.daysRemaining) },
    { key: 'status', header: 'Status', value: (row) => statusWord[row.status], cell: (row) => <StatusBadge status={row.status} /> },
    { key: 'state', header: 'Renewal', card: 'badge', value: (row) => stateWord[row.state], cell: (row) => <ToneBadge {...look[row.state]} word={stateWord[row.state]} /> },
    quantityColumn(of),
    { key: 'atRisk', header: 'At risk', numeric: true, value: (row) => row.atRiskQuantity, cell: (row) => format.integer(row.atRiskQuantity) },
    ...(mayReadMoney ? moneyColumns<Row>('arr', 'ARR', (row) => row.license.renewalValueArr) : []),
  ];
}

type Day = Forecast['days'][number];
type Bucket = Forecast['buckets'][number];
type Figures = Day['figures'];

const arrOf = (figures: Figures, currency: string) => figures.arr?.amounts.find((amount) => amount.currency === currency);

/** One column of ARR per currency: sums of several are never one figure. */
function arrColumns<Item>(currencies: readonly string[], header: string, of: (item: Item) => Figures): Column<Item>[] {
  return currencies.map((currency) => ({
    key: `${header} ${currency}`, header: `${header} ${currency}`, numeric: true, value: (item) => arrOf(of(item), currency)?.amount ?? null,
    cell: (item) => format.money(arrOf(of(item), currency), { code: true }),
  }));
}

/** The days of the calendar as a table. */
export function dayColumns(currencies: readonly string[]): Column<Day>[] {
  return [
    { key: 'date', header: 'Day', value: (day) => day.date, cell: (day) => format.date(day.date) },
    { key: 'licenses', header: 'Licences', numeric: true, value: (day) => day.figures.licenses, cell: (day) => format.integer(day.figures.licenses) },
    { key: 'quantity', header: 'Seats', numeric: true, value: (day) => day.figures.quantity, cell: (day) => format.integer(day.figures.quantity) },
    ...arrColumns<Day>(currencies, 'ARR', (day) => day.figures),
  ];
}

/** The buckets as a table. */
export function bucketColumns(currencies: readonly string[]): Column<Bucket>[] {
  const count = (key: string, header: string, value: (bucket: Bucket) => number): Column<Bucket> => ({
    key, header, numeric: true, value, cell: (bucket) => format.integer(value(bucket)),
  });
  return [
    { key: 'name', header: 'Expires', value: (bucket) => bucketWord[bucket.name] },
    { key: 'from', header: 'From', value: (bucket) => bucket.from ?? null, cell: (bucket) => format.date(bucket.from) },
    { key: 'to', header: 'To', value: (bucket) => bucket.to ?? null, cell: (bucket) => format.date(bucket.to) },
    count('licenses', 'Licences', (bucket) => bucket.all.licenses),
    count('quantity', 'Seats', (bucket) => bucket.all.quantity),
    ...arrColumns<Bucket>(currencies, 'ARR', (bucket) => bucket.all),
    count('atRiskLicenses', 'Licences at risk', (bucket) => bucket.atRisk.licenses),
    count('atRiskQuantity', 'Seats at risk', (bucket) => bucket.atRisk.quantity),
    ...arrColumns<Bucket>(currencies, 'ARR at risk', (bucket) => bucket.atRisk),
    count('renewed', 'Renewed', (bucket) => bucket.renewed.licenses),
  ];
}
