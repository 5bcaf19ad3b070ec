import { lazy, useCallback } from 'react';

import { ChartCard } from '../../ui/chart/ChartCard';
import { inForceStatuses, linkTo } from '../../ui/filters/links';
import { format } from '../../ui/format';
import { type Revenue, revenueColumns } from './columns';
import { NoMatch } from './NoMatch';
import { useLinkDay } from './ownerLinks';
import type { useOverview } from './useOverview';

const RevenueBars = lazy(() => import('../../charts/RevenueBars'));

const NONE: Revenue[] = [];
const rowKey = (figure: Revenue) => figure.currency;

/** Annual value by currency; never added up, compared only in the reporting currency. */
export function RevenueCard({ overview }: { overview: ReturnType<typeof useOverview> }) {
  const { result, reload, filters, currency } = overview;
  const day = useLinkDay();
  const figures = result.data?.dashboard.revenue ?? NONE;
  const href = useCallback(
    (figure: { currency: string }) =>
      linkTo('/licences', filters, { currency: [figure.currency], status: inForceStatuses(filters), window: null }, day),
    [filters, day],
  );
  const amounts = figures.map(({ annualValue }) => format.money(annualValue, { code: true })).join(', ');
  return (
    <ChartCard
      id="revenue"
      title="What are the rounds in force worth a year?"
      subject="Revenue by currency"
      field="RevenueFigure.annualValue"
      columns={revenueColumns}
      rows={figures}
      rowKey={rowKey}
      csvName={`revenue by currency ${overview.asOf}`}
      rowsHref={linkTo('/licences', filters, { status: inForceStatuses(filters), window: null }, day)}
      height={400}
      loading={!result.data && result.fetching}
      stale={result.stale}
      error={result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={<NoMatch title="No rounds in force on this day" />}
    >
      <RevenueBars figures={figures} target={currency} label={`Annual value of rounds in force by currency: ${amounts}.`} href={href} />
    </ChartCard>
  );
}
