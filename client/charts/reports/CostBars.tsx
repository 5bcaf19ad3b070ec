import { useCallback, useMemo } from 'react';

import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { sourceWord } from '../../ui/words';
import { Chart } from '../Chart';
import { useNarrow } from '../useNarrow';
import { type CostBar, costBars, costHeight } from './costBars';
import { Legend } from './Legend';

const tones = [['PORTAL', 'series-1'], ['EXTERNAL', 'series-2']] as const;

interface CostBarsProps {
  bars: readonly CostBar[];
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(bar: CostBar): string | undefined;
}

/** Cost per active user in one currency, a bar an owner or source. */
export default function CostBars({ bars, label, href }: CostBarsProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => costBars({ bars, href, narrow }, format, tokens), [bars, href, narrow, tokens]);
  const axisHref = useCallback((row: number) => { const bar = bars[row]; return bar && href(bar); }, [bars, href]);
  const keys = tones.filter(([source]) => bars.some((bar) => bar.source === source)).map(([source, tone]) => ({ label: sourceWord[source], tone }));
  return (
    <>
      <Legend label="Sources" keys={keys} />
      <Chart option={option} label={label} height={costHeight(bars.length)} axisHref={axisHref} />
    </>
  );
}
