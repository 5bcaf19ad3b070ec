import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { sourceWord } from '../../ui/words';
import type { OwnerCost, SourceCost } from './useCost';
import { countWord } from './words';

/** What lines of owners and of sources have in common. */
type CostLine = OwnerCost | SourceCost;

const kindWord = { COMPANY: 'Company', PARTNER: 'Partner', SITE: 'Site' } as const;

const use: readonly GridColumn<CostLine>[] = [
  { key: 'source', header: 'Source', card: 'badge', value: (line) => sourceWord[line.source] },
  { key: 'currency', header: 'Currency', optional: true, value: (line) => line.currency },
  { key: 'licenses', header: 'Licences', numeric: true, value: (line) => line.licenses, cell: (line) => format.integer(line.licenses) },
  {
    key: 'activeUsers', header: 'Active', sortKey: 'ACTIVE_USERS', numeric: true, card: 'field', value: (line) => line.activeUsers,
    cell: (line) => <span title={countWord[line.basis][1]}>{format.integer(line.activeUsers)}</span>,
  },
];

const money: readonly GridColumn<CostLine>[] = [
  {
    key: 'annualSpend', header: 'Spend a year', sortKey: 'ANNUAL_SPEND', numeric: true, card: 'field', value: (line) => line.annualSpend?.amount ?? null,
    cell: (line) => format.money(line.annualSpend, { code: true }),
  },
  {
    key: 'costPerActiveUser', header: 'Cost per active user', sortKey: 'COST_PER_ACTIVE_USER', numeric: true, card: 'field',
    value: (line) => line.costPerActiveUser?.amount ?? null,
    cell: (line) => (line.costPerActiveUser ? format.money(line.costPerActiveUser, { code: true }) : <span title="Spend, but no active users">– no active users</span>),
  },
];

const figures = (mayReadMoney: boolean) => [...use, ...(mayReadMoney ? money : [])];

/** The columns of the owners' lines; amounts only for those who may read money. */
export function ownerColumns(mayReadMoney: boolean): GridColumn<OwnerCost>[] {
  return [
    { key: 'owner', header: 'Owner', sortKey: 'OWNER', card: 'title', value: (line) => line.owner.name },
    { key: 'kind', header: 'Kind', value: (line) => kindWord[line.owner.kind] },
    ...figures(mayReadMoney),
  ];
}

/** The columns of the sources' lines. */
export const sourceColumns = (mayReadMoney: boolean): GridColumn<SourceCost>[] => [...figures(mayReadMoney)];
