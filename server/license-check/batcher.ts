interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

interface Limits {
  /** Loads under way at a time; what arrives meanwhile goes into the next one. */
  atOnce: number;
  /** Items of one load. */
  size: number;
}

/** Least time between the starts of two loads. Whoever asks first is served at once; under load this is what others share. */
const GAP_MS = 4;

/**
 * Lets many requests share statements: what is asked for in one turn of the event loop, shortly after another load, or while
 * others are under way, is loaded together. The more is asked, the larger the batches.
 */
export class Batcher<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  #running = 0;
  #scheduled = false;
  #startedAt = 0;

  constructor(
    /** One result for each item, in their order. */
    private readonly load: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly limits: Limits,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#running >= this.limits.atOnce || this.#waiting.length === 0) return;
    this.#scheduled = true;
    const wait = this.#waiting.length >= this.limits.size ? 0 : GAP_MS - (performance.now() - this.#startedAt);
    if (wait > 0) setTimeout(() => this.#start(), wait);
    else setImmediate(() => this.#start());
  }

  #start(): void {
    this.#scheduled = false;
    this.#startedAt = performance.now();
    void this.#run(this.#waiting.splice(0, this.limits.size));
    this.#schedule();
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#running += 1;
    try {
      const results = await this.load(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#running -= 1;
      this.#schedule();
    }
  }
}

/** Lists of values in few lengths, so that the statements that hold them are few and stay prepared: the last value repeats. */
export function padded<T>(values: readonly T[]): T[] {
  const length = [1, 4, 16, 64].find((size) => values.length <= size) ?? Math.ceil(values.length / 256) * 256;
  const last = values.at(-1);
  return last === undefined ? [] : [...values, ...Array.from({ length: length - values.length }, () => last)];
}

/** Values by their key, in their order. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
