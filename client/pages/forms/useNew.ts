import { useEffect, useRef } from 'react';

/** Opens the form of a new row when `n` is pressed; the shell listens to the key and says so by an event. */
export function useNew(allowed: boolean, open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    if (!allowed) return undefined;
    const onNew = () => latest.current();
    window.addEventListener('seatwise:new', onNew);
    return () => window.removeEventListener('seatwise:new', onNew);
  }, [allowed]);
}
