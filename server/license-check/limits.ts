import { randomInt } from 'node:crypto';
import { networkOf } from '../auth/throttle.js';

const WINDOW_MS = 60_000;
/** Budgets of each kind. Whoever falls into the same one shares it, which a budget hardly notices. */
const BUDGETS = 2 ** 17;

/** So many checks a minute for each key and each address. Counts in this process only, in memory that does not grow. */
export class CheckLimits {
  readonly #keys: Budgets;
  readonly #addresses: Budgets;
  /** Nobody outside can tell who shares a budget with whom. */
  readonly #seed = randomInt(2 ** 31);

  constructor({ perKey, perAddress }: { perKey: number; perAddress: number }) {
    this.#keys = new Budgets(perKey);
    this.#addresses = new Budgets(perAddress);
  }

  /** Takes one check of an address. Milliseconds to wait, 0 when it may go ahead. */
  takeAddress(address: string): number {
    return this.#addresses.take(this.#budget(networkOf(address)));
  }

  /** Takes one check of a key. Milliseconds to wait, 0 when it may go ahead. */
  takeKey(licenseKey: string): number {
    return this.#keys.take(this.#budget(licenseKey));
  }

  #budget(text: string): number {
    let hash = this.#seed;
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    return (hash >>> 0) % BUDGETS;
  }
}

/** Fixed windows that begin with the first check in each. Numbers alone: a fleet makes a hundred thousand budgets a minute. */
class Budgets {
  readonly #taken = new Uint32Array(BUDGETS);
  /** When the window ends, on the clock of `performance`. */
  readonly #ends = new Float64Array(BUDGETS);

  constructor(private readonly points: number) {}

  take(budget: number): number {
    const now = performance.now();
    const ends = this.#ends[budget] ?? 0;
    if (ends <= now) {
      this.#ends[budget] = now + WINDOW_MS;
      this.#taken[budget] = 0;
    }
    const taken = (this.#taken[budget] ?? 0) + 1;
    // Refused checks do not count on: what is counted stays within the number's range.
    if (taken > this.points) return Math.max(1, ends - now);
    this.#taken[budget] = taken;
    return 0;
  }
}
