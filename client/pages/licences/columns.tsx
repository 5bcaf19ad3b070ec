import { Link } from 'react-router';

import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { statusWord } from '../../ui/words';
import { LicenceStatus } from './LicenceStatus';
import { type Licence, licenceHref, ownerHref } from './licenceRow';
import classes from './licences.module.css';

const money: readonly GridColumn<Licence>[] = [
  {
    key: 'unitCost', header: 'Unit cost', sortKey: 'UNIT_COST', width: 100, numeric: true,
    value: (row) => row.unitCost?.amount ?? null, cell: (row) => format.money(row.unitCost, { code: true }),
  },
  {
    key: 'annualValue', header: 'Annual value', sortKey: 'ANNUAL_VALUE', width: 120, numeric: true, card: 'field',
    value: (row) => row.annualValue?.amount ?? null, cell: (row) => format.money(row.annualValue, { code: true }),
  },
];

const owner: GridColumn<Licence> = {
  key: 'owner', header: 'Owner', sortKey: 'OWNER', width: 'minmax(176px, 1fr)', frozen: true, card: 'title',
  value: (row) => row.owner?.name ?? 'No owner',
  cell: (row, tabIndex) => {
    const href = ownerHref(row.owner);
    return href
      ? <Link to={href} tabIndex={tabIndex} className={classes.owner}>{row.owner?.name}</Link>
      : <span className={classes.muted}>No owner</span>;
  },
};

const common: readonly GridColumn<Licence>[] = [
  { key: 'product', header: 'Product', sortKey: 'PRODUCT', width: 136, value: (row) => row.product?.label ?? null },
  { key: 'seats', header: 'Seats', sortKey: 'SEATS', width: 64, numeric: true, card: 'field', value: (row) => row.seats, cell: (row) => format.integer(row.seats) },
  { key: 'startDate', header: 'Start', sortKey: 'START_DATE', width: 96, value: (row) => row.startDate, cell: (row) => format.date(row.startDate) },
  {
    key: 'endDate', header: 'End', sortKey: 'END_DATE', width: 96, card: 'field', value: (row) => row.endDate ?? null,
    cell: (row) => (row.endDate ? format.date(row.endDate) : <span className={classes.muted}>No end</span>),
  },
  {
    key: 'daysRemaining', header: 'Days left', width: 76, numeric: true, value: (row) => row.daysRemaining ?? null,
    cell: (row) => (row.daysRemaining == null ? <span title="Perpetual: no last day">–</span> : format.integer(row.daysRemaining)),
  },
  {
    key: 'status', header: 'Status', sortKey: 'STATUS', width: 180, card: 'badge', value: (row) => statusWord[row.lifecycleStatus],
    cell: (row) => <LicenceStatus typed={row.status} derived={row.lifecycleStatus} />,
  },
];

const rare: readonly GridColumn<Licence>[] = [
  { key: 'currency', header: 'Currency', sortKey: 'CURRENCY', width: 96, value: (row) => row.currency },
  { key: 'typed', header: 'Typed status', width: 120, optional: true, value: (row) => row.status },
  { key: 'ownerType', header: 'Kind of owner', width: 120, optional: true, value: (row) => row.owner?.__typename ?? null },
  { key: 'graceEndDate', header: 'Grace until', width: 116, optional: true, value: (row) => row.graceEndDate ?? null, cell: (row) => format.date(row.graceEndDate) },
  {
    key: 'id', header: 'Id', sortKey: 'ID', width: 80, numeric: true, value: (row) => row.id,
    cell: (row, tabIndex) => <Link to={licenceHref(row)} tabIndex={tabIndex}>{row.id}</Link>,
  },
];

const all = { withMoney: [owner, ...common, ...money, ...rare], withoutMoney: [owner, ...common, ...rare] };

/** The columns of a list of licences; prices only for those who may read money. */
export const licenceColumns = (mayReadMoney: boolean) => (mayReadMoney ? all.withMoney : all.withoutMoney);
