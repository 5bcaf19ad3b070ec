import { useQueryState } from 'nuqs';
import { lazy, Suspense, useEffect, useRef } from 'react';

import { OverviewPage } from '../pages/overview/OverviewPage';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { useFilters } from '../ui/filters/state';
import { parseAsDay, serializeFilters } from '../ui/filters/urlState';
import { PageSkeleton } from '../ui/PageSkeleton';
import classes from './embed.module.css';
import { Refused } from './Refused';

/** The client's own pages, by the last part of their embedded address. */
const pages = {
  overview: OverviewPage,
  position: lazy(() => import('../reports/PositionPage')),
  renewals: lazy(() => import('../reports/RenewalsPage')),
  reclamation: lazy(() => import('../reports/ReclamationPage')),
  cost: lazy(() => import('../reports/CostPage')),
  trend: lazy(() => import('../reports/TrendPage')),
  trials: lazy(() => import('../reports/TrialsPage')),
} as const;

const isPage = (path: string): path is keyof typeof pages => Object.hasOwn(pages, path);

/** The page of one dashboard, and word of its filters to the page around. */
export function Dashboard({ path, onFilters }: { path: string; onFilters: (query: string) => void }) {
  const [filters] = useFilters();
  const [asOf] = useQueryState('asOf', parseAsDay);
  const query = serializeFilters('', { ...filters, asOf }).replace(/^\?/, '');
  const latest = useRef(onFilters);
  latest.current = onFilters;
  const told = useRef(query);
  useEffect(() => {
    // What it begins with is no change.
    if (told.current === query) return;
    told.current = query;
    latest.current(query);
  }, [query]);
  if (!isPage(path)) return <Refused />;
  const Shown = pages[path];
  return (
    <main className={classes['main']}>
      <ErrorBoundary what="This dashboard" resetKey={path}>
        <Suspense fallback={<PageSkeleton />}>
          <Shown />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}
