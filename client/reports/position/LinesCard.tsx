import { useMemo } from 'react';

import { getFragmentData } from '../../api/generated';
import type { PositionOrderField, PositionRowsQuery } from '../../api/generated/graphql';
import { Button } from '../../ui/Button';
import { format } from '../../ui/format';
import { type SortBy, useSort } from '../../ui/grid/useSort';
import { Chips } from '../frame/Chips';
import { Nothing } from '../frame/Nothing';
import { ReportRows } from '../frame/ReportRows';
import { type Line, positionColumns } from './columns';
import { PositionLineFields, PositionRows } from './queries';
import { positions, useLineHref, type usePosition } from './usePosition';
import { groupingWord, positionWord } from './words';

const fields: readonly PositionOrderField[] = ['GAP', 'SURPLUS', 'NAME', 'PURCHASED', 'DEPLOYED'];
const largestGap: SortBy<PositionOrderField> = { field: 'GAP', direction: 'DESC' };

const pick = ({ effectiveLicensePosition: { lines } }: PositionRowsQuery) => ({ ...lines, nodes: getFragmentData(PositionLineFields, lines.nodes) });
const rowKey = (line: Line) => line.key;

/** The lines, those with the largest gaps first. */
export function LinesCard({ position }: { position: ReturnType<typeof usePosition> }) {
  const { scope, choices, common, data } = position;
  const [sort, setSort] = useSort(fields, largestGap);
  const href = useLineHref();
  const columns = useMemo(() => positionColumns(choices.by, scope.money), [choices.by, scope.money]);
  const counts = new Map(data?.totals.byPosition.map(({ position: name, lines }) => [name, lines]));
  const options = positions.map((value) => ({ value, label: `${positionWord[value]} ${format.integer(counts.get(value))}` }));
  return (
    <ReportRows
      title="Lines"
      hint={`One line per ${groupingWord[choices.by][0]}, the largest gap first.`}
      query={PositionRows}
      variables={{ ...common, orderBy: sort }}
      pick={pick}
      columns={columns}
      rowKey={rowKey}
      rowHref={href}
      csvName={`licence position ${scope.asOf}`}
      sort={sort}
      onSort={setSort}
      toolbar={<Chips label="Positions" options={options} selected={choices.chosen} onChange={choices.setChosen} />}
      empty={
        choices.chosen.length > 0 ? (
          <Nothing title="No line stands like this" narrowed action={<Button onClick={() => choices.setChosen([])}>Show all positions</Button>} />
        ) : (
          <Nothing title="Nothing purchased, nothing deployed" />
        )
      }
    />
  );
}
