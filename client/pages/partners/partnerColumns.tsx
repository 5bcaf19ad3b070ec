import { Link } from 'react-router';

import type { GridColumn } from '../../ui/grid/types';
import { utilizationColumns } from '../detail/utilizationColumns';
import classes from '../licences/licences.module.css';
import { partnerHref, type PartnerRow } from './partner';

/** The columns of the list of partners; figures for those who may read activity. */
export function partnerColumns(mayReadActivity: boolean): GridColumn<PartnerRow>[] {
  return [
    {
      key: 'name', header: 'Partner', sortKey: 'NAME', width: 'minmax(200px, 1fr)', frozen: true, card: 'title', value: (row) => row.name,
      cell: (row, tabIndex) => <Link to={partnerHref(row)} tabIndex={tabIndex} className={classes.owner}>{row.name}</Link>,
    },
    ...(mayReadActivity ? utilizationColumns<PartnerRow>() : []),
    { key: 'id', header: 'Id', sortKey: 'ID', width: 80, numeric: true, value: (row) => row.id },
  ];
}
