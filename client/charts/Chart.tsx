import { useMemo, useRef } from 'react';

import { useEmbedding, useReachable } from '../ui/embedding';
import classes from './Chart.module.css';
import type { Part } from './parts';
import type { ChartOption } from './types';
import { useChart } from './useChart';
import { useMarks } from './useMarks';
import { withoutLinks } from './withoutLinks';

const none: readonly Part[] = [];

interface ChartProps {
  option: ChartOption;
  height: number;
  /** One sentence with the chart's own figures; ECharts' generated label reads out indexes. */
  label: string;
  /** Parts of ECharts beyond the common ones; a constant, since other parts mean another instance. */
  parts?: readonly Part[];
  /** Where a click on the label of a row leads. */
  axisHref?: (row: number) => string | undefined;
}

/** One chart: a single tab stop, drawn when it comes into view. Arrows move along its marks, Enter follows one. */
export function Chart({ option: drawn, height, label, parts = none, axisHref }: ChartProps) {
  const embedded = useEmbedding() !== null;
  const reachable = useReachable();
  const option = useMemo(() => (embedded ? withoutLinks(drawn, reachable) : drawn), [drawn, embedded, reachable]);
  const element = useRef<HTMLDivElement>(null);
  const chart = useChart(element, option, parts);
  const { said, onKeyDown, onBlur } = useMarks(chart, option, embedded ? undefined : axisHref);
  return (
    <div className={classes.frame} style={{ height }}>
      <div ref={element} className={classes.canvas} role="img" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} onBlur={onBlur} />
      <span className={classes.spoken} aria-live="polite">{said}</span>
    </div>
  );
}
