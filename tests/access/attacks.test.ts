import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { everyone, insertTenants } from '../support/tenants.js';

/** What a request made to hurt may cost: the client that sends it, in the same process, included. */
const CPU_MILLISECONDS = 50;
/** Other work of the machine and of this process is in the figure too. It passes while tries wait; what is really slow stays so in all of them. */
const TRIES = 25;
const TRIES_AT_ONCE = 5;
const PAUSE_MS = 50;

const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (levels: number) => `{ companies(first: 1) { nodes { ${'partner { companies(first: 1) { nodes { '.repeat(levels)} id ${'} } }'.repeat(levels)} } } }`;
/** Each fragment spreads the next one twice: 2^count fields. */
const doubling = (count: number) => `{ ...F0 } ${times(count, (i) => `fragment F${i} on Query { ${i + 1 < count ? `...F${i + 1} ...F${i + 1}` : 'viewer { email }'} }`)}`;
const filterOf = (levels: number) => `${'{ not: '.repeat(levels)}{ id: { eq: "1" } }${' }'.repeat(levels)}`;

interface Attack {
  query: string;
  /** As JSON: deep ones cannot be written by `JSON.stringify`. */
  variables?: string;
  /** The limit that it meets; null: it is no valid query. */
  limit: { name: string; actual?: number } | null;
}

const attacks: Record<string, Attack> = {
  'an alias bomb': { query: `{ ${times(300, (i) => `a${i}: viewer { email }`)} }`, limit: { name: 'aliases', actual: 300 } },
  'an alias bomb of the most expensive field': { query: `{ ${times(100, (i) => `a${i}: dashboard { activeUsers }`)} }`, limit: { name: 'aliases', actual: 100 } },
  'aliases inside a fragment that is spread often': {
    query: `{ ${'...F '.repeat(20)} } fragment F on Query { ${times(10, (i) => `a${i}: licenses { totalCount }`)} }`, limit: { name: 'aliases', actual: 200 },
  },
  'a query of 10,000 tokens': { query: `{ viewer { ${'email '.repeat(9995)} } }`, limit: { name: 'tokens', actual: 10_000 } },
  'a query of a million tokens': { query: `{ viewer { ${'a '.repeat(900_000)} } }`, limit: { name: 'tokens' } },
  'tokens that are no fields': { query: `{ licenses(filter: { id: { in: [${'1 '.repeat(10_000)}] } }) { totalCount } }`, limit: { name: 'tokens' } },
  'a query 100 levels deep': { query: nested(33), limit: { name: 'depth', actual: 102 } },
  'depth by fragments': {
    query: `{ companies { nodes { ...F0 } } } ${times(30, (i) => `fragment F${i} on Company { partner { companies { nodes { ${i < 29 ? `...F${i + 1}` : 'id'} } } } }`)}`,
    limit: { name: 'depth', actual: 93 },
  },
  'fragments that double 60 times': { query: doubling(60), limit: { name: 'fields' } },
  'a page of a million': { query: '{ licenses(first: 1000000) { nodes { id } } }', limit: { name: 'cost', actual: 1_000_001 } },
  'a page of a million by a variable': { query: 'query($n: Int) { licenses(first: $n) { nodes { id } } }', variables: '{"n":1000000}', limit: { name: 'cost', actual: 1_000_001 } },
  'pages inside pages': {
    query: '{ companies(first: 500) { nodes { licenses(first: 500) { nodes { company { users(first: 500) { nodes { id } } } } } } } }', limit: { name: 'cost' },
  },
  'pages inside a list without a length': { query: '{ partners { nodes { companies { nodes { licenses { nodes { company { users { nodes { id } } } } } } } } } }', limit: { name: 'cost' } },
  'variables nested 10,000 times': {
    query: 'query($f: LicenseFilter) { licenses(filter: $f) { totalCount } }', variables: `{"f":${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}}`,
    limit: { name: 'variableDepth' },
  },
  'a circle of fragments': { query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }', limit: null },
  'a circle of 200 fragments': { query: `{ ...F0 } ${times(200, (i) => `fragment F${i} on Query { ...F${(i + 1) % 200} }`)}`, limit: null },
  'introspection inside introspection': {
    query: `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`, limit: null,
  },
  'a thousand fields that do not exist': { query: `{ viewer { ${times(900, (i) => `x${i}`)} } }`, limit: null },
  'a filter as deep as the text may be': { query: `{ licenses(filter: ${filterOf(400)}) { totalCount } }`, limit: { name: 'valueDepth', actual: 401 } },
  'what is no query': { query: '{'.repeat(1900), limit: null },
};

/** The same question in another text: what is remembered of a text helps nobody who never repeats one. */
function anew(body: string, tries: number): string {
  return body.startsWith('{"query":"') ? body.replace('{"query":"', `{"query":"#${tries}\\n`) : body;
}

onEachDatabase('a request made to hurt', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: everyone });
    await insertTenants(app);
    // What is loaded with the first request is not what one costs.
    for (const account of ['analyst', 'north']) {
      await app.ask(account, '{ licenses(first: 2) { nodes { id } } }');
      // Nor is what the first refusals compile.
      for (let turn = 0; turn < 10; turn += 1) await app.ask(account, `{ viewer { ${times(100, (i) => `y${turn}${i}`)} } }`);
    }
  });
  afterAll(() => app.stop());

  /** The answer to a body, and what it cost at best. */
  async function cheapest(token: string, body: string, headers: Record<string, string> = {}): Promise<{ answer: Answer; milliseconds: number }> {
    let answer: Answer | undefined;
    let milliseconds = Infinity;
    for (let tries = 0; tries < TRIES && milliseconds >= CPU_MILLISECONDS; tries += 1) {
      if (tries >= TRIES_AT_ONCE) await wait(PAUSE_MS);
      const before = process.cpuUsage();
      const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, body: anew(body, tries) });
      const text = await response.text();
      const { user, system } = process.cpuUsage(before);
      milliseconds = Math.min(milliseconds, (user + system) / 1000);
      answer = { status: response.status, ...(JSON.parse(text) as Omit<Answer, 'status'>) };
    }
    return { answer: answer as Answer, milliseconds };
  }

  describe.each(['analyst', 'north'])('as %s', (account) => {
    it.each(Object.entries(attacks))('%s is refused at once, with the limit and its own figure', async (_, { query, variables = '{}', limit }) => {
      const { answer, milliseconds } = await cheapest(await app.tokenOf(account), `{"query":${JSON.stringify(query)},"variables":${variables}}`);
      const [error] = answer.errors ?? [];
      expect([answer.status, answer.data ?? null, typeof error?.extensions['requestId']]).toEqual([200, null, 'string']);
      if (limit === null) expect(['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT', 'FORBIDDEN']).toContain(error?.extensions['code']);
      else {
        expect(error?.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit });
        const { value, actual } = error?.extensions['limit'] as { value: number; actual: number };
        expect(actual).toBeGreaterThan(value);
        expect(error?.message).toContain(`your limit is ${value}`);
        if (actual < 50_000) expect(error?.message).toContain(String(actual));
      }
      expect(milliseconds).toBeLessThan(CPU_MILLISECONDS);
    });

    it('a batch of a thousand is refused at once', async () => {
      const batch = JSON.stringify(Array.from({ length: 1000 }, () => ({ query: '{ dashboard { activeUsers } }' })));
      const { answer, milliseconds } = await cheapest(await app.tokenOf(account), batch);
      expect([answer.status, answer.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
      expect(milliseconds).toBeLessThan(CPU_MILLISECONDS);
    });

    it('a body of 5 MB is refused at once', async () => {
      const body = JSON.stringify({ query: `{ viewer { email } } #${'x'.repeat(5_000_000)}` });
      const { answer, milliseconds } = await cheapest(await app.tokenOf(account), body);
      expect([answer.status, answer.errors?.[0]?.extensions['code']]).toEqual([413, 'QUERY_TOO_LARGE']);
      expect(answer.errors?.[0]?.message).toMatch(/larger than 2 MiB: it has 5\d{6} bytes/);
      expect(milliseconds).toBeLessThan(CPU_MILLISECONDS);
    });

    it('a body of 5 MB whose length nobody says is refused when it has grown too large', async () => {
      const [status, text] = await sendInPieces(app.url, await app.tokenOf(account), `{"query":"${'x'.repeat(5_000_000)}"}`);
      expect([status, text.includes('QUERY_TOO_LARGE')]).toEqual([413, true]);
    });
  });

  it('leaves the server as it was', async () => {
    expect((await app.ask('analyst', '{ companies(first: 500) { totalCount } }')).data.companies.totalCount).toBe(4);
  });
});

/** Sends a body in chunks, without its length. */
function sendInPieces(url: string, token: string, body: string): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve([response.statusCode, text]));
    });
    // The server stops reading once it has refused.
    request.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error)));
    for (let start = 0; start < body.length; start += 100_000) request.write(body.slice(start, start + 100_000));
    request.end();
  });
}
