import { Suspense } from 'react';
import { Outlet } from 'react-router';

import { PageSkeleton } from '../PageSkeleton';

/** Placeholder frame. */
export function AppShell() {
  return (
    <main id="main">
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </main>
  );
}
