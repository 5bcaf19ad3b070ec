import { lazy, Suspense } from 'react';
import { Link } from 'react-router';

import { useCan } from '../../api/session';
import { Page } from '../../ui/Page';
import { Skeleton } from '../../ui/states';
import NotFound from '../NotFound';

const Workbench = lazy(() => import('./Workbench'));

/** Ad-hoc queries for those who may read the schema: written with completion, shown as JSON, table and chart, kept and shared. */
export default function ExplorePage() {
  const may = useCan('INTROSPECT');
  if (!may) return <NotFound />;
  return (
    <Page title="Explore" lead={<>Ask the API anything you may see. Every field is explained in the <Link to="/docs">API docs</Link>.</>}>
      <Suspense fallback={<Skeleton height={520} />}>
        <Workbench />
      </Suspense>
    </Page>
  );
}
