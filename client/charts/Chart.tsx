import { useRef } from 'react';

import classes from './Chart.module.css';
import type { ChartOption } from './types';
import { useChart } from './useChart';
import { useMarks } from './useMarks';

interface ChartProps {
  option: ChartOption;
  height: number;
  /** One sentence with the chart's own figures; ECharts' generated label reads out indexes. */
  label: string;
  /** Draws lines, which only then are loaded. */
  lines?: boolean;
  /** Where a click on the label of a row leads. */
  axisHref?: (row: number) => string | undefined;
}

/** One chart: a single tab stop, drawn when it comes into view. Arrows move along its marks, Enter follows one. */
export function Chart({ option, height, label, lines = false, axisHref }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useChart(element, option, lines);
  const { said, onKeyDown, onBlur } = useMarks(chart, option, axisHref);
  return (
    <div className={classes.frame} style={{ height }}>
      <div ref={element} className={classes.canvas} role="img" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} onBlur={onBlur} />
      <span className={classes.spoken} aria-live="polite">{said}</span>
    </div>
  );
}
