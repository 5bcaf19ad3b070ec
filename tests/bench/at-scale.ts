import autocannon from 'autocannon';
import { readConfig } from '../../server/config.js';
import { activityLog, LARGE } from './data.js';
import type { BenchDatabase } from './database.js';
import { loadMore } from './load.js';
import { measure, type Measurement } from './measure.js';
import type { Options } from './options.js';
import { scenarios } from './scenarios.js';
import { logReading, startBare, startReading, startSeatwise, type SeatwiseServer } from './servers.js';

/**
 * `--scale large`: active users of 50,000 companies and a million users, over 5 and then 50 million log rows that have no index but their key;
 * and how fast the 45 million are read meanwhile, in the manner of a usual installation, and what a reader of licences feels of it.
 */
const measured = ['active users of all companies', 'dashboard'];
const AIMS = { timesAsFast: 20, timesAsLong: 1.2 };
const LISTENING_SECONDS = 10;
/** Requests of a turn: plain SQL takes half a minute for each, and one alone of ours would tell more of chance than of us. */
const ASKED = { requests: 10, bareRequests: 1 };

export async function measureAtScale(database: BenchDatabase, { rounds }: Options): Promise<string> {
  const few = await measuredNow(database, rounds);
  const added = LARGE.entries - LARGE.fewEntries;
  await loadMore(readConfig(database.environment), activityLog(added, LARGE.users, LARGE.fewEntries));
  const backFill = await measureBackFill(database, added);
  const many = await measuredNow(database, rounds);
  return [
    `Active users on ${database.name}, ${LARGE.users.toLocaleString('en')} users, medians of ${rounds} rounds, no index on the log`,
    ...many.map((measurement, index) => line(measurement, few[index] ?? measurement)),
    ...backFill,
  ].join('\n');
}

/** Each question on both servers, as often as the rounds say. */
async function measuredNow(database: BenchDatabase, rounds: number): Promise<Measurement[]> {
  const [seatwise, bare] = [await startSeatwise(database), await startBare(database)];
  try {
    const results: Measurement[] = [];
    for (const scenario of scenarios.filter(({ name }) => measured.includes(name))) {
      console.error(`Measuring ${scenario.name} …`);
      results.push(await measure({ ...scenario, ...ASKED }, seatwise, bare, { rounds, seconds: 1 }));
    }
    return results;
  } finally {
    await Promise.all([seatwise.stop(), bare.stop()]);
  }
}

function line({ scenario, seatwise, bare }: Measurement, few: Measurement): string {
  const [faster, longer] = [bare.p50 / seatwise.p50, seatwise.p50 / few.seatwise.p50];
  return [
    `${scenario.name}: ${ms(seatwise.p50)} over ${LARGE.entries.toLocaleString('en')} rows, ${ms(bare.p50)} by plain SQL`,
    `  ${verdict(faster >= AIMS.timesAsFast)}  ${faster.toFixed(1)} times as fast, aim ${AIMS.timesAsFast}`,
    `  ${verdict(longer <= AIMS.timesAsLong)}  ${longer.toFixed(2)} of the ${ms(few.seatwise.p50)} over ${LARGE.fewEntries.toLocaleString('en')} rows, aim at most ${AIMS.timesAsLong}`,
  ].join('\n');
}

/** A server reads what is new in its usual manner, while somebody looks at licences. */
async function measureBackFill(database: BenchDatabase, rows: number): Promise<string[]> {
  const server = await startReading(database);
  try {
    const started = performance.now();
    const during = await licencesLatency(server);
    for (;;) {
      const { state, readShare } = await logReading(server);
      if (state === 'FOLLOWING' && readShare === 1) break;
      console.error(`Reading the activity log: ${Math.round(readShare * 100)} % …`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    const seconds = (performance.now() - started) / 1000;
    const after = await licencesLatency(server);
    return [
      `${rows.toLocaleString('en')} log rows read in ${Math.round(seconds)} s, ${Math.round(rows / seconds).toLocaleString('en')} rows/s`,
      `200 licences: ${ms(during.p50)} (p99 ${ms(during.p99)}) meanwhile, ${ms(after.p50)} (p99 ${ms(after.p99)}) afterwards`,
    ];
  } finally {
    await server.stop();
  }
}

/** One reader after the other asks for a page of licences. */
async function licencesLatency({ url, token }: SeatwiseServer): Promise<{ p50: number; p99: number }> {
  const query = scenarios.find(({ name }) => name === '200 licences')?.query ?? '';
  const { latency } = await autocannon({
    url: `${url}/graphql`, method: 'POST', connections: 1, duration: LISTENING_SECONDS, body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  return { p50: latency.p50, p99: latency.p99 };
}

const ms = (milliseconds: number): string => `${Math.round(milliseconds).toLocaleString('en')} ms`;
const verdict = (met: boolean): string => (met ? 'met    ' : 'NOT MET');
