import { useEffect, useRef, useState } from 'react';

import { type Bounds, boundsOf, contains, dragged, type Extent, type Place, type Range, rangeAt } from './range';

/** The selected rectangle, drawn by the pointer or by keys, and the one that dragging its handle would fill. */
export function useRange({ rows, columns }: Extent, onFill: (source: Bounds, target: Bounds) => void) {
  const [range, setRange] = useState<Range | null>(null);
  const [preview, setPreview] = useState<Bounds | null>(null);
  const holds = useRef<'range' | 'handle' | null>(null);
  const all: Bounds = { top: 0, left: 0, bottom: rows - 1, right: columns - 1 };
  const bounds = range && contains(all, range.anchor) && contains(all, range.focus) ? boundsOf(range) : null;
  const latest = useRef({ bounds, preview, onFill });
  latest.current = { bounds, preview, onFill };

  useEffect(() => {
    const release = () => {
      const { bounds: source, preview: target, onFill: fill } = latest.current;
      if (holds.current === 'handle' && source && target) {
        fill(source, target);
        setRange({ anchor: { row: target.top, column: target.left }, focus: { row: target.bottom, column: target.right } });
      }
      holds.current = null;
      setPreview(null);
    };
    window.addEventListener('mouseup', release);
    return () => window.removeEventListener('mouseup', release);
  }, []);

  return {
    range: bounds ? range : null, bounds, preview, setRange,
    /** The pointer went down on a cell: from here a range can be drawn. */
    press: (place: Place) => {
      holds.current = 'range';
      setRange(rangeAt(place));
    },
    holdHandle: () => { holds.current = 'handle'; },
    enter: (place: Place) => {
      if (holds.current === null || !contains(all, place)) return;
      if (holds.current === 'range') setRange((now) => (now ? { anchor: now.anchor, focus: place } : now));
      else if (bounds) setPreview(dragged(bounds, place));
    },
  };
}
