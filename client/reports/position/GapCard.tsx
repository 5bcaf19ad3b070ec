import { lazy, useCallback, useMemo } from 'react';

import { ChartCard } from '../../ui/chart/ChartCard';
import { format } from '../../ui/format';
import { Nothing } from '../frame/Nothing';
import { type Line, lineName, positionColumns } from './columns';
import { useLineHref, type usePosition } from './usePosition';
import { groupingWord } from './words';

const PositionBars = lazy(() => import('../../charts/reports/PositionBars'));

const rowKey = (line: Line) => line.key;

/** Deficits to the left, surpluses to the right, the largest gap first. */
export function GapCard({ position }: { position: ReturnType<typeof usePosition> }) {
  const { scope, choices, result, reload, data, lines } = position;
  const lineHref = useLineHref();
  const [, many] = groupingWord[choices.by];
  const columns = useMemo(() => positionColumns(choices.by, scope.money), [choices.by, scope.money]);
  const bars = useMemo(() => lines.map((line) => ({ ...line, name: lineName(line) })), [lines]);
  const href = useCallback(
    ({ key }: { key: string }) => {
      const line = lines.find((one) => one.key === key);
      return line && lineHref(line);
    },
    [lines, lineHref],
  );
  const total = data?.lines.totalCount ?? 0;
  const sums = data ? `${format.integer(data.totals.deficit)} seats missing, ${format.integer(data.totals.surplus)} left over` : '';
  return (
    <ChartCard
      id="position"
      title="Who has fewer, or more, seats than are deployed?"
      subject="The licence position"
      field="PositionLine.surplus"
      hint={data && `${format.integer(total)} ${many}: ${sums}`}
      columns={columns}
      rows={lines}
      rowKey={rowKey}
      csvName={`largest gaps ${scope.asOf}`}
      height={420}
      loading={!data && result.fetching}
      stale={result.stale}
      error={data ? undefined : result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={<Nothing title={choices.chosen.length > 0 ? 'No line stands like this' : 'Nothing purchased, nothing deployed'} narrowed={choices.chosen.length > 0} />}
      footer={total > lines.length && `The ${format.integer(lines.length)} largest gaps of ${format.integer(total)} ${many}. All are in the rows.`}
    >
      <PositionBars lines={bars} label={`Effective licence position of ${format.integer(total)} ${many}: ${sums}.`} href={href} />
    </ChartCard>
  );
}
