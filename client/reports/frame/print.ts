import { useEffect, useRef } from 'react';

const preparations = new Set<() => Promise<void>>();

/** What a part of the page has to do before it is printed, such as reading the rest of its rows. */
export function usePrintPreparation(prepare: () => Promise<void>): void {
  const latest = useRef(prepare);
  latest.current = prepare;
  useEffect(() => {
    const run = () => latest.current();
    preparations.add(run);
    return () => {
      preparations.delete(run);
    };
  }, []);
}

/** Completes the page, lets it be drawn, and opens the browser's print dialog. */
export async function printReport(): Promise<void> {
  await Promise.all([...preparations].map((prepare) => prepare()));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  window.print();
}
