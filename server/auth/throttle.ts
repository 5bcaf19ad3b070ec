import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 3600;
const FIRST_BLOCK_SECONDS = 15 * 60;
/** Anyone can block anyone's account by guessing wrongly, so the blocks stop growing at an hour. */
const LONGEST_BLOCK_SECONDS = 3600;
/** Blocks within this time make the next one longer. */
const MEMORY_SECONDS = 24 * 3600;
/** A whole office may share an address. */
const ADDRESS_FACTOR = 10;

/** A number of failures in a row, then blocks that double. Counts in this process only; the clock is the limiter's own. */
class FailureBudget {
  readonly #failures: RateLimiterMemory;
  readonly #blocks = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: MEMORY_SECONDS });

  constructor(private readonly points: number) {
    this.#failures = new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  }

  /** Takes one attempt. Milliseconds to wait, 0 when the attempt is granted. */
  async take(key: string): Promise<number> {
    try {
      await this.#failures.consume(key);
      return 0;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      // Only the first attempt over the budget starts a block; knocking on a blocked door does not prolong it.
      return refusal.consumedPoints === this.points + 1 ? this.#block(key) : refusal.msBeforeNext;
    }
  }

  /** Gives one attempt back, except to a key that is blocked by now. */
  async giveBack(key: string): Promise<void> {
    const state = await this.#failures.get(key);
    if (state !== null && state.consumedPoints > 0 && state.consumedPoints <= this.points) await this.#failures.reward(key);
  }

  async forget(key: string): Promise<void> {
    await this.#failures.delete(key);
    await this.#blocks.delete(key);
  }

  async #block(key: string): Promise<number> {
    const { consumedPoints: times } = await this.#blocks.penalty(key);
    const seconds = Math.min(FIRST_BLOCK_SECONDS * 2 ** (times - 1), LONGEST_BLOCK_SECONDS);
    await this.#failures.block(key, seconds);
    return seconds * 1000;
  }
}

/**
 * Slows down guessing, per account and per address. An attempt is counted before its password is looked at and given
 * back on success: counted afterwards, a hundred simultaneous guesses would all pass.
 */
export class SignInThrottle {
  readonly #accounts: FailureBudget;
  readonly #addresses: FailureBudget;

  constructor(attempts: number) {
    this.#accounts = new FailureBudget(attempts);
    this.#addresses = new FailureBudget(attempts * ADDRESS_FACTOR);
  }

  /** Milliseconds to wait, 0 when the attempt may go ahead. `email` is in the form that accounts are compared by. */
  async take(email: string, address: string): Promise<number> {
    // The address first: one that is blocked can no longer use up the attempts of other people's accounts.
    const wait = await this.#addresses.take(networkOf(address));
    return wait > 0 ? wait : this.#accounts.take(accountKey(email));
  }

  /** The password was right: the account starts afresh. The address does not, or one's own account would reset it. */
  async succeeded(email: string, address: string): Promise<void> {
    await this.#accounts.forget(accountKey(email));
    await this.#addresses.giveBack(networkOf(address));
  }

  /** The attempt came to nothing through no fault of the visitor. */
  async withdrawn(email: string, address: string): Promise<void> {
    await this.#accounts.giveBack(accountKey(email));
    await this.#addresses.giveBack(networkOf(address));
  }
}

/** Hashed: keys stay short whatever is typed, and no list of addresses lies in memory. */
function accountKey(email: string): string {
  return createHash('sha256').update(email).digest('base64');
}

/** What counts as one address: an IPv6 customer owns a /64 at least, so its 2^64 addresses share one budget. */
export function networkOf(address: string): string {
  const plain = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = [], tail = []] = plain.split('::').map((side) => side.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
