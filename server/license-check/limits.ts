import { createHmac, randomBytes } from 'node:crypto';
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
  readonly #salt = randomBytes(16);

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
    return String(createHmac('sha1', this.#salt).update(text).digest().readUInt32BE() % BUDGETS);
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
