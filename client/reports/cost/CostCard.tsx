import { lazy, useCallback, useMemo } from 'react';
import { useQuery } from 'urql';

import type { CostBar } from '../../charts/reports/costBars';
import { getFragmentData } from '../../api/generated';
import { ChartCard } from '../../ui/chart/ChartCard';
import { format } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { sourceWord } from '../../ui/words';
import { Nothing } from '../frame/Nothing';
import { ownerColumns, sourceColumns } from './columns';
import classes from './cost.module.css';
import { CostOwners, OwnerCostFields } from './queries';
import { type Cost, type CostGrouping, type OwnerCost, type SourceCost, useCostHref } from './useCost';

const CostBars = lazy(() => import('../../charts/reports/CostBars'));

/** Owners the chart draws. */
const mostBars = 20;

const groupingOptions: readonly { value: CostGrouping; label: string }[] = [{ value: 'OWNER', label: 'Owners' }, { value: 'SOURCE', label: 'Sources' }];
const highestFirst = { field: 'COST_PER_ACTIVE_USER', direction: 'DESC' } as const;

const keyOf = (line: OwnerCost | SourceCost) => `${'owner' in line ? `${line.owner.kind} ${line.owner.id} ` : ''}${line.source} ${line.currency}`;

function toBar(line: OwnerCost | SourceCost): CostBar[] {
  if (!line.annualSpend) return [];
  const { source, annualSpend, costPerActiveUser, activeUsers, licenses } = line;
  return [{ key: keyOf(line), name: 'owner' in line ? line.owner.name : sourceWord[source], source, annualSpend, costPerActiveUser, activeUsers, licenses }];
}

/** The lines of one currency: the owners with the highest cost, or the sources. */
function useLines(cost: Cost) {
  const { by, common, currency, sources } = cost;
  const pause = by === 'SOURCE' || currency === undefined;
  const [result, reload] = useQuery({
    query: CostOwners, pause,
    variables: { ...common, currency, orderBy: highestFirst, first: mostBars, withTotal: true },
  });
  const owners = useMemo(() => getFragmentData(OwnerCostFields, pause ? [] : (result.data?.costPerActiveUser.owners.nodes ?? [])), [pause, result.data]);
  const ofCurrency = useMemo(() => sources.filter((line) => line.currency === currency), [sources, currency]);
  return { owners, ofCurrency, result, reload, total: pause ? 0 : (result.data?.costPerActiveUser.owners.totalCount ?? 0) };
}

/** What an active user costs, dearest first, in one currency at a time. */
export function CostCard({ cost }: { cost: Cost }) {
  const { by, setBy, currency, currencies, setCurrency, scope, windowDays } = cost;
  const { owners, ofCurrency, result, reload, total } = useLines(cost);
  const placeOf = useCostHref();
  const lines: readonly (OwnerCost | SourceCost)[] = by === 'OWNER' ? owners : ofCurrency;
  const bars = useMemo(() => lines.flatMap(toBar), [lines]);
  const href = useCallback((bar: CostBar) => {
    const line = lines.find((one) => keyOf(one) === bar.key);
    return line && placeOf(line);
  }, [lines, placeOf]);
  const shared = {
    id: 'cost', title: 'What does an active user cost a year?', subject: 'Cost per active user', field: 'SourceCost.costPerActiveUser' as const, height: 420,
    hint: currency && `In ${currency}, ${by === 'OWNER' ? 'the dearest owners first, those without active users leading' : 'by source'}; active in the last ${format.days(windowDays)}`,
    action: (
      <div className={classes['switches']}>
        {currencies.length > 1 && currency && (
          <Segmented label="Currency" options={currencies.map((value) => ({ value, label: value }))} value={currency} onChange={(next) => void setCurrency(next)} />
        )}
        <Segmented label="Lines" options={groupingOptions} value={by} onChange={setBy} />
      </div>
    ),
    csvName: `cost per active user ${currency ?? ''} ${scope.asOf}`,
    empty: <Nothing title="No premium spend in force" />,
  };
  const named = bars.slice(0, 3).map((bar) => `${bar.name} ${bar.costPerActiveUser ? format.money(bar.costPerActiveUser, { code: true }) : 'no active users'}`).join(', ');
  const chart = <CostBars bars={bars} label={`Cost per active user in ${currency ?? ''}: ${named}.`} href={href} />;
  if (by === 'SOURCE') {
    return (
      <ChartCard {...shared} columns={sourceColumns(scope.money)} rows={ofCurrency} rowKey={keyOf} loading={!cost.data && cost.result.fetching} stale={cost.result.stale} error={cost.result.error}>
        {chart}
      </ChartCard>
    );
  }
  return (
    <ChartCard
      {...shared} columns={ownerColumns(scope.money)} rows={owners} rowKey={keyOf}
      loading={owners.length === 0 && (result.fetching || cost.result.fetching)} stale={result.stale} error={result.error ?? cost.result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      footer={total > owners.length && `The first ${format.integer(owners.length)} of ${format.integer(total)} lines in ${currency ?? ''}. All are in the rows.`}
    >
      {chart}
    </ChartCard>
  );
}
