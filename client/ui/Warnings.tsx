import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';

import type { WarningCode } from '../api/generated/graphql';
import { useReachable } from './embedding';
import { Floating } from './Floating';
import { format } from './format';
import classes from './Warnings.module.css';

/** One thing to know before relying on the figures. */
export interface Warning {
  code: WarningCode;
  message: string;
  count: number;
}

/** The count of warnings; it opens the list, each with a link to its rows where there is one. */
export function Warnings({ warnings, hrefs }: { warnings: readonly Warning[]; hrefs: Partial<Record<WarningCode, string>> }) {
  const reachable = useReachable();
  if (warnings.length === 0) return null;
  return (
    <Floating
      label="Before relying on these figures"
      align="end"
      width={380}
      trigger={(props) => (
        <button type="button" className={classes['trigger']} {...props}>
          <IconAlertTriangle aria-hidden size={16} stroke={1.8} />
          {format.integer(warnings.length)} {warnings.length === 1 ? 'warning' : 'warnings'}
        </button>
      )}
    >
      {(close) => (
        <ul className={classes['list']}>
          {warnings.map(({ code, message }) => {
            const href = reachable(hrefs[code]);
            return (
              <li key={`${code} ${message}`}>
                <p>{message}</p>
                {href && (
                  <Link to={href} onClick={close}>
                    Open the rows
                  </Link>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Floating>
  );
}
