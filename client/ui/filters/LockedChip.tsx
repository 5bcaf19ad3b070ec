import { IconLock } from '@tabler/icons-react';

import classes from './FilterBar.module.css';

/** A filter that cannot be changed here: its name, its value, and a padlock. */
export function LockedChip({ label, value }: { label: string; value: string }) {
  return (
    <span className={classes['chip']} data-locked title={`${label} is fixed for this dashboard`}>
      <span className={classes['fixed']}>
        <IconLock aria-hidden size={14} stroke={1.8} />
        <span className="sw-visually-hidden">Fixed: </span>
        {label}: <span className={classes['value']}>{value}</span>
      </span>
    </span>
  );
}
