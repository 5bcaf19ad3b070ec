import type { ReactNode } from 'react';

import classes from './Card.module.css';

/** A surface with a title, a line below it and actions at its right. */
export function Card({
  title,
  definition,
  hint,
  toolbar,
  action,
  children,
  labelId,
}: {
  title: ReactNode;
  /** A `Term` beside the title, outside of it, so that it does not become part of the heading's name. */
  definition?: ReactNode;
  hint?: ReactNode;
  /** Controls beside the title; below it where there is no room. */
  toolbar?: ReactNode;
  /** Small buttons that always stay beside the title. */
  action?: ReactNode;
  children: ReactNode;
  labelId?: string;
}) {
  return (
    <section className={classes['card']} aria-labelledby={labelId}>
      <header className={classes['header']}>
        <div className={classes['heading']}>
          <div className={classes['titleLine']}>
            <h2 id={labelId} className={classes['title']}>
              {title}
            </h2>
            {definition}
          </div>
          {hint && <div className={classes['hint']}>{hint}</div>}
        </div>
        {toolbar && (
          <div className={classes['toolbar']} data-print="off">
            {toolbar}
          </div>
        )}
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
