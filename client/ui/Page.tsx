import { type ReactNode, use, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

import { ViewerContext } from '../api/session';
import { useEmbedding } from './embedding';
import classes from './Page.module.css';
import { AsOfControl } from './shell/AsOfControl';
import { brandName } from './shell/Brand';

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
  const embedded = useEmbedding() !== null;
  const name = brandName(use(ViewerContext)?.branding);
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname, key } = useLocation();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  useEffect(() => {
    // `default` is the first page of the visit: there the browser's own start at the top is right.
    if (key !== 'default') heading.current?.focus({ preventScroll: true });
    // The path alone says that another page was opened; a changed filter must not move the focus.
  }, [pathname]);
  return (
    <div className={classes['page']} data-embedded={embedded || undefined}>
      <header className={classes['header']}>
        <div className={classes['heading']}>
          <h1 ref={heading} tabIndex={-1} className={classes['title']}>
            {title}
          </h1>
          {lead && !embedded && <p className={classes['lead']}>{lead}</p>}
        </div>
        {(actions || embedded) && (
          <div className={classes['actions']} data-print="off">
            {/* The day stands in the top bar, which an embedded page has not. */}
            {embedded && <AsOfControl />}
            {actions}
          </div>
        )}
      </header>
      {filters}
      {children}
    </div>
  );
}
