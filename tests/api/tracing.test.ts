import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase, sqlite } from '../support/databases.js';
import { round } from '../support/rows.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const [SERVER, CLIENT] = [2, 3];
/** Called as one of the client's. */
const OPERATION = 'query Providers($search: String) { licenses(filter: { search: $search }) { nodes { id } } }';

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: Record<string, unknown> }[];
}

const rows = { company: [{ id: 1, company_name: 'Acme', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }], license: [round({ id: 1, company_id: 1 })] };

onEachDatabase('traces', (kind) => {
  let collector: Server;
  let bodies: string[];
  let app: TestApp;
  beforeEach(async () => {
    bodies = [];
    collector = createServer((request, response) => void text(request).then((body) => {
      bodies.push(`${request.url} ${body}`);
      response.setHeader('content-type', 'application/json').end('{}');
    }));
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    app = await startTestApp(kind, { rows, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/` } });
  });
  afterEach(() => void collector.close());

  const sentSpans = (): SentSpan[] => bodies.flatMap((body) =>
    JSON.parse(body.replace('/v1/traces ', '')).resourceSpans.flatMap(({ scopeSpans }: any) => scopeSpans.flatMap(({ spans }: any) => spans)));
  const attributesOf = ({ attributes }: SentSpan) => Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

  it('go on from the caller\'s, name the operation and each statement, and hold nobody\'s data', async () => {
    const token = await app.tokenOf('admin');
    const asked = await fetch(`${app.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, traceparent: `00-${TRACE}-${CALLER}-01` },
      body: JSON.stringify({ query: OPERATION, variables: { search: 'a person of whom nobody is to hear' } }),
    });
    expect(((await asked.json()) as any).data.licenses.nodes).toEqual([]);
    await fetch(`${app.url}/embed/overview?token=a-secret-token`);
    await app.stop();

    const spans = sentSpans();
    const mine = spans.filter(({ traceId }) => traceId === TRACE);
    const [request] = mine.filter(({ kind: of }) => of === SERVER);
    expect([request?.name, request?.parentSpanId]).toEqual(['query Providers', CALLER]);
    expect(attributesOf(request as SentSpan)).toEqual({
      'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200, 'graphql.operation.type': 'query', 'graphql.operation.name': 'Providers',
    });
    const statements = mine.filter(({ kind: of }) => of === CLIENT);
    expect(statements.every(({ parentSpanId }) => parentSpanId === request?.spanId)).toBe(true);
    expect(statements.map(attributesOf)).toContainEqual({
      'db.system.name': kind.name === 'SQLite' ? 'sqlite' : 'mysql', 'db.operation.name': 'select', 'db.query.text': expect.stringContaining('license_records'),
    });
    expect(spans.map(({ name }) => name)).toContain('GET /embed/:dashboard');
    const sent = bodies.join();
    for (const secret of ['of whom nobody is to hear', 'a-secret-token', token, '@example.com', '127.0.0.1']) expect([secret, sent.includes(secret)]).toEqual([secret, false]);
  });

  it('tell which code a refused operation ended with, and not what others call theirs', async () => {
    await app.ask(null, 'query OfMyOwn { licenses { nodes { id } } }');
    await app.stop();
    const [request] = sentSpans().filter(({ name }) => name.startsWith('query '));
    expect([request?.name, attributesOf(request as SentSpan)['error.type']]).toEqual(['query other', 'UNAUTHENTICATED']);
  });
});

describe('a collector', () => {
  it('that is away holds nobody up', async () => {
    const app = await startTestApp(sqlite, { rows, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } });
    expect((await app.ask('admin', '{ licenses { totalCount } }')).data.licenses.totalCount).toBe(1);
    const started = performance.now();
    await app.stop();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('has a URL', async () => {
    await expect(startTestApp(sqlite, { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' } })).rejects.toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT: must be an http or https URL/);
  });
});
