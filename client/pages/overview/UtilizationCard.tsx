import { lazy, useMemo } from 'react';
import type { OperationContext, UseQueryState } from 'urql';

import { type FragmentType, getFragmentData } from '../../api/generated';
import { ChartCard } from '../../ui/chart/ChartCard';
import { linkTo } from '../../ui/filters/links';
import { useAsOf, useSettledFilters } from '../../ui/filters/state';
import { format } from '../../ui/format';
import { Empty } from '../../ui/states';
import { ownerWord } from '../../ui/words';
import { type OwnerLine, ownerColumns } from './columns';
import { useLinkDay, useOwnerHref } from './ownerLinks';
import { ExtremesFields, UtilizationLineFields } from './queries';
import { OwnerSwitch } from './ScatterCard';
import { useOwnerType } from './useOverview';

const UtilizationBars = lazy(() => import('../../charts/UtilizationBars'));

const rowKey = (line: OwnerLine) => `${line.ownerType} ${line.ownerId}`;

/** An answer that has the owners in it, as far as it has come. */
interface Answer {
  result: UseQueryState<FragmentType<typeof ExtremesFields>>;
  reload: (options: Partial<OperationContext>) => void;
}

/** The owners furthest above their seats, then those furthest below. */
export function UtilizationCard({ extremes: { result, reload }, title }: { extremes: Answer; title?: string }) {
  const filters = useSettledFilters();
  const asOf = useAsOf();
  const day = useLinkDay();
  const href = useOwnerHref();
  const [ownerType] = useOwnerType();
  const data = getFragmentData(ExtremesFields, result.data);
  const over = useMemo(() => getFragmentData(UtilizationLineFields, data?.over.nodes ?? []), [data]);
  const under = useMemo(() => getFragmentData(UtilizationLineFields, data?.under.nodes ?? []), [data]);
  const rows = useMemo(() => [...over, ...under], [over, under]);
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
      error={data ? undefined : result.error}
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
