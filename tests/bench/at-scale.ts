import autocannon from 'autocannon';
import { readConfig } from '../../server/config.js';
import { activityLog, LARGE } from './data.js';
import { startDatabase, type BenchDatabase } from './database.js';
import { loadMore } from './load.js';
import { asBare, asSeatwise, expectEqualAnswers, measureInTurns, type Figures } from './measure.js';
import type { Options } from './options.js';
import { scenarios, type Scenario } from './scenarios.js';
import { logReading, startBare, startReading, startSeatwise, type SeatwiseServer } from './servers.js';

/**
 * `--scale large`: active users of 50,000 companies and a million users, over 5 and over 50 million log rows that have no index but their key,
 * in two databases side by side; and how fast 45 million are read, in the manner of a usual installation, and what a reader of licences feels of it.
 */
const AIMS = { timesAsFast: 20, timesAsLong: 1.2 };
const LISTENING_SECONDS = 10;
/** Requests of a turn: plain SQL takes half a minute for each, and one alone of ours would tell more of chance than of us. */
const ASKED = { requests: 10, bareRequests: 1 };
const measured = scenarios.filter(({ name }) => ['active users of all companies', 'dashboard'].includes(name)).map((scenario) => ({ ...scenario, ...ASKED }));

/** A question over few entries, and over many with ours and with plain SQL. */
interface AtScale {
  scenario: Scenario;
  few: Figures;
  many: Figures;
  plain: Figures;
}

export async function measureAtScale(options: Options): Promise<string> {
  const few = await startDatabase(options);
  try {
    const many = await startDatabase(options);
    try {
      // As far as the first entries they are alike.
      await (await startSeatwise(many)).stop();
      const added = LARGE.entries - LARGE.fewEntries;
      await loadMore(readConfig(many.environment), activityLog(added, LARGE.users, LARGE.fewEntries));
      const backFill = await measureBackFill(many, added);
      return [
        `Active users on ${many.name}, ${LARGE.users.toLocaleString('en')} users, medians of ${options.rounds} rounds, no index on the log`,
        ...(await measureBoth(few, many, options)).map(line),
        ...backFill,
      ].join('\n');
    } finally {
      await many.stop();
    }
  } finally {
    await few.stop();
  }
}

/** Each question over few entries and over many, in turns. */
async function measureBoth(few: BenchDatabase, many: BenchDatabase, { rounds }: Options): Promise<AtScale[]> {
  const servers = { few: await startSeatwise(few), plainOfFew: await startBare(few), many: await startSeatwise(many), plain: await startBare(many) };
  try {
    const results: AtScale[] = [];
    for (const scenario of measured) {
      console.error(`Measuring ${scenario.name} …`);
      const [ofFew, ofMany, plain] = [asSeatwise(scenario, servers.few), asSeatwise(scenario, servers.many), asBare(scenario, servers.plain)];
      await expectEqualAnswers(scenario, ofFew, asBare(scenario, servers.plainOfFew));
      await expectEqualAnswers(scenario, ofMany, plain);
      const figures = await measureInTurns(scenario, [ofFew, ofMany, plain], { rounds, seconds: 1 });
      results.push({ scenario, few: figures[0], many: figures[1], plain: figures[2] });
    }
    return results;
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
}

function line({ scenario, few, many, plain }: AtScale): string {
  const [faster, longer] = [plain.p50 / many.p50, many.p50 / few.p50];
  return [
    `${scenario.name}: ${ms(many.p50)} over ${LARGE.entries.toLocaleString('en')} rows, ${ms(plain.p50)} by plain SQL`,
    `  ${verdict(faster >= AIMS.timesAsFast)}  ${faster.toFixed(1)} times as fast, aim ${AIMS.timesAsFast}`,
    `  ${verdict(longer <= AIMS.timesAsLong)}  ${longer.toFixed(2)} of the ${ms(few.p50)} over ${LARGE.fewEntries.toLocaleString('en')} rows, aim at most ${AIMS.timesAsLong}`,
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
