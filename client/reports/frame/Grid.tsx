import type { ReactNode } from 'react';

import classes from './frame.module.css';

/** The cards of a report on twelve columns. */
export function ReportGrid({ children }: { children: ReactNode }) {
  return <div className={classes['grid']}>{children}</div>;
}

/** One card's place: all twelve columns, seven, or five; all of them where there is no room. */
export function Cell({ width = 'full', children }: { width?: 'full' | 'wide' | 'narrow'; children: ReactNode }) {
  return <div className={classes[width]}>{children}</div>;
}
