import { useMediaQuery } from '@mantine/hooks';
import { lazy } from 'react';

import type { OverviewQuery } from '../../api/generated/graphql';
import { revenueHeight } from '../../charts/revenueBars';
import { useViewer } from '../../api/session';
import { ChartCard } from '../../ui/chart/ChartCard';
import { linkTo } from '../../ui/filters/links';
import { format } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { bandWord, ownerWord } from '../../ui/words';
import { type OwnerLine, ownerColumns } from './columns';
import { NoMatch } from './NoMatch';
import { useLinkDay, useOwnerHref } from './ownerLinks';
import { type useOverview, useOwnerType } from './useOverview';

const UtilizationScatter = lazy(() => import('../../charts/UtilizationScatter'));

const ownerOptions = [
  { value: 'COMPANY', label: 'Companies' },
  { value: 'PARTNER', label: 'Partners' },
] as const;

type Dashboard = OverviewQuery['dashboard'];

/** The chart in one sentence, from the server's own counts. */
function describe(dashboard: Dashboard | undefined, total: number, many: string): string {
  const bands = (dashboard?.bands ?? []).flatMap(({ band, owners }) =>
    band && owners > 0 ? [`${format.integer(owners)} ${bandWord[band].toLowerCase()}`] : [],
  );
  return `${format.integer(total)} ${many}: ${bands.join(', ') || 'none with seats or users'}`;
}

/** Companies or partners; one choice for the scatter and the bars. */
export function OwnerSwitch() {
  const [ownerType, setOwnerType] = useOwnerType();
  // Whoever sees one owner of a kind has nothing to choose.
  if (useViewer().tenant) return null;
  return <Segmented label="Owners" options={ownerOptions} value={ownerType} onChange={(value) => void setOwnerType(value)} />;
}

const rowKey = (line: OwnerLine) => `${line.ownerType} ${line.ownerId}`;

/** Licences against active users, one mark an owner. */
export function ScatterCard({ overview }: { overview: ReturnType<typeof useOverview> }) {
  const { result, reload, lines, filters, ownerType } = overview;
  const href = useOwnerHref();
  const day = useLinkDay();
  const data = result.data;
  const total = data?.utilization.totalCount ?? 0;
  const [, many] = ownerWord[ownerType];
  // Side by side, the plot is as high as the list of currencies beside it.
  const beside = useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false });
  const height = beside ? Math.max(368, revenueHeight(data?.dashboard.revenue?.length ?? 0)) : undefined;
  return (
    <ChartCard
      id="scatter"
      title="Who uses more, or fewer, seats than they hold?"
      subject="Licences against active users"
      field="Utilization.ratio"
      hint={data && describe(data.dashboard, total, many)}
      action={<OwnerSwitch />}
      columns={ownerColumns}
      rows={lines}
      rowKey={rowKey}
      csvName={`licences against active users ${overview.asOf}`}
      rowsHref={linkTo(`/${many}`, { partner: filters.partner, company: filters.company }, {}, day)}
      height={400}
      loading={!data && result.fetching}
      stale={result.stale}
      error={data ? undefined : result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={<NoMatch title="No owners match" />}
      footer={total > lines.length ? `The ${format.integer(lines.length)} owners furthest from their seats, of ${format.integer(total)}.` : undefined}
    >
      {data && (
        <UtilizationScatter
          lines={lines}
          limits={data.utilization.limits}
          label={`Licences against active users. ${describe(data.dashboard, total, many)}.`}
          href={href}
          {...(height === undefined ? {} : { height })}
        />
      )}
    </ChartCard>
  );
}
