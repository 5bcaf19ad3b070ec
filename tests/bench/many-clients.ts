import autocannon from 'autocannon';
import type { BenchDatabase } from './database.js';
import { scenarios } from './scenarios.js';
import { startSeatwise } from './servers.js';

/** A minute of as many people as an installation may have at once, each asking for the next page as soon as one is there. */
export const manyClients = { name: 'many clients' };

const CLIENTS = 200;
const SECONDS = 60;
/** What a process takes at most in the first third, it takes in the others too. */
const WARM_SECONDS = 20;
const MOST_GROWTH = 1.1;
const LARGEST_TIMEOUT_SECONDS = 30;

/** Errors, refusals and answers that differ from the first, and whether memory stays flat: of a server that has done nothing else. */
export async function measureManyClients(database: BenchDatabase): Promise<string> {
  const server = await startSeatwise(database);
  try {
    const request = {
      method: 'POST' as const, body: JSON.stringify({ query: scenarios.find(({ name }) => name === '200 licences')?.query ?? '' }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
    };
    const expectBody = await (await fetch(`${server.url}/graphql`, request)).text();
    const load = (duration: number) => autocannon({ ...request, url: `${server.url}/graphql`, connections: CLIENTS, duration, timeout: LARGEST_TIMEOUT_SECONDS, expectBody });
    const first = await load(WARM_SECONDS);
    const { peakMegabytes: warm } = await server.usage();
    const second = await load(SECONDS - WARM_SECONDS);
    const { peakMegabytes: peak } = await server.usage();
    const failed = [first, second].reduce((sum, { errors, non2xx, mismatches }) => sum + errors + non2xx + mismatches, 0);
    const answered = first['2xx'] + second['2xx'];
    return [
      `${CLIENTS} clients for ${SECONDS} s: ${answered.toLocaleString('en')} answers, ${Math.round(answered / SECONDS).toLocaleString('en')}/s, ${Math.round(second.latency.p50)} ms (p50), ${Math.round(second.latency.p99)} ms (p99)`,
      `  ${verdict(failed === 0)}  ${failed} failed, aim 0`,
      `  ${verdict(peak <= warm * MOST_GROWTH)}  at most ${Math.round(peak)} MB, ${Math.round(warm)} MB within the first ${WARM_SECONDS} s, aim at most ${MOST_GROWTH} times as much`,
    ].join('\n');
  } finally {
    await server.stop();
  }
}

const verdict = (met: boolean): string => (met ? 'met    ' : 'NOT MET');
