import { useMemo } from 'react';

import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { Chart } from '../Chart';
import { useNarrow } from '../useNarrow';
import { type FunnelBar, funnelBars, funnelHeight } from './funnelBars';

/** The steps of the trial funnel. */
export default function FunnelBars({ steps, label }: { steps: readonly FunnelBar[]; label: string }) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => funnelBars({ steps, narrow }, format, tokens), [steps, narrow, tokens]);
  return <Chart option={option} label={label} height={funnelHeight(steps.length, narrow)} />;
}
