import { IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { Link } from 'react-router';

import type { GridColumn } from '../../ui/grid/types';
import classes from '../detail/detail.module.css';
import { utilizationColumns } from '../detail/utilizationColumns';
import licences from '../licences/licences.module.css';
import { companyHref, type CompanyRow } from './company';

const name: GridColumn<CompanyRow> = {
  key: 'name', header: 'Company', sortKey: 'NAME', width: 'minmax(200px, 1fr)', frozen: true, card: 'title', value: (row) => row.name,
  cell: (row, tabIndex) => <Link to={companyHref(row)} tabIndex={tabIndex} className={licences.owner}>{row.name}</Link>,
};

const partner: GridColumn<CompanyRow> = {
  key: 'partner', header: 'Partner', sortKey: 'PARTNER', width: 200, value: (row) => row.partner?.name ?? null,
  cell: (row, tabIndex) => (row.partner ? <Link to={`/partners/${row.partner.id}`} tabIndex={tabIndex}>{row.partner.name}</Link> : '–'),
};

const rest: readonly GridColumn<CompanyRow>[] = [
  {
    key: 'switch', header: 'State', width: 128, value: (row) => (row.active ? 'Active' : 'Switched off'),
    cell: ({ active }) => {
      const Icon = active ? IconCheck : IconCircleDashed;
      return <span className={classes.flag} data-on={active || undefined}><Icon aria-hidden size={14} />{active ? 'Active' : 'Switched off'}</span>;
    },
  },
  { key: 'id', header: 'Id', sortKey: 'ID', width: 80, numeric: true, optional: true, value: (row) => row.id },
];

/** The columns of a list of companies; figures for those who may read activity, the partner where several are listed. */
export function companyColumns(mayReadActivity: boolean, withPartner: boolean): GridColumn<CompanyRow>[] {
  return [name, ...(withPartner ? [partner] : []), ...(mayReadActivity ? utilizationColumns<CompanyRow>() : []), ...rest];
}
