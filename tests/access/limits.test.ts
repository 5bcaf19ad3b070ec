import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

const COMPANIES = 300;
const rows = {
  company: Array.from({ length: COMPANIES }, (_, index) => ({ id: index + 1, company_name: `${'n'.repeat(200)}${index}`, active: 1, partner_id: null })),
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [round({ id: 1, company_id: 1 })],
};

const ENVIRONMENT = {
  MAX_QUERY_DEPTH: '6', REQUESTS_PER_MINUTE_ACCOUNT: '100000000',
  LIMITS_BY_ROLE: JSON.stringify({
    ANALYST: { depth: 9, tokens: 3000, cost: 400_000, resultMegabytes: 1 },
    VIEWER: { accountRequestsPerMinute: 20 },
    COMPANY: { accountRequestsPerMinute: 10_000, aliases: 2 },
  }),
};

const levels = (count: number) => `{ companies(first: 1) { nodes { ${'partner { companies(first: 1) { nodes { '.repeat(count)} id ${'} } }'.repeat(count)} } } }`;
/** The names of 300 companies, of some 200 letters, nineteen times: more than a megabyte. */
const LARGE = '{ companies(first: 300) { nodes { name a: name b: name c: name d: name e: name f: name g: name h: name i: name j: name k: name l: name m: name n: name o: name p: name q: name r: name s: name } } }';

onEachDatabase('limits', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows, environment: ENVIRONMENT });
  });
  afterAll(() => app.stop());

  async function send(account: string | null, body: object, headers: Record<string, string> = {}): Promise<Answer & { headers: Headers; extensions?: any }> {
    const authorization: Record<string, string> = account === null ? {} : { authorization: `Bearer ${await app.tokenOf(account)}` };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization, ...headers }, body: JSON.stringify(body) });
    return { status: response.status, headers: response.headers, ...((await response.json()) as Omit<Answer, 'status'>) };
  }
  const limitOf = ({ errors }: Answer) => errors?.[0]?.extensions['limit'];

  describe('of a role', () => {
    it('are its own where it has some, and everybody\'s else', async () => {
      expect((await app.ask('analyst', levels(2))).errors).toBeUndefined();
      expect(limitOf(await app.ask('analyst', levels(3)))).toEqual({ name: 'depth', value: 9, actual: 12 });
      expect((await app.ask('admin', levels(1))).errors).toBeUndefined();
      expect(limitOf(await app.ask('admin', levels(2)))).toEqual({ name: 'depth', value: 6, actual: 9 });
    });

    it('are checked anew for each role, also in a text that another role was just answered', async () => {
      expect((await app.ask('analyst', levels(2))).errors).toBeUndefined();
      expect(limitOf(await app.ask('admin', levels(2)))).toEqual({ name: 'depth', value: 6, actual: 9 });
      expect((await app.ask('analyst', levels(2))).errors).toBeUndefined();
    });

    it('are low for who has not signed in', async () => {
      const aliases = Array.from({ length: 11 }, (_, index) => `a${index}: refreshSession { expiresAt }`).join(' ');
      expect(limitOf(await app.ask(null, `mutation { ${aliases} }`))).toEqual({ name: 'aliases', value: 10, actual: 11 });
    });

    it('are told in one form, in the message and beside it', async () => {
      const { errors } = await app.ask('company1', '{ a: viewer { email } b: viewer { email } c: viewer { email } }');
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(/^Query aliases 3, your limit is 2\. ./), extensions: { code: 'QUERY_TOO_LARGE', limit: { name: 'aliases', value: 2, actual: 3 } },
      });
    });

    it('answer 400 to clients that ask for application/graphql-response+json, 200 to others', async () => {
      const strict = await send('admin', { query: levels(2) }, { accept: 'application/graphql-response+json' });
      expect([strict.status, strict.headers.get('content-type'), (await send('admin', { query: levels(2) })).status]).toEqual([
        400, expect.stringContaining('application/graphql-response+json'), 200,
      ]);
    });

    it('hold for GET too', async () => {
      const response = await fetch(`${app.url}/graphql?query=${encodeURIComponent(levels(2))}`, {
        headers: { authorization: `Bearer ${await app.tokenOf('admin')}`, 'apollo-require-preflight': '1' },
      });
      expect(limitOf((await response.json()) as Answer)).toEqual({ name: 'depth', value: 6, actual: 9 });
    });

    it('count the operation that has most, not all of a file of operations', async () => {
      const operations = Array.from({ length: 10 }, (_, index) => `query Q${index} { a: viewer { email } b: viewer { email } }`).join(' ');
      expect((await send('company1', { query: operations, operationName: 'Q3' })).data).toEqual({ a: expect.anything(), b: expect.anything() });
    });
  });

  describe('the cost', () => {
    const query = 'query($n: Int) { companies(first: $n) { nodes { licenses(first: 10) { nodes { id } } } } }';
    // 7 companies, each one row and 10 rounds of one row: 1 + 7 * (1 + 10 * 1).
    const figures = {
      cost: { value: 78, limit: 400_000 }, depth: { value: 5, limit: 9 }, aliases: { value: 0, limit: 30 }, fields: { value: 5, limit: 1000 }, tokens: { value: 33, limit: 3000 },
      statementSeconds: { limit: 30 }, resultBytes: { limit: 1_048_576 },
    };

    it.each([['by a header', {}, { 'x-seatwise-cost': '1' }], ['by an extension of the request', { extensions: { cost: true } }, {}]])('is told on request, %s', async (_, more, headers) => {
      const { data, extensions } = await send('analyst', { query, variables: { n: 7 }, ...more }, headers);
      expect(data.companies.nodes).toHaveLength(7);
      expect(extensions).toEqual({ cost: figures });
    });

    it('is not told otherwise', async () => {
      expect((await send('analyst', { query, variables: { n: 7 } })).extensions).toBeUndefined();
    });

    it('multiplies lists inside lists, with or without a length', async () => {
      const costOf = async (text: string) => (await send('analyst', { query: text }, { 'x-seatwise-cost': '1' })).extensions.cost.cost.value;
      expect(await costOf('{ companies(first: 5) { nodes { id } } }')).toBe(1 + 5 * 1);
      expect(await costOf('{ companies(first: 5) { nodes { partner { id } } } }')).toBe(1 + 5 * 1);
      expect(await costOf('{ companies(first: 5) { nodes { licenses { nodes { company { id } } } } } }')).toBe(1 + 5 * (1 + 50 * 1));
      expect(await costOf('{ dashboard { revenue { currency } } }')).toBe(1 + (1 + 5 * 1));
      expect(await costOf('{ a: companies(first: 5) { nodes { id } } b: companies(first: 5) { nodes { id } } }')).toBe(2 * (1 + 5 * 1));
    });
  });

  describe('an answer that is too large', () => {
    it('is refused with the limit and its size, and not sent', async () => {
      const { status, data, errors } = await app.ask('analyst', LARGE);
      const { actual } = errors?.[0]?.extensions['limit'] as { actual: number };
      expect([status, data ?? null, errors?.[0]?.extensions]).toEqual([200, null, { code: 'QUERY_TOO_LARGE', limit: { name: 'resultBytes', value: 1_048_576, actual }, requestId: expect.any(String) }]);
      expect(actual).toBeGreaterThan(COMPANIES * 19 * 200);
      expect(errors?.[0]?.message).toContain(`${actual} bytes, your limit is 1048576`);
    });

    it('is refused before it is written where many rows were asked for', async () => {
      const wide = `{ companies(first: 300) { nodes { ${'abcdefghijklmnopqrs'.split('').map((alias) => `${alias}: name`).join(' ')} licenses(first: 40) { nodes { id } } } } }`;
      expect(limitOf(await app.ask('analyst', wide))).toEqual({ name: 'resultBytes', value: 1_048_576, actual: null });
    });

    it('is none for whoever may have it', async () => {
      expect((await app.ask('admin', LARGE)).data.companies.nodes).toHaveLength(COMPANIES);
    });
  });

  describe('requests', () => {
    it('of an account are counted over all its sessions; the one too many is told when to come back', async () => {
      const other = await send(null, { query: `mutation { signIn(input: { email: "viewer@example.com", password: "${PASSWORD}" }) { accessToken } }` });
      const tokens = [await app.tokenOf('viewer'), String(other.data.signIn.accessToken)];
      const ask = (token: string | undefined) => fetch(`${app.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{"query":"{ viewer { email } }"}',
      });
      const answers = [];
      for (let index = 0; index < 21; index += 1) answers.push(await ask(tokens[index % 2]));
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
      const refused = answers.at(-1) as Response;
      const retryAfter = Number(refused.headers.get('retry-after'));
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(60);
      expect(((await refused.json()) as Answer).errors?.[0]).toEqual({
        message: `Your account has sent 21 requests within a minute, the limit is 20. Try again in ${retryAfter} seconds.`,
        extensions: { code: 'RATE_LIMITED', retryAfter, limit: { name: 'accountRequestsPerMinute', value: 20, actual: 21 }, requestId: expect.any(String) },
      });
    });

    it('of an account that is limited are refused on its exports too, and nobody else\'s are', async () => {
      const answer = await fetch(`${app.url}/exports/licenses.csv`, { headers: { authorization: `Bearer ${await app.tokenOf('viewer')}` } });
      expect([answer.status, Number(answer.headers.get('retry-after')) > 0, ((await answer.json()) as Answer).errors?.[0]?.extensions['code']]).toEqual([429, true, 'RATE_LIMITED']);
      expect((await app.ask('analyst', '{ viewer { email } }')).status).toBe(200);
      expect((await app.ask('company1', '{ viewer { email } }')).status).toBe(200);
    });

    it('that may bring many rows count once more for every thousand', async () => {
      const heavy = '{ companies(first: 500) { nodes { licenses(first: 398) { nodes { id } } } } }';
      const statuses = [];
      // 1 + 500 * (1 + 398) rows are 199 requests more each.
      for (let index = 0; index < 52; index += 1) statuses.push((await app.ask('company2', heavy)).status);
      expect(statuses.filter((status) => status === 429)).toHaveLength(2);
      expect(statuses.indexOf(429)).toBe(50);
    });
  });
});
