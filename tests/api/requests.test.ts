import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { PASSWORD, startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { QUICK_MS, quickest } from '../support/hostile.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const SIGN_IN = `mutation { signIn(input: { email: "admin@example.com", password: "${PASSWORD}" }) { accessToken } }`;
const telltale = /node_modules|\.(?:ts|js):\d|\/work\/|\n\s+at |fastify|sqlite|mysql/i;

interface Reply extends Answer {
  headers: Headers;
  text: string;
  milliseconds: number;
  /** Sends the request once more. */
  again(): Promise<Reply>;
}

onEachDatabase('requests', (kind) => {
  let app: TestApp;
  let authorization: string;
  beforeAll(async () => {
    app = await startTestApp(kind);
    authorization = `Bearer ${await app.tokenOf('analyst')}`;
    // What is made with the first question of a role is not what a question takes.
    await app.ask('analyst', '{ viewer { email } }');
  });
  afterAll(() => app.stop());

  async function send(path: string, init: RequestInit = {}): Promise<Reply> {
    const started = performance.now();
    const response = await fetch(app.url + path, { ...init, headers: { authorization, ...(init.headers as Record<string, string>) } });
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Omit<Answer, 'status'>;
    expect(text).not.toMatch(telltale);
    return { status: response.status, headers: response.headers, text, milliseconds: performance.now() - started, again: () => send(path, init), ...body };
  }
  const post = (body: string, headers: Record<string, string> = {}) => send('/graphql', { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });
  /** Once more with another blank: what the server remembers of a text is not what a text takes. */
  const ask = async (query: string): Promise<Reply> => ({ ...(await post(JSON.stringify({ query }))), again: () => ask(`${query} `) });
  const timeOf = ({ milliseconds, again }: Reply) => quickest(milliseconds, async () => (await again()).milliseconds);

  async function expectRefusal(reply: Reply, expected: number, code: string): Promise<void> {
    const { status, errors } = reply;
    expect([status, errors?.[0]?.extensions['code']]).toEqual([expected, code]);
    expect(errors?.[0]?.extensions['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await timeOf(reply)).toBeLessThan(QUICK_MS);
  }

  describe('that are no GraphQL request', () => {
    it.each([['malformed', '{"query": "{ viewer'], ['empty', ''], ['not an object', '"{ viewer { email } }"'], ['null', 'null'], ['a number', '7']])(
      'answer 400 when the JSON is %s', async (_, body) => expectRefusal(await post(body), 400, 'BAD_USER_INPUT'),
    );
    it.each([['no query', '{}'], ['an empty query', '{"query":""}'], ['a query that is null', '{"query":null}']])(
      'answer 400 to %s', async (_, body) => expectRefusal(await post(body), 400, 'BAD_USER_INPUT'),
    );
    it('answer 400 to a batch', async () => {
      await expectRefusal(await post('[{"query":"{ viewer { email } }"},{"query":"{ viewer { email } }"}]'), 400, 'BAD_USER_INPUT');
    });
    it('answer 413 to a body of 5 MB, at once', async () => {
      await expectRefusal(await post(JSON.stringify({ query: `{ viewer { email } } #${'x'.repeat(5_000_000)}` })), 413, 'QUERY_TOO_LARGE');
    });
    it('answer JSON to a header line that is too long', async () => {
      const { status, text } = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const request = httpRequest(`${app.url}/graphql`, { headers: { 'x-long': 'x'.repeat(30_000) } }, (response) => {
          let body = '';
          response.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve({ status: response.statusCode, text: body }));
        });
        request.on('error', reject).end();
      });
      expect(status).toBe(431);
      expect(text).not.toMatch(telltale);
    });
  });

  describe('that the schema does not answer', () => {
    it.each([
      ['GRAPHQL_PARSE_FAILED', '{ viewer {'],
      ['GRAPHQL_VALIDATION_FAILED', '{ unknown }'],
      ['GRAPHQL_VALIDATION_FAILED', '{ viewer { email(length: 3) } }'],
      ['GRAPHQL_VALIDATION_FAILED', '{ license { id } }'],
      ['GRAPHQL_VALIDATION_FAILED', '{ license(id: {}) { id } }'],
      ['GRAPHQL_VALIDATION_FAILED', '{ viewer }'],
      ['GRAPHQL_VALIDATION_FAILED', 'subscription { viewer { email } }'],
      ['GRAPHQL_VALIDATION_FAILED', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
      ['GRAPHQL_VALIDATION_FAILED', '{ ...A } fragment A on Query { viewer { email } ...A }'],
      ['GRAPHQL_VALIDATION_FAILED', 'query($a: Int!) { viewer { email } }'],
      ['BAD_USER_INPUT', 'query A { viewer { email } } query B { viewer { email } }'],
      ['BAD_USER_INPUT', 'query($first: Int!) { licenses(first: $first) { totalCount } }'],
    ])('%s: %s', async (code, query) => expectRefusal(await ask(query), 200, code));

    it('answer 400 to clients that ask for application/graphql-response+json', async () => {
      const reply = await post(JSON.stringify({ query: '{ unknown }' }), { accept: 'application/graphql-response+json' });
      await expectRefusal(reply, 400, 'GRAPHQL_VALIDATION_FAILED');
    });

    it.each([0, -1, 501])('name the limit of a page when first is %d', async (first) => {
      const reply = await ask(`{ licenses(first: ${first}) { nodes { id } } }`);
      await expectRefusal(reply, 200, 'BAD_USER_INPUT');
      expect(reply.errors?.[0]).toMatchObject({ message: `first: must be from 1 to 500, not ${first}`, extensions: { field: 'first' } });
      await expectRefusal(await ask(`{ products { nodes { licenses(first: ${first}) { nodes { id } } } } companies(first: ${first}) { nodes { id } } }`), 200, 'BAD_USER_INPUT');
    });
  });

  describe('that cost too much', () => {
    const nested = (levels: number) => `{ companies(first: 1) { nodes { ${'partner { companies(first: 1) { nodes { '.repeat(levels)} id ${'} } }'.repeat(levels)} } } }`;
    const fragments = (count: number) =>
      `{ ...F0 } ${Array.from({ length: count }, (_, i) => `fragment F${i} on Query { ${i + 1 < count ? `...F${i + 1} ...F${i + 1}` : 'viewer { email }'} }`).join(' ')}`;
    it.each([
      ['100 levels', nested(33)],
      ['10,000 tokens', `{ viewer { ${'email '.repeat(10_000)} } }`],
      ['1,000 aliases', `{ ${Array.from({ length: 300 }, (_, i) => `a${i}: viewer { email }`).join(' ')} }`],
      ['aliases inside a fragment', `{ ...F } fragment F on Query { ${Array.from({ length: 40 }, (_, i) => `a${i}: licenses { totalCount }`).join(' ')} }`],
      ['a page of a million', '{ licenses(first: 1000000) { nodes { id } } }'],
      ['millions of rows', '{ companies(first: 500) { nodes { licenses(first: 500) { nodes { company { users(first: 500) { nodes { id } } } } } } } }'],
    ])('answer QUERY_TOO_LARGE to %s', async (_, query) => expectRefusal(await ask(query), 200, 'QUERY_TOO_LARGE'));

    it('do not grow with fragments that spread each other twice', async () => {
      const reply = await ask(fragments(30));
      expect(await timeOf(reply)).toBeLessThan(QUICK_MS);
      expect(reply.text).not.toContain('INTERNAL');
    });
    it('answer a row multiplied by a variable as one by a literal', async () => {
      const query = 'query($n: Int) { companies(first: $n) { nodes { licenses(first: $n) { nodes { company { users(first: $n) { nodes { id } } } } } } } }';
      await expectRefusal(await post(JSON.stringify({ query, variables: { n: 500 } })), 200, 'QUERY_TOO_LARGE');
    });
    it('answer one sign-in, whatever the aliases', async () => {
      const input = '(input: { email: "admin@example.com", password: "wrong" }) { userErrors { code } }';
      const { data } = await ask(`mutation { a: signIn${input} b: signIn${input} c: signIn${input} }`);
      expect([data.a, data.b, data.c].map(({ userErrors }) => userErrors[0].code)).toEqual(['WRONG_CREDENTIALS', 'THROTTLED', 'THROTTLED']);
    });
  });

  describe('from other sites', () => {
    const url = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
    const preflight = { 'apollo-require-preflight': 'true' };
    it('read by GET with a header that a form cannot send', async () => {
      expect((await send(url('{ viewer { email } }'), { headers: preflight })).data).toEqual({ viewer: { email: 'analyst@example.com' } });
    });
    it('are refused by GET without it', async () => expect((await send(url('{ viewer { email } }'))).status).toBe(400));
    it('change nothing by GET', async () => {
      const { status, errors, headers } = await send(url(SIGN_IN), { headers: preflight });
      expect([status, errors?.[0]?.extensions['code'], headers.get('set-cookie')]).toEqual([405, 'BAD_USER_INPUT', null]);
    });
    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain;application/json', 'text/plain; charset=application/json'])(
      'are refused as %s', async (type) => {
        const { status, headers } = await post(JSON.stringify({ query: SIGN_IN }), { 'content-type': type });
        expect([status >= 400 && status < 500, headers.get('set-cookie')]).toEqual([true, null]);
      },
    );
    it('get no leave to read answers', async () => {
      const { headers } = await post(JSON.stringify({ query: '{ viewer { email } }' }), { origin: 'https://evil.example' });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
    it('cannot use the cookie: HttpOnly, SameSite=Strict, on the path of the API alone', async () => {
      const cookie = (await ask(SIGN_IN)).headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^sw_refresh=[^;]{40,};/);
      for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/graphql']) expect(cookie).toContain(flag);
    });
  });

  it('for an asset that is not there get no page, which somebody could frame', async () => {
    for (const path of ['/assets/nothing', '/assets/nothing.js', '/assets/']) {
      const response = await fetch(app.url + path, { headers: { accept: 'text/html' } });
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 404, expect.stringContaining('application/json')]);
    }
  });

  it.each([['GET', '/nothing'], ['GET', '/../package.json'], ['GET', '/assets/..%2f..%2fpackage.json'], ['POST', '/'], ['DELETE', '/graphql'], ['PUT', '/health/live'], ['GET', '/%00'], ['GET', '/%zz']])(
    'to %s %s answer JSON, and no file', async (method, path) => {
      const { status, headers, text } = await send(path, { method });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(headers.get('content-type')).toContain('application/json');
      expect(text).not.toContain('devDependencies');
    },
  );
});
