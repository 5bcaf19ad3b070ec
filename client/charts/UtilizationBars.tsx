import { useMemo } from 'react';

import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { Chart } from './Chart';
import type { Part } from './parts';
import type { Limits, Line } from './types';
import { useNarrow } from './useNarrow';
import { utilizationBars, utilizationBarsHeight } from './utilizationBars';

const parts: readonly Part[] = ['marks'];

interface UtilizationBarsProps {
  over: readonly Line[];
  under: readonly Line[];
  limits: Limits;
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(line: Line): string;
}

/** Utilisation of the owners outside the limits, over-used ones first. */
export default function UtilizationBars({ over, under, limits, label, href }: UtilizationBarsProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(
    () => utilizationBars({ over, under, limits, href, narrow }, format, tokens),
    [over, under, limits, href, narrow, tokens],
  );
  return <Chart parts={parts} option={option} label={label} height={utilizationBarsHeight(over, under, narrow)} />;
}
