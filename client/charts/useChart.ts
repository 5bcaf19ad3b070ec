import type { EChartsType } from 'echarts/core';
import { useEffect, useRef, useState, type RefObject } from 'react';

import { loadParts, type Part } from './parts';
import type { ChartOption } from './types';

/** What a card on A4 has inside of its margins. */
const printWidth = 600;

/** Paper does not wait for an animation. */
let printing = false;
window.addEventListener('beforeprint', () => { printing = true; });
window.addEventListener('afterprint', () => { printing = false; });

/** Resolves once the element is about to come into view: a chart nobody scrolls to costs nothing. */
function whenVisible(element: Element): { seen: Promise<void>; stop: () => void } {
  let observer: IntersectionObserver | undefined;
  const seen = new Promise<void>((resolve) => {
    observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer?.disconnect();
      resolve();
    }, { rootMargin: '120px' });
    observer.observe(element);
  });
  return { seen, stop: () => observer?.disconnect() };
}

/** The size of the box, and of the paper while printing. */
function keepSize(element: HTMLElement, chart: EChartsType): () => void {
  const resize = () => chart.resize();
  const observer = new ResizeObserver(resize);
  const toPaper = () => chart.resize({ width: Math.min(printWidth, element.clientWidth) });
  observer.observe(element);
  window.addEventListener('beforeprint', toPaper);
  window.addEventListener('afterprint', resize);
  return () => {
    observer.disconnect();
    window.removeEventListener('beforeprint', toPaper);
    window.removeEventListener('afterprint', resize);
  };
}

/** Owns one ECharts instance on an element: loads the engine when the element is seen, follows its size, ends with it. */
export function useChart(element: RefObject<HTMLElement | null>, option: ChartOption, parts: readonly Part[]): EChartsType | null {
  const [chart, setChart] = useState<EChartsType | null>(null);
  const drawn = useRef<ChartOption | null>(null);

  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    let ended = false;
    let end = () => {};
    const { seen, stop } = whenVisible(target);
    // Canvas measures text once: before the font is there it would measure another one.
    void seen.then(() => Promise.all([import('./engine'), document.fonts.ready, loadParts(parts)])).then(([{ start }]) => {
      if (ended) return;
      const instance = start(target);
      const release = keepSize(target, instance);
      end = () => { release(); instance.dispose(); };
      drawn.current = null;
      setChart(instance);
    });
    return () => { ended = true; stop(); end(); setChart(null); };
  }, [element, parts]);

  useEffect(() => {
    if (!chart || chart.isDisposed() || drawn.current === option) return;
    // After a roam, ECharts 6.1 fails on the zoom of an option that replaces another; on an emptied chart it does not.
    if (drawn.current) chart.clear();
    const calm = printing || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.setOption(calm ? { ...option, animation: false } : option, { notMerge: true });
    drawn.current = option;
  }, [chart, option]);

  return chart;
}
