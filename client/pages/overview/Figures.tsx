import type { ReactNode } from 'react';

import type { OverviewQuery } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import { FigureCard } from '../../ui/FigureCard';
import { inForceStatuses, linkTo } from '../../ui/filters/links';
import { format } from '../../ui/format';
import { ErrorCard } from '../../ui/states';
import classes from './Overview.module.css';
import { totalRevenue } from './totalRevenue';
import type { useOverview } from './useOverview';

type Dashboard = OverviewQuery['dashboard'];

/** One line of context each; a list reads better than a sentence where every part is a figure. */
function Lines({ children }: { children: ReactNode[] }) {
  return <div className={classes['lines']}>{children.map((line, index) => line && <div key={index}>{line}</div>)}</div>;
}

/** The rounds that are not in force, so that the total explains itself. */
function elsewhere(dashboard: Dashboard): string {
  const parts: [number, string][] = [
    [dashboard.graceLicenses, 'in grace'],
    [dashboard.scheduledLicenses, 'scheduled'],
    [dashboard.expiredLicenses, 'expired'],
  ];
  const words = parts.filter(([seats]) => seats > 0).map(([seats, word]) => `${format.compact(seats)} ${word}`);
  if (words.length > 0) return words.join(' · ');
  return dashboard.totalLicenses > 0 ? 'all in force' : 'no round passes';
}

/** The key figures; each leads to the rows behind it. */
export function Figures({ overview, worth = 'Total revenue' }: { overview: ReturnType<typeof useOverview>; worth?: string }) {
  const { result, reload, filters, asOf, money } = overview;
  const { settings } = useViewer();
  const dashboard = result.data?.dashboard;
  if (result.error && !dashboard) {
    return (
      <div className={classes['failed']}>
        <ErrorCard what="The key figures" error={result.error} retry={() => reload({ requestPolicy: 'network-only' })} />
      </div>
    );
  }
  const loading = !dashboard;
  const day = asOf === settings.today ? null : asOf;
  const inForce = linkTo('/licences', filters, { status: inForceStatuses(filters) }, day);
  const owners = linkTo('/companies', { partner: filters.partner, company: filters.company }, {}, day);
  const revenue = dashboard?.revenue ?? [];
  const total = dashboard && totalRevenue(dashboard, result.error, format);
  // Averages of several currencies make no average: the reporting currency's stands in front, the others beside it.
  const main = revenue.find(({ currency }) => currency === overview.currency) ?? revenue[0];
  const others = revenue.filter((figure) => figure !== main);
  const days = dashboard?.meta.windowDays;
  return (
    <section
      aria-label="Key figures"
      className={classes['figures']}
      data-count={money ? 6 : 4}
      data-stale={result.stale || undefined}
    >
      <FigureCard
        label="Total licences"
        field="Dashboard.totalLicenses"
        to={linkTo('/licences', filters, {}, day)}
        loading={loading}
        value={format.compact(dashboard?.totalLicenses)}
        exact={format.integer(dashboard?.totalLicenses)}
        context={dashboard && elsewhere(dashboard)}
      />
      <FigureCard
        label="Active licences"
        field="Dashboard.activeLicenses"
        to={inForce}
        loading={loading}
        value={format.compact(dashboard?.activeLicenses)}
        exact={format.integer(dashboard?.activeLicenses)}
        context={`seats in force on ${format.date(asOf)}`}
      />
      <FigureCard
        label="Active users"
        field="Dashboard.activeUsers"
        to={owners}
        loading={loading}
        value={format.compact(dashboard?.activeUsers)}
        exact={format.integer(dashboard?.activeUsers)}
        context={<Lines>{[`of ${format.integer(dashboard?.totalUsers)} registered`, `last ${format.days(days)} to ${format.date(asOf)}`]}</Lines>}
      />
      <FigureCard
        label="Utilisation"
        field="Dashboard.utilization"
        to={owners}
        loading={loading}
        value={format.percent(dashboard?.utilization.value)}
        context={`${format.integer(dashboard?.utilization.numerator)} active users on ${format.integer(dashboard?.utilization.denominator)} seats`}
      />
      {money && (
        <>
          <FigureCard
            label={worth}
            field="RevenueFigure.annualValue"
            to={inForce}
            loading={loading}
            value={total?.value}
            exact={total?.exact}
            context={total?.context}
          />
          <FigureCard
            label="Cost per licence"
            field="RevenueFigure.averageCost"
            to={inForce}
            loading={loading}
            value={format.money(main?.averageCost)}
            exact={format.money(main?.averageCost, { code: true })}
            context={
              <Lines>
                {[
                  others.length > 0 ? `a year, average in ${main?.currency ?? ''}` : 'a year, average, free rounds included',
                  others.slice(0, 3).map(({ averageCost }) => format.money(averageCost, { code: true })).join(' · '),
                ]}
              </Lines>
            }
          />
        </>
      )}
    </section>
  );
}
