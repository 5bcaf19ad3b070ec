import { useMemo } from 'react';

import type { ActivityInterval } from '../api/generated/graphql';
import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { activityLine } from './activityLine';
import { Chart } from './Chart';
import type { Part } from './parts';
import type { Point } from './types';
import { useNarrow } from './useNarrow';

const parts: readonly Part[] = ['lines'];

interface ActivityLineProps {
  points: readonly Point[];
  interval: ActivityInterval;
  label: string;
  height?: number;
}

/** Active users over time. */
export default function ActivityLine({ points, interval, label, height = 260 }: ActivityLineProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => activityLine({ points, interval, narrow }, format, tokens), [points, interval, narrow, tokens]);
  return <Chart parts={parts} option={option} label={label} height={height} />;
}
