import { useRef } from 'react';

import classes from './Chart.module.css';
import type { Part } from './parts';
import type { ChartOption } from './types';
import { useChart } from './useChart';
import { useMarks } from './useMarks';

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
export function Chart({ option, height, label, parts = none, axisHref }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useChart(element, option, parts);
  const { said, onKeyDown, onBlur } = useMarks(chart, option, axisHref);
  return (
    <div className={classes.frame} style={{ height }}>
      <div ref={element} className={classes.canvas} role="img" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} onBlur={onBlur} />
      <span className={classes.spoken} aria-live="polite">{said}</span>
    </div>
  );
}
