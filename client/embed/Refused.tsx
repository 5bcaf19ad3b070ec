import { IconLayoutDashboard } from '@tabler/icons-react';

import classes from './embed.module.css';

/** Why is nobody's business here: a reader can do nothing about it, and whoever tries tokens learns nothing. */
export function Refused() {
  return (
    <div className={classes['refused']} role="status">
      <IconLayoutDashboard aria-hidden size={28} stroke={1.4} />
      <p>This dashboard is not available here.</p>
    </div>
  );
}
