import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Config } from '../config.js';

type TokenSettings = Pick<Config, 'JWT_SECRET' | 'JWT_ISSUER' | 'JWT_AUDIENCE' | 'ACCESS_TOKEN_MINUTES'>;

/** What an access token says: which session of which account. Role and scope are looked up, never carried. */
export interface AccessClaims {
  accountId: number;
  sessionId: string;
}

/** A signed access token and the instant from which it opens nothing. */
export interface AccessToken {
  token: string;
  expiresAt: Date;
}

const ALGORITHM = 'HS256';
/** RFC 9068: no other kind of token signed with the same key can pass for an access token. */
const TYPE = 'at+jwt';
const MAX_TOKEN_LENGTH = 4096;
const ACCOUNT_ID = /^[1-9][0-9]{0,9}$/;
const SESSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Signs and checks access tokens with the installation's one key and one algorithm. */
export class AccessTokens {
  readonly #key: KeyObject;

  constructor(private readonly config: TokenSettings) {
    // A key object, since jsonwebtoken otherwise tries to parse the text as a public key on each call.
    this.#key = createSecretKey(Buffer.from(config.JWT_SECRET));
  }

  /** A token for a session, ending with the session at the latest. */
  issue({ accountId, sessionId }: AccessClaims, sessionEnd: Date, now: Date): AccessToken {
    const issuedAt = secondsOf(now);
    const expiry = Math.min(issuedAt + this.config.ACCESS_TOKEN_MINUTES * 60, secondsOf(sessionEnd));
    const token = jwt.sign({ sid: sessionId, iat: issuedAt, exp: expiry }, this.#key, {
      algorithm: ALGORITHM,
      header: { alg: ALGORITHM, typ: TYPE },
      subject: String(accountId),
      issuer: this.config.JWT_ISSUER,
      audience: this.config.JWT_AUDIENCE,
    });
    return { token, expiresAt: new Date(expiry * 1000) };
  }

  /** The claims of a token of ours that is valid now; null for everything else. */
  read(token: string, now: Date): AccessClaims | null {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    const verified = this.#verified(token, now);
    if (verified === null || typeof verified.payload === 'string') return null;
    const { header, payload } = verified;
    // What jsonwebtoken leaves to us: the type, the presence of an expiry, a single audience, unknown critical headers.
    const ours =
      header.typ === TYPE &&
      // Nothing beside `alg` and `typ`: we put no key's name there, and look none up.
      Object.keys(header).length === 2 &&
      typeof payload.exp === 'number' &&
      payload.aud === this.config.JWT_AUDIENCE;
    const sessionId: unknown = payload['sid'];
    if (!ours || typeof payload.sub !== 'string' || !ACCOUNT_ID.test(payload.sub)) return null;
    if (typeof sessionId !== 'string' || !SESSION_ID.test(sessionId)) return null;
    return { accountId: Number(payload.sub), sessionId };
  }

  #verified(token: string, now: Date): jwt.Jwt | null {
    try {
      return jwt.verify(token, this.#key, {
        algorithms: [ALGORITHM],
        issuer: this.config.JWT_ISSUER,
        audience: this.config.JWT_AUDIENCE,
        clockTimestamp: secondsOf(now),
        complete: true,
      });
    } catch {
      // Any failure means the same: the token opens nothing. Parsing errors are among them, hence no check of its type.
      return null;
    }
  }
}

const REFRESH_TOKEN_BYTES = 32;
const REFRESH_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A new refresh token: 256 random bits without meaning for the cookie, and the hash for the table. */
export function newRefreshToken(): { token: string; hash: string } {
  const token = randomBytes(REFRESH_TOKEN_BYTES).toString('base64url');
  return { token, hash: sha256(token) };
}

/** What is stored of a refresh token; null for a text that cannot be one. SHA-256 is enough: there is nothing to guess. */
export function refreshTokenHash(token: string): string | null {
  return REFRESH_TOKEN.test(token) ? sha256(token) : null;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
