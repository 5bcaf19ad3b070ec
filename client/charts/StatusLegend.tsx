import type { LifecycleStatus } from '../api/generated/graphql';
import { statusMeaning } from '../ui/meaning';
import { statusWord } from '../ui/words';
import classes from './Chart.module.css';

const order: readonly LifecycleStatus[] = ['ACTIVE', 'PERPETUAL', 'SCHEDULED', 'EXPIRES_TODAY', 'IN_GRACE', 'EXPIRED', 'INVALID'];
const solid: readonly LifecycleStatus[] = ['ACTIVE', 'PERPETUAL', 'EXPIRES_TODAY'];
const dashes: Partial<Record<LifecycleStatus, string>> = { SCHEDULED: '4 3', INVALID: '2 2' };

/** The statuses that occur, drawn as their bars are. */
export function StatusLegend({ statuses }: { statuses: ReadonlySet<LifecycleStatus> }) {
  return (
    <ul className={classes.legend} aria-label="Statuses">
      {order.filter((status) => statuses.has(status)).map((status) => {
        const color = `var(--sw-${statusMeaning[status]}-mark)`;
        return (
          <li key={status} className={classes.key}>
            <svg width="20" height="12" aria-hidden="true">
              <rect
                x="1" y="1" width="18" height="10" rx="3" stroke={color} strokeDasharray={dashes[status]} strokeWidth="1.25"
                fill={solid.includes(status) ? color : 'none'}
              />
              {status === 'IN_GRACE' && <path d="M4 11 12 1M9 11 17 1" stroke={color} strokeWidth="1" />}
            </svg>
            {statusWord[status]}
          </li>
        );
      })}
    </ul>
  );
}
