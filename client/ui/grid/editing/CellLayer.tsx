import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

import { useCells } from './cells';
import classes from './editing.module.css';

interface At {
  left: number;
  top?: number;
  bottom?: number;
}

/** Below the anchor, or above it when the window ends before the layer does. */
function placed(anchor: DOMRect, layer: DOMRect, frame: DOMRect): At {
  const left = Math.max(0, Math.min(anchor.left - frame.left, frame.width - layer.width));
  const fitsBelow = anchor.bottom + layer.height + 8 < window.innerHeight;
  return fitsBelow || anchor.top < layer.height ? { left, top: anchor.bottom - frame.top } : { left, bottom: frame.bottom - anchor.top };
}

/** What belongs to a cell but does not fit into it: the reason why its value is wrong, a list, a calendar. */
export function CellLayer({ anchor, children }: { anchor: RefObject<HTMLElement | null>; children: ReactNode }) {
  const { frame } = useCells();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<At | null>(null);
  useLayoutEffect(() => {
    const place = () => {
      if (!anchor.current || !box.current || !frame.current) return;
      setAt(placed(anchor.current.getBoundingClientRect(), box.current.getBoundingClientRect(), frame.current.getBoundingClientRect()));
    };
    place();
    const resized = new ResizeObserver(place);
    if (box.current) resized.observe(box.current);
    window.addEventListener('scroll', place, { capture: true, passive: true });
    window.addEventListener('resize', place);
    return () => {
      resized.disconnect();
      window.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    };
  }, [anchor, frame]);
  if (!frame.current) return null;
  return createPortal(
    <div ref={box} data-cell-layer className={classes.layer} style={{ visibility: at ? undefined : 'hidden', left: at?.left ?? 0, top: at?.top, bottom: at?.bottom }}>
      {children}
    </div>,
    frame.current,
  );
}
