import type { ReactNode } from 'react';

import { format } from '../../ui/format';
import classes from './imports.module.css';
import type { Import } from './queries';
import { timeLeft } from './words';

interface ProgressProps {
  /** What goes on: "Checking". */
  label: string;
  progress: Import['progress'];
  children?: ReactNode;
}

/** How far a step is: share, rows and time left, as far as they are known. */
export function Progress({ label, progress, children }: ProgressProps) {
  const { rows = 0, totalRows, share, secondsLeft } = progress ?? {};
  const counted = totalRows == null ? `${format.integer(rows)} rows` : `${format.integer(rows)} of ${format.integer(totalRows)} rows`;
  const words = [share == null ? '' : format.percent(share), counted, timeLeft(secondsLeft)].filter(Boolean);
  return (
    <div className={classes['progress']}>
      <progress aria-label={label} {...(share == null ? {} : { max: 1, value: share })} />
      <p>{label} · {words.join(' · ')}</p>
      {children}
    </div>
  );
}
