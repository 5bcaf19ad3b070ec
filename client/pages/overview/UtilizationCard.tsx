import { lazy, useMemo } from 'react';

import { ChartCard } from '../../ui/chart/ChartCard';
import { linkTo } from '../../ui/filters/links';
import { useAsOf, useSettledFilters } from '../../ui/filters/state';
import { format } from '../../ui/format';
import { Empty } from '../../ui/states';
import { ownerWord } from '../../ui/words';
import { type OwnerLine, ownerColumns } from './columns';
import { useLinkDay, useOwnerHref } from './ownerLinks';
import { OwnerSwitch } from './ScatterCard';
import { type useExtremes, useOwnerType } from './useOverview';

const UtilizationBars = lazy(() => import('../../charts/UtilizationBars'));

const rowKey = (line: OwnerLine) => `${line.ownerType} ${line.ownerId}`;

/** The owners furthest above their seats, then those furthest below. */
export function UtilizationCard({ extremes, title }: { extremes: ReturnType<typeof useExtremes>; title?: string }) {
  const { result, reload, over, under } = extremes;
  const filters = useSettledFilters();
  const asOf = useAsOf();
  const day = useLinkDay();
  const href = useOwnerHref();
  const [ownerType] = useOwnerType();
  const rows = useMemo(() => [...over, ...under], [over, under]);
  const data = result.data;
  const [, many] = ownerWord[ownerType];
  const counts = data
    ? `${format.integer(data.over.totalCount)} over-used and ${format.integer(data.under.totalCount)} under-used ${many}`
    : '';
  const cut = data && (data.over.totalCount > over.length || data.under.totalCount > under.length);
  const limits = data?.over.limits;
  return (
    <ChartCard
      id="utilization"
      title={title ?? 'Which owners are over- or under-licensed?'}
      subject="Utilisation"
      field="Utilization.band"
      hint={counts}
      action={<OwnerSwitch />}
      columns={ownerColumns}
      rows={rows}
      rowKey={rowKey}
      csvName={`over- and under-used owners ${asOf}`}
      rowsHref={linkTo(`/${many}`, { partner: filters.partner, company: filters.company }, {}, day)}
      height={360}
      loading={!data && result.fetching}
      stale={result.stale}
      error={result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={
        <Empty title={limits ? `Everyone is within ${format.percent(limits.under)} – ${format.percent(limits.over)}` : 'No owners match'} />
      }
      footer={cut && `The ${format.integer(over.length)} highest and the ${format.integer(under.length)} lowest. All are in the rows.`}
    >
      {limits && <UtilizationBars over={over} under={under} limits={limits} label={`Utilisation: ${counts}.`} href={href} />}
    </ChartCard>
  );
}
