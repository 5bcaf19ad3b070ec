import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FluentService, LicenseStore, type ProviderRow } from './provider-store.js';

/** How the next answers go wrong; each once, or `times` times. */
export type Fault = { times?: number; only?: 'list' | 'check' | 'check-in' } & (
  | { kind: 'status'; status: number; retryAfter?: string; body?: unknown; location?: string }
  | { kind: 'hang' }
  | { kind: 'slow'; milliseconds: number }
  | { kind: 'truncated' }
  | { kind: 'reset' }
  | { kind: 'body'; body: unknown }
  | { kind: 'leaveOut'; keys: string[] }
);

/** A request as it arrived. */
export interface Received {
  method: string;
  path: string;
  query: Record<string, string>;
  at: number;
  body: unknown;
  /** What went wrong with it, when something was told to. */
  fault: Fault['kind'] | null;
}

export interface ProviderServer {
  /** Address of the list of http-json. */
  url: string;
  /** Address of the fluent endpoint. */
  fluentUrl: string;
  store: LicenseStore;
  received: Received[];
  fail(...faults: Fault[]): void;
  /** Whatever it was told to do wrong, it does right from now on. */
  forgive(): void;
  stop(): Promise<void>;
}

interface Options {
  licenses?: readonly ProviderRow[];
  token?: string;
  port?: number;
}

/**
 * A licence provider over a real socket, of both kinds, that can be told to fail: `fail` in a test, `POST /control` with a list
 * of faults from elsewhere. `GET /control` shows what it received, `PUT /control` puts licences, `DELETE /control?key=` removes one.
 */
export async function startProviderServer({ licenses = [], token, port = 0 }: Options = {}): Promise<ProviderServer> {
  const store = new LicenseStore(licenses);
  const fluent = new FluentService(store);
  const received: Received[] = [];
  const faults: Fault[] = [];
  const open = new Set<ServerResponse>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://provider');
    const query = Object.fromEntries(url.searchParams);
    const body = parsed(await textOf(request));
    if (url.pathname === '/control') return control(request.method ?? 'GET', query, body, response);
    const kind = url.pathname === '/fluent' ? 'check' : url.pathname.endsWith('/check-ins') ? 'check-in' : url.pathname === '/licenses' ? 'list' : 'check';
    const fault = nextFault(kind);
    received.push({ method: request.method ?? 'GET', path: url.pathname, query, at: Date.now(), body, fault: fault?.kind ?? null });
    if (fault !== null && (await misbehave(fault, response))) return;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return send(response, 401, { error: { code: 'unauthorized' } });
    const { status, content } = route(url.pathname, query, body, fault);
    const text = JSON.stringify(content);
    if (fault?.kind === 'truncated') truncate(response, text);
    else send(response, status, content);
  }

  function route(path: string, query: Record<string, string>, body: unknown, fault: Fault | null): { status: number; content: unknown } {
    if (path === '/fluent') return { status: 200, content: fluent.check(query) };
    if (path === '/licenses') return store.page(query, fault?.kind === 'leaveOut' ? fault.keys : []);
    const [, , key = '', rest] = path.split('/').map(decodeURIComponent);
    if (store.find(key) === undefined) return { status: 404, content: { error: { code: 'not_found' } } };
    if (rest === 'check-ins') return { status: 200, content: store.checkIn(key, body as { site_url: string; checked_in_at: string }) };
    return { status: 200, content: store.find(key) };
  }

  function nextFault(kind: NonNullable<Fault['only']>): Fault | null {
    const index = faults.findIndex(({ only }) => only === undefined || only === kind);
    const fault = faults[index];
    if (fault === undefined) return null;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) faults.splice(index, 1);
    return fault;
  }

  /** True when nothing is left to answer. */
  async function misbehave(fault: Fault, response: ServerResponse): Promise<boolean> {
    switch (fault.kind) {
      case 'status':
        if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
        if (fault.location !== undefined) response.setHeader('location', fault.location);
        send(response, fault.status, fault.body ?? { error: { code: `http_${fault.status}` } });
        return true;
      case 'hang':
        return true;
      case 'reset':
        response.socket?.destroy();
        return true;
      case 'body':
        send(response, 200, fault.body);
        return true;
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
        return false;
      case 'truncated':
      case 'leaveOut':
        return false;
    }
  }

  function control(method: string, query: Record<string, string>, body: unknown, response: ServerResponse): void {
    if (method === 'POST') faults.push(...(body as Fault[]));
    if (method === 'PUT') for (const row of body as ProviderRow[]) store.put(row);
    if (method === 'DELETE') store.remove(query['key'] ?? '');
    send(response, 200, { received, checkIns: store.checkIns, faults, licenses: store.size });
  }

  const server: Server = createServer((request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    answer(request, response).catch((error: unknown) => send(response, 500, { error: { code: 'broken', message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${address}/licenses`,
    fluentUrl: `${address}/fluent`,
    store,
    received,
    fail: (...more) => void faults.push(...more.map((fault) => ({ ...fault }))),
    forgive: () => void (faults.length = 0),
    stop: () => {
      for (const response of open) response.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, status: number, content: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}

/** Announces the whole answer, sends half of it and hangs up. */
function truncate(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}

/** As a process: prints its address, and ends with whoever started it. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, demo: { type: 'boolean' }, port: { type: 'string', default: '0' }, token: { type: 'string' } },
  });
  const licenses = await licensesOf(values.data, values.demo ?? false);
  const { url, fluentUrl } = await startProviderServer({ licenses, port: Number(values.port), ...(values.token === undefined ? {} : { token: values.token }) });
  console.log(JSON.stringify({ url, fluentUrl, licenses: licenses.length }));
  if (!process.stdin.isTTY) process.stdin.on('end', () => process.exit(0)).resume();
}

/** The file's licences. The demo writes its file once: dates that moved with every start would look like renewals of everything. */
async function licensesOf(file: string | undefined, demo: boolean): Promise<ProviderRow[]> {
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ProviderRow[];
  if (!demo) return [];
  const { premiumLicences } = await import('../../server/db/demo/premium.js');
  const licences: ProviderRow[] = premiumLicences(new Date().toISOString().slice(0, 10)).map((row) => ({ ...row }));
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(licences));
  }
  return licences;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
