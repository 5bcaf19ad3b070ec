import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, startTestApp, type TestApp } from '../support/app.js';
import { sqlite } from '../support/databases.js';

const PORTAL = 'https://portal.example';
const SIGN_IN = `mutation { signIn(input: { email: "admin@example.com", password: "${PASSWORD}" }) { accessToken } }`;
const REFRESH = 'mutation { refreshSession { accessToken userErrors { code } } }';

/** What browsers are told, and what they are let do. The database has no part in it. */
describe('browsers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(sqlite, { environment: { CORS_ORIGINS: `${PORTAL}, http://localhost:3000`, COOKIE_SECURE: '1' } });
  });
  afterAll(() => app.stop());

  const post = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query }) });

  describe('headers', () => {
    it.each(['/', '/nothing', '/health/live', '/exports/licenses.csv', '/license-check', '/imports'])('of %s tell what may be done with it', async (path) => {
      const { headers } = await fetch(app.url + path, { headers: { accept: 'text/html' } });
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': expect.stringMatching(/default-src 'self'.*frame-ancestors 'none'.*object-src 'none'.*script-src 'self';/),
        'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN', 'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/), 'permissions-policy': expect.stringContaining('camera=()'),
        'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers.has('x-powered-by') || headers.has('server')).toBe(false);
    });

    it('let no script run that is not ours, and none that stands in a page', async () => {
      const policy = (await fetch(app.url)).headers.get('content-security-policy') ?? '';
      expect(policy).not.toMatch(/script-src[^;]*(?:unsafe|https?:|\*|data:)/);
    });

    it.each([['an answer', '{ viewer { email } }'], ['a refusal', '{ nothing }'], ['a session', SIGN_IN]])('let nobody keep %s of the API', async (_, query) => {
      expect((await post(query)).headers.get('cache-control')).toBe('no-store');
    });
  });

  describe('pages of other origins', () => {
    const shared = (headers: Headers) => [headers.get('access-control-allow-origin'), headers.get('vary')?.includes('Origin')];

    it.each([PORTAL, 'http://localhost:3000'])('may read answers where CORS_ORIGINS names them: %s', async (origin) => {
      const { headers } = await post('{ viewer { email } }', { origin });
      expect(shared(headers)).toEqual([origin, true]);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-expose-headers')).toContain('retry-after');
    });

    it.each(['https://evil.example', 'https://portal.example.evil.example', 'https://evilportal.example', 'http://portal.example', 'https://portal.example:8443', 'null', `${PORTAL}/`, 'HTTPS://PORTAL.EXAMPLE'])(
      'may not otherwise: %s', async (origin) => {
        expect((await post('{ viewer { email } }', { origin })).headers.get('access-control-allow-origin')).toBeNull();
        const preflight = await fetch(`${app.url}/graphql`, {
          method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, content-type' },
        });
        expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
      },
    );

    it('are let send what a query needs, and no more than GET and POST', async () => {
      const preflight = await fetch(`${app.url}/graphql`, {
        method: 'OPTIONS', headers: { origin: PORTAL, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, content-type, x-seatwise-cost' },
      });
      expect([preflight.status, shared(preflight.headers)[0], preflight.headers.get('access-control-allow-methods')]).toEqual([204, PORTAL, 'GET, POST']);
      expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    });
  });

  describe('the refresh cookie', () => {
    const cookieOf = async () => (await post(SIGN_IN)).headers.getSetCookie()[0] ?? '';
    const sent = (cookie: string) => cookie.split(';', 1)[0] ?? '';

    it('is for the server alone, over TLS alone, of this site alone, on the path of the API', async () => {
      const cookie = await cookieOf();
      for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/graphql', 'Max-Age=']) expect(cookie).toContain(flag);
      expect(cookie).not.toMatch(/domain=/i);
    });

    it('is taken back with the same flags', async () => {
      const cookie = await cookieOf();
      const token = ((await (await post(REFRESH, { cookie: sent(cookie) })).json()) as any).data.refreshSession.accessToken as string;
      const [cleared] = (await post('mutation { signOut { __typename } }', { authorization: `Bearer ${token}`, cookie: sent(cookie) })).headers.getSetCookie();
      for (const flag of ['sw_refresh=;', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/graphql', 'Expires=Thu, 01 Jan 1970']) expect(cleared).toContain(flag);
    });

    it('opens nothing by itself but a new session, asked for in the one form that other sites cannot send', async () => {
      const cookie = sent(await cookieOf());
      expect(((await (await post('{ viewer { email } }', { cookie })).json()) as any).errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect((await fetch(`${app.url}/exports/licenses.csv`, { headers: { cookie } })).status).toBe(401);
      expect((await fetch(`${app.url}/imports?subject=LICENSES`, { method: 'POST', headers: { cookie, 'content-type': 'text/csv' }, body: 'a' })).status).toBe(401);
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const forged = await fetch(`${app.url}/graphql`, { method: 'POST', headers: { cookie, 'content-type': type, origin: 'https://evil.example' }, body: JSON.stringify({ query: REFRESH }) });
        expect([forged.status >= 400, forged.headers.getSetCookie()]).toEqual([true, []]);
      }
      const byAddress = await fetch(`${app.url}/graphql?query=${encodeURIComponent(REFRESH)}`, { headers: { cookie, 'apollo-require-preflight': '1' } });
      expect([byAddress.status, byAddress.headers.getSetCookie()]).toEqual([405, []]);
      expect(((await (await post(REFRESH, { cookie })).json()) as any).data.refreshSession.userErrors).toEqual([]);
    });
  });
});
