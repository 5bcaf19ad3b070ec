import { IconChevronRight, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';

import { IconButton } from '../../ui/Button';
import type { GridColumn } from '../../ui/grid/types';
import type { LicenceTask } from './LicenceDialogs';
import { type Licence, licenceHref, licenceName } from './licenceRow';
import classes from './licences.module.css';

/** Edit, delete and open, at the end of each row. */
export function actionColumn(mayWrite: boolean, onTask: (task: LicenceTask) => void): GridColumn<Licence> {
  return {
    key: 'actions', header: 'Actions', width: mayWrite ? 108 : 44, fixed: true, value: () => null,
    cell: (licence, tabIndex) => (
      <span className={classes.actions}>
        {mayWrite && (
          <>
            <IconButton label={`Edit licence ${licence.id}`} tabIndex={tabIndex} onClick={() => onTask({ kind: 'edit', row: licence })}>
              <IconPencil aria-hidden size={16} />
            </IconButton>
            <IconButton label={`Delete licence ${licence.id}`} tabIndex={tabIndex} onClick={() => onTask({ kind: 'delete', row: licence })}>
              <IconTrash aria-hidden size={16} />
            </IconButton>
          </>
        )}
        <Link to={licenceHref(licence)} tabIndex={tabIndex} className={classes.open} aria-label={`Open licence ${licence.id}, ${licenceName(licence)}`}>
          <IconChevronRight aria-hidden size={16} />
        </Link>
      </span>
    ),
  };
}
