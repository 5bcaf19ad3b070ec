import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import type { UserError, UserErrorCode } from '../graphql.generated.js';
import { passwordsAreBusy, verifyPassword } from './passwords.js';
import {
  accountByEmail, accountOfSession, openSession, presentedToken, revokeSession, rotateToken, type RevocationReason,
} from './session-store.js';
import { SignInThrottle } from './throttle.js';
import { AccessTokens, newRefreshToken, refreshTokenHash } from './tokens.js';
import { anonymous, viewerFrom, type SignedInViewer, type Viewer } from './viewer.js';

/** An open session, ready to be handed to its owner. */
export interface IssuedSession {
  readonly kind: 'session';
  readonly accessToken: string;
  /** When the access token stops working. */
  readonly expiresAt: Date;
  /** For the cookie only. */
  readonly refreshToken: string;
  readonly viewer: SignedInViewer;
}

/** Why there is no session. */
export interface SessionRefusal {
  readonly kind: 'refused';
  readonly error: UserError;
}

export type SessionOutcome = IssuedSession | SessionRefusal;

export interface Credentials {
  email: string;
  password: string;
  /** Address of the client, as far as the proxy in front is trusted. */
  address: string;
  now: Date;
}

const CACHED_VIEWERS = 10_000;
/** How long another process, or a change in the account row, may go unnoticed. */
const CACHE_MS = 2000;
const BUSY_WAIT_MS = 5000;
const DAY_MS = 86_400_000;
const MAX_EMAIL_LENGTH = 254;

/** Sign-in, the rotation of refresh tokens, and the way from an access token to its viewer. */
export class Sessions {
  readonly #tokens: AccessTokens;
  readonly #throttle: SignInThrottle;
  readonly #viewers = new LRUCache<string, { viewer: SignedInViewer; readAt: number }>({ max: CACHED_VIEWERS });
  #revocations = 0;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {
    this.#tokens = new AccessTokens(config);
    this.#throttle = new SignInThrottle(config.SIGN_IN_ATTEMPTS);
  }

  /** Opens a session for the right password. Every other reason not to open one answers alike, and as fast. */
  async signIn({ email: typed, password, address, now }: Credentials): Promise<SessionOutcome> {
    const email = typed.trim().toLowerCase();
    if (passwordsAreBusy()) return throttled(BUSY_WAIT_MS);
    const wait = await this.#throttle.take(email, address);
    if (wait > 0) return throttled(wait);
    try {
      const outcome = await this.#openFor(email, password, now);
      if (outcome === null) return refused('WRONG_CREDENTIALS', 'E-mail and password do not belong together.');
      await this.#throttle.succeeded(email, address);
      return outcome;
    } catch (error) {
      // An outage must not lock people out of their accounts.
      await this.#throttle.withdrawn(email, address);
      throw error;
    }
  }

  async #openFor(email: string, password: string, now: Date): Promise<IssuedSession | null> {
    const account = email.length > MAX_EMAIL_LENGTH ? null : await accountByEmail(this.database, email);
    const known = await verifyPassword(account?.passwordHash ?? null, password);
    const sessionId = randomUUID();
    // Only after the password, so that a disabled account takes as long as any other.
    const viewer = known && account !== null ? viewerFrom(account, sessionId, this.config) : null;
    if (viewer === null) return null;
    const { token, hash } = newRefreshToken();
    const expiresAt = new Date(now.getTime() + this.config.SESSION_DAYS * DAY_MS);
    await openSession(this.database, { sessionId, accountId: viewer.accountId, tokenHash: hash, expiresAt }, now);
    return this.#issued(viewer, token, expiresAt, now);
  }

  /** Exchanges a refresh token for a new pair. A second use of the same token ends the session. */
  async refresh(refreshToken: string | null, now: Date): Promise<SessionOutcome> {
    const tokenHash = refreshToken === null ? null : refreshTokenHash(refreshToken);
    const presented = tokenHash === null ? null : await presentedToken(this.database, tokenHash, now);
    if (tokenHash === null || presented === null) return sessionEnded();
    const { sessionId } = presented;
    const viewer = viewerFrom(presented, sessionId, this.config);
    if (presented.sessionOpen === 0 || viewer === null) return sessionEnded();
    const next = newRefreshToken();
    const rotated = await rotateToken(this.database, { sessionId, tokenHash, nextHash: next.hash }, now);
    if (!rotated) this.#forget(sessionId);
    return rotated ? this.#issued(viewer, next.token, presented.expiresAt, now) : sessionEnded();
  }

  /** Ends the session: none of its tokens opens anything from now on, in other processes within two seconds. */
  async signOut(sessionId: string, now: Date): Promise<void> {
    await this.#revoke(sessionId, 'signed-out', now);
  }

  /** Who an access token stands for. Role and rows come from the account as it is now, never from the token. */
  async viewerOf(accessToken: string | null, now: Date): Promise<Viewer> {
    const claims = accessToken === null ? null : this.#tokens.read(accessToken, now);
    if (claims === null) return anonymous;
    const cached = this.#viewers.get(claims.sessionId);
    if (cached?.viewer.accountId === claims.accountId && isFresh(cached.readAt, now)) return cached.viewer;
    const revocations = this.#revocations;
    const account = await accountOfSession(this.database, claims, now);
    const viewer = account && viewerFrom(account, claims.sessionId, this.config);
    // A revocation while we were reading must not be undone by what we read before it.
    if (viewer === null || revocations !== this.#revocations) this.#viewers.delete(claims.sessionId);
    else this.#viewers.set(claims.sessionId, { viewer, readAt: now.getTime() });
    return viewer ?? anonymous;
  }

  async #revoke(sessionId: string, reason: RevocationReason, now: Date): Promise<void> {
    await revokeSession(this.database, sessionId, reason, now);
    this.#forget(sessionId);
  }

  #forget(sessionId: string): void {
    this.#revocations += 1;
    this.#viewers.delete(sessionId);
  }

  #issued(viewer: SignedInViewer, refreshToken: string, sessionEnd: Date, now: Date): IssuedSession {
    const { token, expiresAt } = this.#tokens.issue(viewer, sessionEnd, now);
    return { kind: 'session', accessToken: token, expiresAt, refreshToken, viewer };
  }
}

/** A clock that was set back must not keep an entry alive. */
function isFresh(readAt: number, now: Date): boolean {
  const age = now.getTime() - readAt;
  return age >= 0 && age < CACHE_MS;
}

function refused(code: UserErrorCode, message: string): SessionRefusal {
  return { kind: 'refused', error: { field: [], code, message } };
}

function sessionEnded(): SessionRefusal {
  return refused('SESSION_ENDED', 'The session has ended. Sign in again.');
}

function throttled(milliseconds: number): SessionRefusal {
  const seconds = Math.ceil(milliseconds / 1000);
  const minutes = Math.ceil(seconds / 60);
  const when = seconds < 60 ? `${seconds} seconds` : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return refused('THROTTLED', `Too many attempts. Try again in ${when}.`);
}
