import autocannon from 'autocannon';
import { scenarios } from './scenarios.js';
import type { SeatwiseServer } from './servers.js';

/** A minute of as many people as an installation may have at once, each asking for the next page as soon as one is there. */
export const manyClients = { name: 'many clients' };

const CLIENTS = 200;
const SECONDS = 60;
/** What a process takes at most in the first third, it takes in the others too. */
const WARM_SECONDS = 20;
const MOST_GROWTH = 1.1;
const LARGEST_TIMEOUT_SECONDS = 30;

/** Errors and refusals, and whether memory stays flat. */
export async function measureManyClients(server: SeatwiseServer): Promise<string> {
  const query = scenarios.find(({ name }) => name === '200 licences')?.query ?? '';
  const load = (duration: number) => autocannon({
    url: `${server.url}/graphql`, method: 'POST', connections: CLIENTS, duration, timeout: LARGEST_TIMEOUT_SECONDS, body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
  });
  const first = await load(WARM_SECONDS);
  const { peakMegabytes: warm } = await server.usage();
  const second = await load(SECONDS - WARM_SECONDS);
  const { peakMegabytes: peak } = await server.usage();
  const [answered, failed] = [first['2xx'] + second['2xx'], first.errors + first.non2xx + second.errors + second.non2xx];
  return [
    `${CLIENTS} clients for ${SECONDS} s: ${answered.toLocaleString('en')} answers, ${Math.round(answered / SECONDS).toLocaleString('en')}/s, ${Math.round(second.latency.p50)} ms (p50), ${Math.round(second.latency.p99)} ms (p99)`,
    `  ${verdict(failed === 0)}  ${failed} failed, aim 0`,
    `  ${verdict(peak <= warm * MOST_GROWTH)}  at most ${Math.round(peak)} MB, ${Math.round(warm)} MB within the first ${WARM_SECONDS} s, aim at most ${MOST_GROWTH} times as much`,
  ].join('\n');
}

const verdict = (met: boolean): string => (met ? 'met    ' : 'NOT MET');
