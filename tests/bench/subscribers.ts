import { createConnection } from 'mysql2/promise';
import { DatabaseSync } from '@photostructure/sqlite';
import { post } from '../support/app.js';
import { openStream } from '../support/streams.js';
import type { BenchDatabase } from './database.js';
import type { BenchServer } from './servers.js';

/** What as many subscribers cost while nothing happens, and how soon they hear of something. */
export const subscribers = { name: 'subscribers' };

const SUBSCRIBERS = 500;
/** Each token has a few of them: whose token still opens its stream is looked up again and again. */
const STREAMS_OF_A_TOKEN = 5;
const REST_SECONDS = 30;
const AIM_OF_A_CORE = 0.1;
const SUBSCRIPTION = 'subscription { dashboardChanged { causes } }';
const CREATE = 'mutation($name: String!) { createApiToken(input: { name: $name, role: ADMIN, expiresInDays: 1 }) { token apiToken { id } userErrors { message } } }';

/** Opens the streams, watches the server at rest, adds one entry to the activity log by hand, and waits until all were told. */
export async function measureSubscribers(seatwise: BenchServer & { token: string }, { environment }: BenchDatabase): Promise<string> {
  const tokens = await Promise.all(Array.from({ length: SUBSCRIBERS / STREAMS_OF_A_TOKEN }, async (_, n) => {
    const { data } = await post(seatwise.url, seatwise.token, CREATE, { name: `subscribers ${n}` });
    return String(data.createApiToken.token);
  }));
  const streams = tokens.flatMap((token) => Array.from({ length: STREAMS_OF_A_TOKEN }, () => openStream(seatwise, token, SUBSCRIPTION)));
  try {
    const first = await Promise.all(streams.map((stream) => stream.next(30_000)));
    const refused = first.find((event) => event.dashboardChanged === undefined);
    if (refused !== undefined) throw new Error(`${subscribers.name}: ${JSON.stringify(refused)}`);
    await pause(3);
    const before = await seatwise.usage();
    await pause(REST_SECONDS);
    const after = await seatwise.usage();
    const share = (after.cpuMilliseconds - before.cpuMilliseconds) / (REST_SECONDS * 1000);
    const started = performance.now();
    await addEntry(environment);
    const heard = await Promise.all(streams.map(async (stream) => {
      await stream.next(30_000);
      return performance.now() - started;
    }));
    heard.sort((a, b) => a - b);
    const at = (part: number) => Math.round(heard[Math.floor((heard.length - 1) * part)] ?? NaN).toLocaleString('en');
    return [
      `${SUBSCRIBERS} subscribers with ${tokens.length} tokens, at rest for ${REST_SECONDS} s: ${(share * 100).toFixed(1)} % of a core${share < AIM_OF_A_CORE ? '' : ` (aim below ${AIM_OF_A_CORE * 100} %)`}`,
      `an entry of the activity log is heard after ${at(0.5)} ms (p50), ${at(1)} ms (last)`,
    ].join('\n');
  } finally {
    streams.forEach((stream) => stream.close());
  }
}

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function addEntry({ DATABASE_URL: uri, DATA_DIR: folder }: Record<string, string>): Promise<void> {
  const at = new Date().toISOString().slice(0, 19).replace('T', ' ');
  if (uri === undefined) {
    const database = new DatabaseSync(`${folder ?? ''}/fido1.db`);
    database.exec(`pragma busy_timeout = 60000; insert into app_log (user_id, timestamp, action, status) values (1, '${at}', 'open', 'ok')`);
    database.close();
    return;
  }
  const connection = await createConnection({ uri });
  await connection.query(`insert into fido1.app_log (user_id, timestamp, action, status) values (1, '${at}', 'open', 'ok')`);
  await connection.end();
}
