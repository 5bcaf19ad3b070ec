import { IconArrowUpRight } from '@tabler/icons-react';
import { Link } from 'react-router';

import { type Licence, ownerHref } from '../licenceRow';
import classes from '../licences.module.css';

/** The owner where a click on the cell selects or edits it: its page has a link of its own, for the pointer; keys reach it through the licence. */
export function OwnerCell({ owner }: { owner: Licence['owner'] }) {
  const href = ownerHref(owner);
  if (!owner || !href) return <span className={classes.muted}>No owner</span>;
  return (
    <span className={classes.ownerCell}>
      <span title={owner.name}>{owner.name}</span>
      <Link to={href} tabIndex={-1} className={classes.ownerLink} aria-label={`Open ${owner.name}`}><IconArrowUpRight aria-hidden size={14} /></Link>
    </span>
  );
}
