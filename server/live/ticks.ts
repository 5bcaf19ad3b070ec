import { answeredOnce, type ChangeFeed, type Tick } from './feed.js';

/** The ticks of a feed, until the signal; the first says that what comes from then on will be told. Whoever is slow gets what came meanwhile as one. */
export async function* ticksOf(feed: ChangeFeed, signal: AbortSignal): AsyncGenerator<Tick, void, undefined> {
  let waiting: Tick | null = null;
  let wake: () => void = () => undefined;
  const stop = feed.listen((tick) => {
    waiting = waiting === null ? tick : merged(waiting, tick);
    wake();
  });
  const end = () => wake();
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      if (waiting === null) await new Promise<void>((resolve) => { wake = resolve; });
      const tick: Tick | null = waiting;
      waiting = null;
      if (tick !== null && !signal.aborted) yield tick;
    }
  } finally {
    signal.removeEventListener('abort', end);
    stop();
  }
}

function merged(first: Tick, second: Tick): Tick {
  // The answers of either are about less.
  return { at: second.at, activity: [...first.activity, ...second.activity], changes: [...first.changes, ...second.changes], once: answeredOnce() };
}
