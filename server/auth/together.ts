import DataLoader from 'dataloader';

/** As many keys as one statement takes. */
const MOST = 500;

/**
 * Reads one thing at a time, and those that are asked for at once, as of the same moment, in one statement. Nothing is remembered. Who keeps
 * many connections open looks after all of their sessions with it.
 */
export function together<Key, Value>(readAll: (keys: readonly Key[], now: Date) => Promise<readonly Value[]>): (key: Key, now: Date) => Promise<Value> {
  const loaders = new Map<number, DataLoader<Key, Value>>();
  return (key, now) => {
    const moment = now.getTime();
    let loader = loaders.get(moment);
    if (loader === undefined) {
      loader = new DataLoader<Key, Value>(async (keys) => {
        loaders.delete(moment);
        return readAll(keys, now);
      }, { cache: false, maxBatchSize: MOST });
      loaders.set(moment, loader);
    }
    return loader.load(key);
  };
}
