import { useLocalStorage } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';

import { ErrorBoundary } from '../ErrorBoundary';
import { PageSkeleton } from '../PageSkeleton';
import classes from './AppShell.module.css';
import { BrandColors } from './Brand';
import { Shortcuts } from './Shortcuts';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';

const NavigationDrawer = lazy(() => import('./NavigationDrawer'));

/** The frame of every signed-in page: skip link, sidebar, top bar, content. */
export function AppShell() {
  const [collapsed, setCollapsed] = useLocalStorage({ key: 'seatwise-sidebar-collapsed', defaultValue: false });
  const { pathname } = useLocation();
  const [drawer, setDrawer] = useState(false);
  return (
    <div className={classes['shell']} data-collapsed={collapsed || undefined}>
      <BrandColors />
      <a href="#main" className={classes['skip']} data-print="off">
        Skip to content
      </a>
      <aside className={classes['sidebar']} data-print="off">
        <Sidebar collapsed={collapsed} onCollapse={() => setCollapsed(!collapsed)} />
      </aside>
      <div className={classes['column']}>
        <TopBar onMenu={() => setDrawer(true)} />
        <main id="main" tabIndex={-1} className={classes['main']}>
          <ErrorBoundary what="This page" resetKey={pathname}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {drawer && (
        <Suspense fallback={null}>
          <NavigationDrawer onClose={() => setDrawer(false)} />
        </Suspense>
      )}
      <Shortcuts />
    </div>
  );
}
