import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { SignedInViewer, Viewer } from '../auth/viewer.js';
import { rateLimited } from '../errors.js';
import { limitedRoleOf, type LimitsByRole } from '../graphql/limits-by-role.js';

const WINDOW_SECONDS = 60;
/** A request that may bring many rows counts once more for so many of them. */
const ROWS_PER_REQUEST = 1000;

/**
 * Requests a minute of each account and of each token. Counts in this process only, like sign-in attempts. Who has not signed
 * in has no budget here: attempts to sign in and licence checks have their own, and anything else is refused for less than
 * the counting costs.
 */
export class RateLimits {
  /** One for each limit that a role has. */
  readonly #limiters = new Map<number, RateLimiterMemory>();

  constructor(private readonly limits: LimitsByRole) {}

  /** Counts one request. Throws RATE_LIMITED. */
  async request(viewer: Viewer): Promise<void> {
    await this.#take(viewer, 1);
  }

  /** Counts the estimated rows of the same request. Throws RATE_LIMITED. */
  async rows(viewer: Viewer, rows: number): Promise<void> {
    const more = Math.floor(rows / ROWS_PER_REQUEST);
    if (more > 0) await this.#take(viewer, more);
  }

  async #take(viewer: Viewer, requests: number): Promise<void> {
    if (viewer.kind === 'anonymous') return;
    const limits = this.limits[limitedRoleOf(viewer)];
    const token = tokenOf(viewer);
    if (token !== null) await this.#consume('token', token, limits.tokenRequestsPerMinute, requests);
    // Whoever looks at an embedded dashboard is not its creator, and must not use up what the creator may send.
    const { kind } = viewer.credential;
    if (kind === 'session' || kind === 'api-token') await this.#consume('account', String(viewer.accountId), limits.accountRequestsPerMinute, requests);
  }

  async #consume(whose: 'account' | 'token', key: string, limit: number, requests: number): Promise<void> {
    const limiter = this.#limiters.get(limit) ?? new RateLimiterMemory({ points: limit, duration: WINDOW_SECONDS });
    this.#limiters.set(limit, limiter);
    try {
      await limiter.consume(`${whose} ${key}`, requests);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw rateLimited(whose, limit, refusal.consumedPoints, Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    }
  }
}

/** What counts as one token; null for a session, which is its account. */
function tokenOf({ credential }: SignedInViewer): string | null {
  switch (credential.kind) {
    case 'session':
      return null;
    case 'api-token':
    case 'embed-token':
      return `${credential.kind} ${credential.id}`;
    case 'external-token':
      return `${credential.kind} ${credential.subject}`;
  }
}
