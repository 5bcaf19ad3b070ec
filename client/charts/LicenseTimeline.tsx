import { useMemo } from 'react';

import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { Chart } from './Chart';
import { licenseTimeline, timelineHeight } from './licenseTimeline';
import type { Part } from './parts';
import { StatusLegend } from './StatusLegend';
import { lanesOf } from './timelineLanes';
import type { Round } from './types';
import { useNarrow } from './useNarrow';

const parts: readonly Part[] = ['marks', 'zoom'];

interface LicenseTimelineProps {
  rounds: readonly Round[];
  asOf: string;
  label: string;
  /** Memoise both: a new function draws the chart anew. */
  href(round: Round): string;
  ownerHref?(round: Round): string;
  height?: number;
}

/** Licence timeline: a bar a round, rows by owner in the order they arrive. */
export default function LicenseTimeline({ rounds, asOf, label, href, ownerHref, height }: LicenseTimelineProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const lanes = useMemo(() => lanesOf(rounds), [rounds]);
  const option = useMemo(
    () => licenseTimeline({ rounds, asOf, href, narrow }, format, tokens),
    [rounds, asOf, href, narrow, tokens],
  );
  const statuses = useMemo(() => new Set(rounds.map((round) => round.lifecycleStatus)), [rounds]);
  const axisHref = (row: number) => {
    const round = lanes[row]?.rounds[0];
    return round && ownerHref?.(round);
  };
  return (
    <>
      <StatusLegend statuses={statuses} />
      <Chart parts={parts} option={option} label={label} height={height ?? timelineHeight(lanes.length, narrow)} axisHref={axisHref} />
    </>
  );
}
