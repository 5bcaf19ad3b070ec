import type { ReactNode } from 'react';

import { format } from '../format';
import classes from './grid.module.css';
import { mostRows, type Pages } from './usePages';

/** How much of the list was read, and whatever else there is to say. */
export function GridFoot({ pages, children }: { pages: Pages<unknown>; children?: ReactNode }) {
  const { nodes, totalCount, hasMore, loadingMore } = pages;
  return (
    <div className={classes.foot} role="status">
      <span>
        {totalCount === undefined ? '' : `${format.integer(nodes.length)} of ${format.integer(totalCount)} rows`}
        {loadingMore && nodes.length > 0 ? ' · loading more' : ''}
      </span>
      {children && <span>{children}</span>}
      {nodes.length >= mostRows && hasMore && <span>{format.integer(mostRows)} rows are loaded. Filter to narrow the list.</span>}
    </div>
  );
}
