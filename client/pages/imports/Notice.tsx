import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import classes from './imports.module.css';

const icons = { bad: IconAlertTriangle, doubt: IconAlertTriangle, good: IconCheck, plain: IconInfoCircle };

/** Something to know before going on, on the tint of what it means. */
export function Notice({ tone, alert = false, children }: { tone: keyof typeof icons; alert?: boolean; children: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div className={classes['notice']} data-tone={tone} role={alert ? 'alert' : undefined}>
      <Icon aria-hidden size={18} />
      <div>{children}</div>
    </div>
  );
}
