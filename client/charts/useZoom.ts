import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';

import { type View, wholeView, zoom } from './zoom';

interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const middle = { x: 0.5, y: 0.5 };
const step = 0.8;

/** Zooming by Ctrl and the wheel around the pointer, and by + − 0; the wheel alone belongs to the page. */
export function useZoom(element: RefObject<HTMLElement | null>, margins: Margins) {
  const [view, setView] = useState<View>(wholeView);
  const { left, right, top, bottom } = margins;

  useEffect(() => {
    const target = element.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !target) return;
      // React listens passively, and a passive listener can't keep the browser from zooming the page.
      event.preventDefault();
      const box = target.getBoundingClientRect();
      const at = {
        x: (event.clientX - box.left - left) / (box.width - left - right),
        y: 1 - (event.clientY - box.top - top) / (box.height - top - bottom),
      };
      setView((now) => zoom(now, at, event.deltaY > 0 ? 1 / step : step));
    };
    target?.addEventListener('wheel', onWheel, { passive: false });
    return () => target?.removeEventListener('wheel', onWheel);
  }, [element, left, right, top, bottom]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === '+' || event.key === '=') setView((now) => zoom(now, middle, step));
    if (event.key === '-') setView((now) => zoom(now, middle, 1 / step));
    if (event.key === '0') setView(wholeView);
  };
  return { view, onKeyDown, reset: () => setView(wholeView) };
}
