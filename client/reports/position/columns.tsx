import type { PositionGrouping, PositionLineFieldsFragment } from '../../api/generated/graphql';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { sourceWord } from '../../ui/words';
import { PositionBadge } from './PositionBadge';
import { groupingWord, positionWord } from './words';

/** A line of the position. */
export type Line = PositionLineFieldsFragment;

/** What a line is called; owners without a partner are one line without a name. */
export function lineName(line: Line): string {
  if (line.source) return sourceWord[line.source];
  return line.name ?? 'No partner';
}

const signed = (value: number | null | undefined) => (value == null ? '∞' : format.signed(value));

const quantities: readonly GridColumn<Line>[] = [
  { key: 'position', header: 'Position', card: 'badge', value: (line) => (line.position ? positionWord[line.position] : null), cell: (line) => <PositionBadge position={line.position} /> },
  { key: 'purchased', header: 'Purchased', sortKey: 'PURCHASED', numeric: true, card: 'field', value: (line) => line.purchased, cell: (line) => format.integer(line.purchased) },
  { key: 'deployed', header: 'Deployed', sortKey: 'DEPLOYED', numeric: true, card: 'field', value: (line) => line.deployed, cell: (line) => format.integer(line.deployed) },
  { key: 'surplus', header: 'Surplus', sortKey: 'SURPLUS', numeric: true, card: 'field', value: (line) => line.surplus ?? null, cell: (line) => signed(line.surplus) },
  {
    key: 'compliance', header: 'Compliance', numeric: true, value: (line) => line.compliancePercent ?? null,
    cell: (line) => (line.compliancePercent == null ? <span title="Nothing is purchased">–</span> : `${format.decimal(String(line.compliancePercent), 1)}%`),
  },
  { key: 'inGrace', header: 'In grace', numeric: true, value: (line) => line.inGrace, cell: (line) => format.integer(line.inGrace) },
];

const money: readonly GridColumn<Line>[] = [
  {
    key: 'trueUpCost', header: 'True-up cost', numeric: true, value: (line) => line.trueUpCost?.amount ?? null,
    cell: (line) => format.money(line.trueUpCost, { code: true }),
  },
  { key: 'currency', header: 'Currency', optional: true, value: (line) => line.trueUpCost?.currency ?? null },
];

/** The columns of the lines; cost only for those who may read money. */
export function positionColumns(by: PositionGrouping, mayReadMoney: boolean): GridColumn<Line>[] {
  const [one] = groupingWord[by];
  const name: GridColumn<Line> = {
    key: 'name', header: `${one.charAt(0).toUpperCase()}${one.slice(1)}`, sortKey: 'NAME', card: 'title', value: lineName,
  };
  const id: GridColumn<Line> = { key: 'key', header: 'Key', value: (line) => line.key, optional: true };
  return [name, ...quantities, ...(mayReadMoney ? money : []), id];
}
