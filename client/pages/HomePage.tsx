import { lazy } from 'react';

import { useViewer } from '../api/session';
import { OverviewPage } from './overview/OverviewPage';

const Portal = lazy(() => import('./portal/PortalPage'));

/** Where people arrive: at the overview of everything, or at the portal of whom their rows belong to. */
export function HomePage() {
  const { tenant } = useViewer();
  return tenant ? <Portal tenant={tenant} /> : <OverviewPage />;
}
