import { IconAlertTriangle } from '@tabler/icons-react';

import type { LifecycleStatus } from '../../api/generated/graphql';
import { StatusBadge } from '../../ui/Badge';
import classes from './licences.module.css';
import { statusHint } from './statusHint';

/** The derived status as a badge, the typed one beside it, and a mark where the two disagree. */
export function LicenceStatus({ typed, derived }: { typed: string; derived: LifecycleStatus }) {
  const hint = statusHint(typed, derived);
  return (
    <span className={classes.status}>
      <StatusBadge status={derived} />
      <span className={classes.typed} data-disagrees={hint ? true : undefined} title={hint ?? `Typed status: ${typed}`}>
        {hint && <IconAlertTriangle aria-hidden size={14} />}
        {typed}
        {hint && <span className="sw-visually-hidden">. {hint}</span>}
      </span>
    </span>
  );
}
