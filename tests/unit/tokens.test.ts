import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { AccessTokens, newRefreshToken, refreshTokenHash } from '../../server/auth/tokens.js';

const config = {
  JWT_SECRET: 'a-secret-of-the-tests-with-more-than-32-bytes',
  JWT_ISSUER: 'seatwise',
  JWT_AUDIENCE: 'seatwise-api',
  ACCESS_TOKEN_MINUTES: 15,
};
const now = new Date('2026-03-01T12:00:00.500Z');
const later = new Date('2026-04-01T00:00:00Z');
const claims = { accountId: 42, sessionId: '0b2f3c1e-7d55-4a8e-9d0a-1f2e3d4c5b6a' };
const tokens = new AccessTokens(config);

interface Forgery {
  header?: Record<string, unknown>;
  payload?: Record<string, unknown>;
  secret?: string;
  hash?: string;
}

/** A token signed by hand, right in everything but what is given. */
function forge({ header, payload, secret = config.JWT_SECRET, hash = 'sha256' }: Forgery = {}): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const body = [
    { alg: 'HS256', typ: 'at+jwt', ...header },
    { sid: claims.sessionId, sub: '42', iss: 'seatwise', aud: 'seatwise-api', iat: issuedAt, exp: issuedAt + 60, ...payload },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${body}.${createHmac(hash, secret).update(body).digest('base64url')}`;
}

describe('access tokens', () => {
  it('carry the account and the session, and nothing that grants rights', () => {
    const { token, expiresAt } = tokens.issue(claims, later, now);
    expect(tokens.read(token, now)).toEqual(claims);
    expect(expiresAt.toISOString()).toBe('2026-03-01T12:15:00.000Z');
    expect(jwt.decode(token, { complete: true })).toMatchObject({
      header: { alg: 'HS256', typ: 'at+jwt' },
      payload: { sub: '42', sid: claims.sessionId, iss: 'seatwise', aud: 'seatwise-api' },
    });
    expect(Object.keys(jwt.decode(token) as object).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub']);
  });

  it('are accepted when made by hand with the same parts', () => {
    expect(tokens.read(forge(), now)).toEqual(claims);
  });

  it('expire by the clock they are read with', () => {
    const { token } = tokens.issue(claims, later, now);
    expect(tokens.read(token, new Date('2026-03-01T12:14:59.999Z'))).toEqual(claims);
    expect(tokens.read(token, new Date('2026-03-01T12:15:00Z'))).toBeNull();
  });

  it('never outlive their session', () => {
    const { expiresAt } = tokens.issue(claims, new Date('2026-03-01T12:05:00Z'), now);
    expect(expiresAt.toISOString()).toBe('2026-03-01T12:05:00.000Z');
  });

  const wrong: [string, Forgery][] = [
    ['another secret', { secret: 'another-secret-of-the-tests-of-good-length' }],
    ['HS512 with the right secret', { header: { alg: 'HS512' }, hash: 'sha512' }],
    ['HS384 named over an HS256 signature', { header: { alg: 'HS384' } }],
    ['alg none over a good signature', { header: { alg: 'none' } }],
    ['no alg', { header: { alg: undefined } }],
    ['an alg that is no text', { header: { alg: ['HS256'] } }],
    ['typ JWT', { header: { typ: 'JWT' } }],
    ['no typ', { header: { typ: undefined } }],
    ['a critical header we do not know', { header: { crit: ['b64'], b64: false } }],
    ['another issuer', { payload: { iss: 'elsewhere' } }],
    ['no issuer', { payload: { iss: undefined } }],
    ['another audience', { payload: { aud: 'seatwise-embed' } }],
    ['our audience among others', { payload: { aud: ['seatwise-api', 'seatwise-embed'] } }],
    ['no audience', { payload: { aud: undefined } }],
    ['no expiry', { payload: { exp: undefined } }],
    ['an expiry that is text', { payload: { exp: '9999999999' } }],
    ['an expiry in the past', { payload: { exp: 1 } }],
    ['not valid yet', { payload: { nbf: 9_999_999_999 } }],
    ['no subject', { payload: { sub: undefined } }],
    ['a subject that is a number', { payload: { sub: 42 } }],
    ['a subject that is SQL', { payload: { sub: '42 or 1=1' } }],
    ['no session', { payload: { sid: undefined } }],
    ['a session that is a list', { payload: { sid: [claims.sessionId] } }],
  ];
  it.each(wrong)('are refused with %s', (_name, forgery) => {
    expect(tokens.read(forge(forgery), now)).toBeNull();
  });

  it('are refused unsigned', () => {
    const [, payload = ''] = forge().split('.');
    const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    expect(tokens.read(`${header}.${payload}.`, now)).toBeNull();
    expect(tokens.read(`${header}.${payload}`, now)).toBeNull();
  });

  it('are refused when signed with a private key, whatever its public half is', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const token = jwt.sign({ sid: claims.sessionId }, privateKey, {
      algorithm: 'RS256', subject: '42', issuer: 'seatwise', audience: 'seatwise-api', expiresIn: '1h',
      header: { alg: 'RS256', typ: 'at+jwt' },
    });
    expect(tokens.read(token, now)).toBeNull();
  });

  it('are refused with any character of any part changed', () => {
    const { token } = tokens.issue(claims, later, now);
    // The last character of a part may hold unused bits, so it is left out.
    for (let at = 0; at < token.length - 1; at += 1) {
      if (token[at] === '.' || token[at + 1] === '.') continue;
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(tokens.read(changed, now)).toBeNull();
    }
  });

  it.each(['', '.', '..', 'a.b.c', 'not a token', '\u0000.\u0000.\u0000', '💥.💥.💥', 'bnVsbA.bnVsbA.bnVsbA'])(
    'are refused when they are %j',
    (token) => {
      expect(tokens.read(token, now)).toBeNull();
    },
  );

  it('are refused over 4 kB, well signed or not, without being parsed', () => {
    expect(tokens.read(forge({ payload: { padding: 'x'.repeat(4096) } }), now)).toBeNull();
    const endless = '.'.repeat(50_000_000);
    const started = performance.now();
    expect(tokens.read(endless, now)).toBeNull();
    // Parsed, it would take a second or more.
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('refresh tokens', () => {
  it('are 256 random bits, stored as SHA-256 only', () => {
    const { token, hash } = newRefreshToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(refreshTokenHash(token)).toBe(hash);
    expect(newRefreshToken().token).not.toBe(token);
  });

  it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}+`, `${'x'.repeat(43)}\n`, "' or 1=1 --"])(
    'are not looked up when they cannot be ours: %j',
    (text) => {
      expect(refreshTokenHash(text)).toBeNull();
    },
  );
});
