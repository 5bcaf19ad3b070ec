import { useMemo, useState } from 'react';

import type { TrendInterval } from '../../api/generated/graphql';
import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { Chart } from '../Chart';
import type { Part } from '../parts';
import { useNarrow } from '../useNarrow';
import { type BarMovement, trendBars, trendHeight } from './trendBars';
import { TrendLegend } from './TrendLegend';
import type { TrendStep } from './trendWords';

const parts: readonly Part[] = ['lines'];

interface TrendBarsProps {
  steps: readonly TrendStep[];
  interval: TrendInterval;
  /** Movements that can't occur in this unit and mode. */
  absent: readonly BarMovement[];
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(step: TrendStep): string | undefined;
}

/** What was gained and lost per interval, and what was in force at its end. */
export default function TrendBars({ steps, interval, absent, label, href }: TrendBarsProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const [hidden, setHidden] = useState<readonly BarMovement[]>([]);
  const option = useMemo(
    () => trendBars({ steps, interval, hidden: [...hidden, ...absent], href, narrow }, format, tokens),
    [steps, interval, hidden, absent, href, narrow, tokens],
  );
  const toggle = (movement: BarMovement) =>
    setHidden((now) => (now.includes(movement) ? now.filter((one) => one !== movement) : [...now, movement]));
  return (
    <>
      <TrendLegend hidden={hidden} absent={absent} onToggle={toggle} />
      <Chart parts={parts} option={option} label={label} height={trendHeight(narrow)} />
    </>
  );
}
