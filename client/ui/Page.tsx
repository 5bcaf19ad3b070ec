import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

import classes from './Page.module.css';

/** Names the page in the tab and for screen readers, and gives its content the common frame. */
export function Page({
  title,
  lead,
  actions,
  filters,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  filters?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname, key } = useLocation();
  useEffect(() => {
    document.title = `${title} · Seatwise`;
  }, [title]);
  useEffect(() => {
    // `default` is the first page of the visit: there the browser's own start at the top is right.
    if (key !== 'default') heading.current?.focus({ preventScroll: true });
    // The path alone says that another page was opened; a changed filter must not move the focus.
  }, [pathname]);
  return (
    <div className={classes['page']}>
      <header className={classes['header']}>
        <div className={classes['heading']}>
          <h1 ref={heading} tabIndex={-1} className={classes['title']}>
            {title}
          </h1>
          {lead && <p className={classes['lead']}>{lead}</p>}
        </div>
        {actions && (
          <div className={classes['actions']} data-print="off">
            {actions}
          </div>
        )}
      </header>
      {filters}
      {children}
    </div>
  );
}
