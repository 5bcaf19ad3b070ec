import type { ReactNode } from 'react';

import classes from './Card.module.css';

/** A surface with a title, a line below it and actions at its right. */
export function Card({
  title,
  hint,
  action,
  children,
  labelId,
}: {
  title: ReactNode;
  hint?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  labelId?: string;
}) {
  return (
    <section className={classes['card']} aria-labelledby={labelId}>
      <header className={classes['header']}>
        <div className={classes['heading']}>
          <h2 id={labelId} className={classes['title']}>
            {title}
          </h2>
          {hint && <div className={classes['hint']}>{hint}</div>}
        </div>
        {action && (
          <div className={classes['action']} data-print="off">
            {action}
          </div>
        )}
      </header>
      {children}
    </section>
  );
}
