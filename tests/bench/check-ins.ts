import { DatabaseSync } from '@photostructure/sqlite';
import { createConnection } from 'mysql2/promise';
import type { BenchDatabase } from './database.js';
import { trialCheck } from './licence-sources.js';
import { loadUntilAnswered, medianOf, type Figures, type Measurement } from './measure.js';
import type { Options } from './options.js';
import type { Scenario } from './scenarios.js';
import type { BenchServer } from './servers.js';
import { asOf } from './table.js';

/** Licence checks of as many sites, none of them the first of its trial, against the least that noting one of them costs by hand: an update of one row. */
export const checkIns: Scenario = { name: 'check-ins', query: '', bare: '', connections: 256, aim: 3 };

const LOOP_SECONDS = 2;
const HISTORY_WITHIN_SECONDS = 300;
/** Within this time every check-in that was answered stands in its row, even on a busy machine. */
const WRITTEN_WITHIN_MS = 10_000;

/** The table of trials, reached by hand. */
interface Table {
  trials: number;
  /** Sets the check-in of one trial, in a transaction of its own. */
  update(id: number, at: string): Promise<void>;
  /** True when the server has noted the history of every trial. */
  historyIsRead(): Promise<boolean>;
  /** Sets the check-in of every trial that has none. */
  checkInAll(at: string): Promise<void>;
  /** Trials whose check-in is not before the instant. */
  seenSince(at: string): Promise<number>;
  close(): Promise<void>;
}

/** Both in turns, as the other scenarios. No two checks are of the same trial, so that none is answered from memory. */
export async function measureCheckIns(seatwise: BenchServer, database: BenchDatabase, { rounds }: Options): Promise<Measurement> {
  const table = await openTable(database.environment);
  try {
    await untilHistoryIsRead(table);
    // The first check-in of a trial is written before it is answered, once in its life.
    await table.checkInAll(stored(asOf));
    const amount = Math.floor(table.trials / (rounds + 1));
    const ids = everyTrial(table.trials);
    await checksTurn(seatwise, table, amount, ids);
    const results: [Figures[], Figures[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const turns = [async () => results[0].push(await checksTurn(seatwise, table, amount, ids)), async () => results[1].push(await updatesTurn(table))];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    return { scenario: checkIns, seatwise: medianOf(results[0]), bare: medianOf(results[1]) };
  } finally {
    await table.close();
  }
}

/** A server that meets trials for the first time notes the history of each, which is not what is measured. */
async function untilHistoryIsRead(table: Table): Promise<void> {
  for (let tries = 0; tries < HISTORY_WITHIN_SECONDS * 4; tries += 1) {
    if (await table.historyIsRead()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('check-ins: the history of the trials was not read in time.');
}

/** Every id once, then again; neighbours lie far apart, as those of sites that happen to check at the same time. */
function everyTrial(trials: number): () => number {
  let next = 0;
  return () => ((next++ * 7_919) % trials) + 1;
}

async function checksTurn(server: BenchServer, table: Table, amount: number, nextId: () => number): Promise<Figures> {
  const started = stored(Date.now());
  const [before, seenBefore] = [await server.usage(), await table.seenSince(started)];
  const { result, seconds } = await load(server.url, amount, nextId);
  const after = await server.usage();
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`check-ins: ${result.non2xx} refusals and ${result.errors} errors.`);
  const until = performance.now() + WRITTEN_WITHIN_MS;
  let written = 0;
  // One trial in about thirty is switched off: such a check is answered, and leaves nothing.
  const isEnough = () => written >= result['2xx'] * 0.9;
  while (!isEnough() && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    written = (await table.seenSince(started)) - seenBefore;
  }
  if (!isEnough()) throw new Error(`check-ins: ${result['2xx']} were answered and ${written} were written.`);
  return {
    requestsPerSecond: result['2xx'] / seconds, p50: result.latency.p50, p99: result.latency.p99,
    cpu: (after.cpuMilliseconds - before.cpuMilliseconds) / result['2xx'],
  };
}

function load(url: string, amount: number, nextId: () => number): ReturnType<typeof loadUntilAnswered> {
  return loadUntilAnswered({
    url: `${url}/license-check`, connections: checkIns.connections, amount, timeout: 60,
    requests: [{
      method: 'POST', headers: { 'content-type': 'application/json' },
      setupRequest: (request) => ({ ...request, body: JSON.stringify(trialCheck(nextId())) }),
    }],
  });
}

/** One update after the other. The rows are set back in time, so that they do not count as seen. */
async function updatesTurn(table: Table): Promise<Figures> {
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  for (let id = 1; performance.now() - started < LOOP_SECONDS * 1000; id += 1) {
    const begun = performance.now();
    await table.update(((id * 7_919) % table.trials) + 1, stored(asOf + id * 1000));
    times.push(performance.now() - begun);
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? NaN;
  times.sort((a, b) => a - b);
  return { requestsPerSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), cpu: (user + system) / 1000 / times.length };
}

const stored = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
const UPDATE = 'update free_trials set last_checked_in_at = ? where id = ?';
const CHECK_IN_ALL = 'update free_trials set last_checked_in_at = ? where last_checked_in_at is null';
const SEEN = 'select count(*) as seen from free_trials where last_checked_in_at >= ?';
const HISTORY = 'select count(*) as rows_read from sw_trial_history';
const TRIALS = 'select max(id) as trials from free_trials';

async function openTable(environment: Record<string, string>): Promise<Table> {
  const { DATABASE_URL: uri, DATA_DIR: folder } = environment;
  return uri === undefined ? openSqlite(folder ?? '') : openMysql(uri);
}

/** A commit is on the disk when it is acknowledged, as servers come: the bench's own loads without. */
async function openMysql(uri: string): Promise<Table> {
  const connection = await createConnection({ uri, timezone: 'Z' });
  const first = async (text: string, values: string[] = []) => ((await connection.execute(text, values))[0] as Record<string, number>[])[0];
  await connection.query('set global innodb_flush_log_at_trx_commit = 1');
  return {
    trials: (await first(TRIALS))?.['trials'] ?? 0,
    update: async (id, at) => void (await connection.execute(UPDATE, [at, id])),
    checkInAll: async (at) => void (await connection.execute(CHECK_IN_ALL, [at])),
    historyIsRead: async () => (await first(HISTORY))?.['rows_read'] === 1,
    seenSince: async (at) => (await first(SEEN, [at]))?.['seen'] ?? 0,
    close: async () => {
      await connection.query('set global innodb_flush_log_at_trx_commit = 0');
      await connection.end();
    },
  };
}

function openSqlite(folder: string): Table {
  const database = new DatabaseSync(`${folder}/seatwise.db`);
  database.exec('pragma synchronous = full; pragma busy_timeout = 5000');
  const update = database.prepare(UPDATE);
  const first = (text: string, ...values: string[]) => database.prepare(text).get(...values) as Record<string, number> | undefined;
  return {
    trials: first(TRIALS)?.['trials'] ?? 0,
    update: async (id, at) => void update.run(at, id),
    checkInAll: async (at) => void database.prepare(CHECK_IN_ALL).run(at),
    historyIsRead: async () => first(HISTORY)?.['rows_read'] === 1,
    seenSince: async (at) => first(SEEN, at)?.['seen'] ?? 0,
    close: async () => database.close(),
  };
}
