import type { EChartsType } from 'echarts/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import { useOpen } from '../ui/useOpen';
import { markOf, marksOf, type PlacedMark, placeOf, spoken } from './common';
import type { ChartOption } from './types';

/** On no mark: the keys have not begun, or have let go. */
const nowhere = { place: -1 };

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Brings a row of a scrolled axis into the window of the slider. */
function reveal(chart: EChartsType, option: ChartOption, row: number | undefined): void {
  const zooms = Array.isArray(option.dataZoom) ? option.dataZoom : [];
  const slider = zooms.find((zoom) => zoom.type === 'slider');
  if (row === undefined || !slider) return;
  const size = Number(slider.endValue) - Number(slider.startValue);
  const first = Math.max(0, row - Math.floor(size / 2));
  chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: zooms.indexOf(slider), startValue: first, endValue: first + size });
}

/** Brings a mark into view and shows its tooltip, as if the pointer were on it. */
function point(chart: EChartsType, option: ChartOption, { seriesIndex, dataIndex, mark }: PlacedMark): void {
  reveal(chart, option, mark.row);
  chart.dispatchAction({ type: 'downplay' });
  chart.dispatchAction({ type: 'highlight', seriesIndex, dataIndex });
  chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
}

/** Clicks and keys on marks: arrows walk along them, Enter and a click follow them, Escape lets go. */
export function useMarks(chart: EChartsType | null, option: ChartOption, axisHref?: (row: number) => string | undefined) {
  const open = useOpen();
  const [said, say] = useState('');
  const at = useRef<{ place: number; on?: PlacedMark }>(nowhere);
  const latest = useRef({ open, axisHref });
  latest.current = { open, axisHref };

  useEffect(() => {
    if (!chart) return;
    chart.off('click');
    chart.on('click', (params) => {
      const native = params.event?.event as unknown as MouseEvent | undefined;
      const newTab = native?.ctrlKey === true || native?.metaKey === true;
      const onAxis = params.componentType === 'yAxis' ? latest.current.axisHref?.(Number(params.value)) : undefined;
      const href = onAxis ?? markOf(params.data)?.href;
      if (href) latest.current.open(href, newTab);
    });
  }, [chart, option]);

  // A chart is drawn anew when somebody changes something: who reads it by keys stays where they are, unless that mark is gone.
  useEffect(() => {
    const { on: before } = at.current;
    if (!chart || !before) return;
    const marks = marksOf(option);
    const place = placeOf(before, marks);
    const on = marks[place];
    at.current = on ? { place, on } : nowhere;
    say(on ? spoken(on.mark) : '');
    if (on) point(chart, option, on);
  }, [chart, option]);

  const leave = () => {
    at.current = nowhere;
    say('');
    chart?.dispatchAction({ type: 'hideTip' });
    chart?.dispatchAction({ type: 'downplay' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const marks = marksOf(option);
    if (!chart || marks.length === 0) return;
    const step = steps[event.key];
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? marks.length - 1
      : step === undefined ? -1 : Math.min(marks.length - 1, Math.max(0, at.current.place + step));
    const current = marks[at.current.place];
    if (event.key === 'Enter' && current?.mark.href) open(current.mark.href, event.ctrlKey || event.metaKey);
    if (event.key === 'Escape') leave();
    const next = marks[target];
    if (!next) return;
    event.preventDefault();
    at.current = { place: target, on: next };
    point(chart, option, next);
    say(spoken(next.mark));
  };

  return { said, onKeyDown, onBlur: leave };
}
