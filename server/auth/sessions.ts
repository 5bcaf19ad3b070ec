import { randomUUID } from 'node:crypto';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import type { UserError, UserErrorCode } from '../graphql.generated.js';
import { passwordsAreBusy, verifyPassword } from './passwords.js';
import { openSessions, type OpenSession } from './open-sessions.js';
import { accountByEmail, accountsOfSessions, openSession, presentedToken, revokeSession, rotateToken, type SessionOfAccount } from './session-store.js';
import { SignInThrottle } from './throttle.js';
import { AccessTokens, newRefreshToken, refreshTokenHash } from './tokens.js';
import { together } from './together.js';
import { ViewerCache } from './viewer-cache.js';
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
  /** What the browser or program calls itself. */
  userAgent?: string | null;
  now: Date;
}

const BUSY_WAIT_MS = 5000;
const DAY_MS = 86_400_000;
const MAX_EMAIL_LENGTH = 254;
const MAX_USER_AGENT_LENGTH = 255;

/** Sign-in, the rotation of refresh tokens, and the way from an access token to its viewer. */
export class Sessions {
  readonly #tokens: AccessTokens;
  readonly #throttle: SignInThrottle;
  readonly #accountOf;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly viewers: ViewerCache = new ViewerCache(),
  ) {
    this.#tokens = new AccessTokens(config);
    this.#throttle = new SignInThrottle(config.SIGN_IN_ATTEMPTS);
    this.#accountOf = together((sessions: readonly SessionOfAccount[], now) => accountsOfSessions(database, sessions, now));
  }

  /** Opens a session for the right password. Every other reason not to open one answers alike, and as fast. */
  async signIn(credentials: Credentials): Promise<SessionOutcome> {
    const email = credentials.email.trim().toLowerCase();
    const outcome = await this.#slowly(email, credentials.address, () => this.#openFor({ ...credentials, email }));
    return outcome ?? refused('WRONG_CREDENTIALS', 'E-mail and password do not belong together.');
  }

  /**
   * The stored hash of a viewer's password, which the given one was found to fit. Guesses count as they do at sign-in:
   * whoever finds an open browser learns no more than anybody else.
   */
  async confirm({ email }: SignedInViewer, password: string, address: string): Promise<string | SessionRefusal> {
    const confirmed = await this.#slowly(email, address, async () => {
      const account = await accountByEmail(this.database, email);
      return account !== null && (await verifyPassword(account.passwordHash, password)) ? account.passwordHash : null;
    });
    return confirmed ?? refused('WRONG_CREDENTIALS', 'This is not your current password.');
  }

  /** Work on a password within the budget of guesses. Null is a wrong guess. */
  async #slowly<T>(email: string, address: string, work: () => Promise<T | null>): Promise<T | SessionRefusal | null> {
    if (passwordsAreBusy()) return throttled(BUSY_WAIT_MS);
    const wait = await this.#throttle.take(email, address);
    if (wait > 0) return throttled(wait);
    try {
      const outcome = await work();
      if (outcome !== null) await this.#throttle.succeeded(email, address);
      return outcome;
    } catch (error) {
      // An outage must not lock people out of their accounts.
      await this.#throttle.withdrawn(email, address);
      throw error;
    }
  }

  async #openFor({ email, password, address, userAgent = null, now }: Credentials): Promise<IssuedSession | null> {
    const account = email.length > MAX_EMAIL_LENGTH ? null : await accountByEmail(this.database, email);
    const known = await verifyPassword(account?.passwordHash ?? null, password);
    const sessionId = randomUUID();
    // Only after the password, so that a disabled account takes as long as any other.
    const viewer = known && account !== null ? viewerFrom(account, sessionId, this.config) : null;
    if (viewer === null || account === null) return null;
    const { token, hash } = newRefreshToken();
    const expiresAt = new Date(now.getTime() + this.config.SESSION_DAYS * DAY_MS);
    const { accountId, passwordHash } = account;
    const session = { sessionId, accountId, passwordHash, tokenHash: hash, expiresAt, address, userAgent: shortened(userAgent) };
    return (await openSession(this.database, session, now)) ? this.#issued(viewer, token, expiresAt, now) : null;
  }

  /** Exchanges a refresh token for a new pair. A second use of the same token, later than a page that was left may need, ends the session. */
  async refresh(refreshToken: string | null, now: Date): Promise<SessionOutcome> {
    const tokenHash = refreshToken === null ? null : refreshTokenHash(refreshToken);
    const presented = tokenHash === null ? null : await presentedToken(this.database, tokenHash, now);
    if (tokenHash === null || presented === null) return sessionEnded();
    const { sessionId, usedAt } = presented;
    const viewer = viewerFrom(presented, sessionId, this.config);
    if (presented.sessionOpen === 0 || viewer === null) return sessionEnded();
    const next = newRefreshToken();
    const rotated = await rotateToken(this.database, { sessionId, tokenHash, usedAt, nextHash: next.hash }, now);
    if (!rotated) this.forget(sessionId);
    return rotated ? this.#issued(viewer, next.token, presented.expiresAt, now) : sessionEnded();
  }

  /** Ends the session: none of its tokens opens anything from now on, in other processes within two seconds. */
  async signOut(sessionId: string, now: Date): Promise<void> {
    await revokeSession(this.database, sessionId, 'signed-out', now);
    this.forget(sessionId);
  }

  /** The open sessions of each account, the latest first. */
  openOf(accountIds: readonly number[], now: Date): Promise<OpenSession[][]> {
    return openSessions(this.database, accountIds, now);
  }

  /** Who an access token stands for. Role and rows come from the account as it is now, never from the token. */
  async viewerOf(accessToken: string | null, now: Date): Promise<Viewer> {
    const claims = accessToken === null ? null : this.#tokens.read(accessToken, now);
    if (claims === null) return anonymous;
    const { sessionId, accountId } = claims;
    const viewer = await this.viewers.viewerOf(sessionId, now, async () => {
      const account = await this.#accountOf(claims, now);
      const found = account && viewerFrom(account, sessionId, this.config);
      // When the session ends is said by each access token.
      return found && { viewer: found, endsAt: Infinity };
    }, (found) => found.accountId === accountId);
    return viewer ?? anonymous;
  }

  /** The session has ended, or may have: its next token is looked up anew. */
  forget(sessionId: string): void {
    this.viewers.forget(sessionId);
  }

  /** The account has changed: whoever comes with one of its sessions or tokens is looked up anew. */
  forgetAccount(accountId: number): void {
    this.viewers.forgetWhere((viewer) => viewer.accountId === accountId);
  }

  #issued(viewer: SignedInViewer, refreshToken: string, sessionEnd: Date, now: Date): IssuedSession {
    const { token, expiresAt } = this.#tokens.issue(viewer, sessionEnd, now);
    return { kind: 'session', accessToken: token, expiresAt, refreshToken, viewer };
  }
}

/** As much of a program's name for itself as is kept. */
function shortened(userAgent: string | null): string | null {
  return userAgent?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT_LENGTH).trim() || null;
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
