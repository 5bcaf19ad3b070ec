import { Page } from '../../ui/Page';

/** The figures and charts at a glance. */
export function OverviewPage() {
  return <Page title="Overview">…</Page>;
}
