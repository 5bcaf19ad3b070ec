import { useCallback, useMemo } from 'react';

import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { Chart } from '../Chart';
import type { Part } from '../parts';
import { useNarrow } from '../useNarrow';
import { Legend, type LegendKey } from './Legend';
import { type PositionBar, positionBars, positionHeight } from './positionBars';

const parts: readonly Part[] = ['zoom'];

const keys: readonly LegendKey[] = [
  { label: 'Deficit', tone: 'over' },
  { label: 'Unlicensed', tone: 'unlicensed' },
  { label: 'Surplus', tone: 'under' },
  { label: 'Unused', tone: 'expired', look: 'hollow' },
  { label: 'In grace, not counted', tone: 'under', look: 'hatched' },
];

/** Effective licence position, one bar a line around zero. */
export default function PositionBars({
  lines,
  label,
  href,
}: {
  lines: readonly PositionBar[];
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(line: PositionBar): string | undefined;
}) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => positionBars({ lines, href, narrow }, format, tokens), [lines, href, narrow, tokens]);
  const axisHref = useCallback((row: number) => { const line = lines[row]; return line && href(line); }, [lines, href]);
  return (
    <>
      <Legend label="Marks" keys={keys} />
      <Chart parts={parts} option={option} label={label} height={positionHeight(lines.length, narrow)} axisHref={axisHref} />
    </>
  );
}
