import DataLoader from 'dataloader';

/** As many keys as one page can hold, and then some; longer batches are cut into several statements. */
const MAX_BATCH = 1000;

type Batch<T> = (ids: readonly number[]) => Promise<readonly T[]>;

/**
 * The batches of one request. A module asks for a batch by name; whoever asks with the same name in the same request
 * shares the statement.
 */
export class Loaders {
  private readonly loaders = new Map<string, DataLoader<number, unknown>>();
  private readonly read = new Map<string, Promise<unknown>>();

  /** Loads by id, all ids of one tick of the request together. The name must spell out every argument of the batch. */
  load<T>(name: string, id: number, batch: Batch<T>): Promise<T> {
    let loader = this.loaders.get(name);
    if (loader === undefined) {
      // Async, so that what the batch throws reaches the client as it is: the library wraps what is thrown at once.
      loader = new DataLoader<number, unknown>(async (ids) => batch(ids), { maxBatchSize: MAX_BATCH });
      this.loaders.set(name, loader);
    }
    return loader.load(id) as Promise<T>;
  }

  /** What is read once for all who ask with the same name in the request. The name must spell out every argument. */
  readOnce<T>(name: string, read: () => Promise<T>): Promise<T> {
    const reading = this.read.get(name) ?? read();
    this.read.set(name, reading);
    return reading as Promise<T>;
  }

  /** Forgets everything, after a mutation has changed rows. */
  clear(): void {
    this.loaders.clear();
    this.read.clear();
  }
}
