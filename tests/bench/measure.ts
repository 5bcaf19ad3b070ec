import { isDeepStrictEqual } from 'node:util';
import autocannon, { type Request, type Result } from 'autocannon';
import type { Scenario } from './scenarios.js';
import type { BenchServer, SeatwiseServer } from './servers.js';

/** What a server did in the median turn. */
export interface Figures {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  /** CPU time of the server's process, in milliseconds a request. */
  cpu: number;
}

export interface Measurement {
  scenario: Scenario;
  seatwise: Figures;
  bare: Figures;
}

/** A server and how it is asked for a scenario. */
export interface Contender {
  server: BenchServer;
  requests: number | undefined;
  request: { url: string; method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string };
}

interface Turns {
  rounds: number;
  seconds: number;
}

const TIMEOUT_SECONDS = 120;
const WARMING_REQUESTS = 200;

export function asSeatwise({ query, requests }: Scenario, server: SeatwiseServer): Contender {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
  return { server, requests, request: { url: `${server.url}/graphql`, method: 'POST', body: JSON.stringify({ query }), headers } };
}

export function asBare({ bare, requests, bareRequests = requests }: Scenario, server: BenchServer): Contender {
  return { server, requests: bareRequests, request: { url: `${server.url}${bare}`, method: 'GET' } };
}

/** Both servers under one scenario. Their answers must be equal, or the comparison would mean nothing. */
export async function measure(scenario: Scenario, seatwise: SeatwiseServer, bare: BenchServer, turns: Turns): Promise<Measurement> {
  const [ours, theirs] = [asSeatwise(scenario, seatwise), asBare(scenario, bare)];
  await expectEqualAnswers(scenario, ours, theirs);
  const figures = await measureInTurns(scenario, [ours, theirs], turns);
  return { scenario, seatwise: figures[0], bare: figures[1] };
}

/** Figures of each, measured in turns and each first in another round, so that a busy machine slows all alike. */
export async function measureInTurns<const Contenders extends readonly Contender[]>(
  scenario: Scenario, contenders: Contenders, { rounds, seconds }: Turns,
): Promise<{ [Each in keyof Contenders]: Figures }> {
  // All compile their hot paths and fill the database's cache before anything is counted.
  for (const contender of contenders) await turn({ ...contender, requests: contender.requests ?? WARMING_REQUESTS }, scenario, seconds);
  const results = contenders.map((contender) => ({ contender, figures: [] as Figures[] }));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % results.length;
    for (const { contender, figures } of [...results.slice(first), ...results.slice(0, first)]) figures.push(await turn(contender, scenario, seconds));
  }
  return results.map(({ figures }) => medianOf(figures)) as { [Each in keyof Contenders]: Figures };
}

export async function expectEqualAnswers({ name }: Scenario, a: Contender, b: Contender): Promise<void> {
  const [ours, theirs] = [await answer(a), await answer(b)];
  if (isDeepStrictEqual(ours, theirs)) return;
  const start = (value: unknown) => JSON.stringify(value).slice(0, 2000);
  throw new Error(`${name}: the servers answer differently.\nSeatwise: ${start(ours)}\nbare: ${start(theirs)}`);
}

async function answer({ request: { url, ...init } }: Contender): Promise<unknown> {
  const response = await fetch(url, init);
  return response.json();
}

async function turn({ server, requests, request }: Contender, { name, connections }: Scenario, seconds: number): Promise<Figures> {
  const before = await server.usage();
  const length = requests === undefined ? { duration: seconds } : { amount: requests };
  const { result, seconds: taken } = await loadUntilAnswered({ ...request, connections, timeout: TIMEOUT_SECONDS, ...length });
  const after = await server.usage();
  const answered = result['2xx'];
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${name}: ${result.non2xx} refusals and ${result.errors} errors.`);
  if (answered === 0) throw new Error(`${name}: no answer within a turn; give it more --seconds.`);
  return {
    requestsPerSecond: answered / taken,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (after.cpuMilliseconds - before.cpuMilliseconds) / answered,
  };
}

/** The result, and the time until the last answer: the load generator looks at its clock, and ends, once in a second. */
export async function loadUntilAnswered(request: Request): Promise<{ result: Result; seconds: number }> {
  const begun = performance.now();
  let ended = begun;
  const running = autocannon(request);
  running.on('response', () => (ended = performance.now()));
  return { result: await running, seconds: (ended - begun) / 1000 };
}

/** The median of each figure. */
export function medianOf(list: readonly Figures[]): Figures {
  const of = (key: keyof Figures) => {
    const sorted = list.map((figures) => figures[key]).sort((x, y) => x - y);
    const middle = (sorted.length - 1) / 2;
    return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
  };
  return { requestsPerSecond: of('requestsPerSecond'), p50: of('p50'), p99: of('p99'), cpu: of('cpu') };
}
