import { useMemo } from 'react';

import { getFragmentData } from '../../api/generated';
import type { CostOrderField, CostOwnersQuery } from '../../api/generated/graphql';
import { type SortBy, useSort } from '../../ui/grid/useSort';
import { Nothing } from '../frame/Nothing';
import { ReportRows } from '../frame/ReportRows';
import { ownerColumns } from './columns';
import { CostOwners, OwnerCostFields } from './queries';
import { type Cost, type OwnerCost, useCostHref } from './useCost';

const withMoney: readonly CostOrderField[] = ['COST_PER_ACTIVE_USER', 'ANNUAL_SPEND', 'ACTIVE_USERS', 'OWNER'];
const withoutMoney: readonly CostOrderField[] = ['ACTIVE_USERS', 'OWNER'];
const dearest: SortBy<CostOrderField> = { field: 'COST_PER_ACTIVE_USER', direction: 'DESC' };
const busiest: SortBy<CostOrderField> = { field: 'ACTIVE_USERS', direction: 'DESC' };

const pick = ({ costPerActiveUser: { owners } }: CostOwnersQuery) => ({ ...owners, nodes: getFragmentData(OwnerCostFields, owners.nodes) });
const rowKey = (line: OwnerCost) => `${line.owner.kind} ${line.owner.id} ${line.source} ${line.currency}`;

/** One line per owner, source and currency: money is compared within a currency, users are never added over lines. */
export function OwnersCard({ cost }: { cost: Cost }) {
  const { scope, common, currency } = cost;
  const { money } = scope;
  const [sort, setSort] = useSort(money ? withMoney : withoutMoney, money ? dearest : busiest);
  const columns = useMemo(() => ownerColumns(money), [money]);
  const href = useCostHref();
  return (
    <ReportRows
      title="Owners"
      hint={currency && `Lines in ${currency}. An owner that pays in two currencies has a line in each, over the same users.`}
      query={CostOwners}
      variables={{ ...common, currency, orderBy: sort }}
      pick={pick}
      columns={columns}
      rowKey={rowKey}
      rowHref={href}
      csvName={`cost per active user by owner ${currency ?? ''} ${scope.asOf}`}
      sort={sort}
      onSort={setSort}
      empty={<Nothing title="No premium spend in force" />}
    />
  );
}
