import { useMemo } from 'react';

import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { Chart } from './Chart';
import type { Part } from './parts';
import { queryChart, queryChartHeight, type QueryPlot } from './queryChart';
import { Legend } from './reports/Legend';
import { useNarrow } from './useNarrow';

const lines: readonly Part[] = ['lines'];
const none: readonly Part[] = [];

/** The rows of an ad-hoc query; memoise `plot`. */
export default function QueryChart({ plot, label }: { plot: QueryPlot; label: string }) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => queryChart({ plot, narrow }, format, tokens), [plot, narrow, tokens]);
  return (
    <>
      {plot.series.length > 1 && <Legend label="Series" keys={plot.series.map(({ name }, index) => ({ label: name, tone: `series-${index + 1}` }))} />}
      <Chart option={option} label={label} height={queryChartHeight(plot, narrow)} parts={plot.type === 'LINE' ? lines : none} />
    </>
  );
}
