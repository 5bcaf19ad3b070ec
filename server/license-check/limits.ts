import { randomInt } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../auth/throttle.js';

const WINDOW_SECONDS = 60;
/** Budgets of each kind that are kept at most. Whoever falls into the same one shares it, which a budget hardly notices. */
const BUDGETS = 2 ** 17;

/** So many checks a minute for each key and each address. Counts in this process only, in bounded memory. */
export class CheckLimits {
  readonly #keys: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;
  /** Nobody outside can tell who shares a budget with whom. */
  readonly #seed = randomInt(2 ** 31);

  constructor({ perKey, perAddress }: { perKey: number; perAddress: number }) {
    this.#keys = new RateLimiterMemory({ points: perKey, duration: WINDOW_SECONDS });
    this.#addresses = new RateLimiterMemory({ points: perAddress, duration: WINDOW_SECONDS });
  }

  /** Takes one check of an address. Milliseconds to wait, 0 when it may go ahead. */
  takeAddress(address: string): Promise<number> {
    return take(this.#addresses, this.#budget(networkOf(address)));
  }

  /** Takes one check of a key. Milliseconds to wait, 0 when it may go ahead. */
  takeKey(licenseKey: string): Promise<number> {
    return take(this.#keys, this.#budget(licenseKey));
  }

  #budget(text: string): string {
    let hash = this.#seed;
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    return String((hash >>> 0) % BUDGETS);
  }
}

async function take(limiter: RateLimiterMemory, budget: string): Promise<number> {
  try {
    await limiter.consume(budget);
    return 0;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return Math.max(1, refusal.msBeforeNext);
  }
}
