import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database, Transaction } from '../db/database.js';
import { instantOrNull, number, textOrNull } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { storedInstant } from './mirror-rows.js';
import type { Tally } from './mirror.js';

/** Where the synchronisation with a provider stands, the same for every instance. */
export interface SyncState {
  cursor: string | null;
  /** Number of the latest complete reading. */
  pass: number;
  /** A complete reading is under way since. */
  fullSince: Date | null;
  lastFullAt: Date | null;
  nextAttemptAt: Date | null;
  failures: number;
}

/** One run that holds the provider's lock. */
export interface Run {
  provider: string;
  /** Stands in the state while this run is the one that writes. */
  id: string;
  /** Its row of sw_sync_runs. */
  row: number;
}

const KEPT_RUNS = 20;
const LONGEST_MESSAGE = 1024;

/** The lock was lost and another run writes the mirror. */
export class Superseded extends Error {
  constructor() {
    super('Another synchronisation has taken over');
    this.name = 'Superseded';
  }
}

/** The state of a provider; null before its first run. */
export async function readState(database: Database, provider: string): Promise<SyncState | null> {
  const [row] = await database.read(sql`select * from sw_sync_state where provider = ${provider}`);
  return row === undefined ? null : stateOf(row);
}

/** Begins a run: notes it in the state and among the runs. With `full`, everything is to be read again. */
export async function beginRun(database: Database, provider: string, { id, now, isFull }: { id: string; now: Date; isFull(state: SyncState): boolean }): Promise<{ run: Run; state: SyncState }> {
  return database.transaction(async (tx) => {
    const at = storedInstant(now);
    await run(tx, sql`insert into sw_sync_state (provider) values (${provider}) ${database.dialect.orUpdate(['provider'], ['provider'])}`);
    const [row = {}] = await tx.read(sql`select * from sw_sync_state where provider = ${provider} ${database.dialect.lockRows}`);
    const before = stateOf(row);
    const state = isFull(before) ? restarted(before, now) : before;
    await set(tx, provider, {
      run_id: id, running_since: at, last_attempt_at: at, heartbeat_at: at, read_count: 0, total_count: null, waiting_after: null, rejected_count: 0,
    });
    if (state !== before) await noteRestart(tx, provider, state);
    await run(tx, sql`insert into sw_sync_runs (provider, started_at) values (${provider}, ${at})`);
    const [latest = {}] = await tx.read(sql`select max(id) as id from sw_sync_runs where provider = ${provider}`);
    return { run: { provider, id, row: number(latest, 'id') }, state };
  });
}

/** Everything is to be read again from here on. */
export async function restart(database: Database, current: Run, state: SyncState, now: Date): Promise<SyncState> {
  const next = restarted(state, now);
  await database.transaction(async (tx) => {
    await mustStillRun(tx, database, current);
    await noteRestart(tx, current.provider, next);
  });
  return next;
}

function restarted(state: SyncState, now: Date): SyncState {
  return { ...state, cursor: null, pass: state.pass + 1, fullSince: now };
}

function noteRestart(tx: Transaction, provider: string, { pass, fullSince }: SyncState): Promise<void> {
  return set(tx, provider, { cursor: null, pass, full_since: fullSince && storedInstant(fullSince), full_is_blind: 0, unusable_count: 0 });
}

/** Refuses to write once another run has begun. */
export async function mustStillRun(tx: Transaction, database: Database, { provider, id }: Run): Promise<void> {
  const [row] = await tx.read(sql`select run_id from sw_sync_state where provider = ${provider} ${database.dialect.lockRows}`);
  if (row?.['run_id'] !== id) throw new Superseded();
}

/** Notes a page in the transaction that stored it: where to go on, and how many there were. */
export async function notePage(tx: Transaction, current: Run, page: { cursor: string | null; total: number | null }, tally: Tally, now: Date): Promise<void> {
  const { provider, row } = current;
  await run(tx, sql`
    update sw_sync_state set ${raw('`cursor`')} = ${page.cursor}, total_count = ${page.total}, heartbeat_at = ${storedInstant(now)}, waiting_after = null,
      read_count = read_count + ${tally.read}, rejected_count = rejected_count + ${tally.rejected}, unusable_count = unusable_count + ${tally.rejected},
      full_is_blind = case when ${tally.unidentified} > 0 then 1 else full_is_blind end
    where provider = ${provider}`);
  await run(tx, sql`
    update sw_sync_runs set read_count = read_count + ${tally.read}, changed_count = changed_count + ${tally.changed},
      rejected_count = rejected_count + ${tally.rejected} where id = ${row}`);
}

/** Notes that the run waits after a failure, or goes on. */
export async function noteWaiting(database: Database, { provider, id }: Run, failure: string | null, now: Date): Promise<void> {
  await database.transaction((tx) =>
    run(tx, sql`update sw_sync_state set waiting_after = ${cut(failure)}, heartbeat_at = ${storedInstant(now)} where provider = ${provider} and run_id = ${id}`),
  );
}

/** How a run ended. */
export interface Ending {
  now: Date;
  /** Why it failed; null: it did not. */
  error: string | null;
  failures: number;
  nextAttemptAt: Date | null;
}

/** Ends a run. The oldest runs are forgotten. */
export async function endRun(tx: Transaction, current: Run, { now, error, failures, nextAttemptAt }: Ending): Promise<void> {
  const at = storedInstant(now);
  await set(tx, current.provider, {
    run_id: null, running_since: null, waiting_after: null, last_error: cut(error), failures, next_attempt_at: nextAttemptAt && storedInstant(nextAttemptAt),
    ...(error === null ? { last_success_at: at } : {}),
  });
  await run(tx, sql`update sw_sync_runs set ended_at = ${at}, error = ${cut(error)} where id = ${current.row}`);
  const kept = await tx.read(sql`select id from sw_sync_runs where provider = ${current.provider} order by id desc limit ${raw(String(KEPT_RUNS))}`);
  const oldest = Math.min(...kept.map((row) => number(row, 'id')));
  await run(tx, sql`delete from sw_sync_runs where provider = ${current.provider} and id < ${oldest}`);
}

/** Leaves a run that was stopped in the middle: nothing failed, and the next one goes on from its cursor. */
export async function leaveRun(database: Database, { provider, id }: Run, now: Date): Promise<void> {
  await database.transaction((tx) =>
    run(tx, sql`
      update sw_sync_state set run_id = null, running_since = null, waiting_after = null, next_attempt_at = ${storedInstant(now)}
      where provider = ${provider} and run_id = ${id}`),
  );
}

/** Ends a complete reading: what it did not name is marked as missing, provided that it saw everything. */
export async function endPass(tx: Transaction, provider: string, pass: number, now: Date, judgesMissing: boolean): Promise<void> {
  const at = storedInstant(now);
  const [state = {}] = await tx.read(sql`select full_is_blind from sw_sync_state where provider = ${provider}`);
  if (judgesMissing && number(state, 'full_is_blind') === 0) {
    await markMissingSites(tx, provider, pass, at);
    await run(tx, sql`
      update sw_external_licenses set missing_since = ${at}
      where provider = ${provider} and missing_since is null and (seen_pass is null or seen_pass <> ${pass})`);
  }
  await set(tx, provider, { full_since: null, last_full_at: at });
}

/** Sites that a licence no longer has leave its count; a licence that is missing itself stays as it was. */
async function markMissingSites(tx: Transaction, provider: string, pass: number, at: string): Promise<void> {
  const gone = await tx.read(sql`
    select a.id as id, a.license_id as license_id from sw_external_activations a
    join sw_external_licenses x on x.id = a.license_id
    where x.provider = ${provider} and x.seen_pass = ${pass} and a.missing_since is null and (a.seen_pass is null or a.seen_pass <> ${pass})`);
  for (let from = 0; from < gone.length; from += 500) {
    const part = gone.slice(from, from + 500);
    await run(tx, sql`update sw_external_activations set missing_since = ${at} where id in (${join(part.map((row) => number(row, 'id')))})`);
    await run(tx, sql`
      update sw_external_licenses set changed_at = ${at},
        site_count = (select count(*) from sw_external_activations a where a.license_id = sw_external_licenses.id and a.missing_since is null),
        site_url = (select a.site_url from sw_external_activations a where a.license_id = sw_external_licenses.id and a.missing_since is null order by a.id limit 1),
        site_host = (select a.site_host from sw_external_activations a where a.license_id = sw_external_licenses.id and a.missing_since is null order by a.id limit 1)
      where id in (${join([...new Set(part.map((row) => number(row, 'license_id')))])})`);
  }
}

function stateOf(row: Row): SyncState {
  const instant = (column: string) => {
    const iso = instantOrNull(row[column]);
    return iso === null ? null : new Date(iso);
  };
  return {
    cursor: textOrNull(row, 'cursor'), pass: number(row, 'pass'), fullSince: instant('full_since'), lastFullAt: instant('last_full_at'),
    nextAttemptAt: instant('next_attempt_at'), failures: number(row, 'failures'),
  };
}

function set(tx: Transaction, provider: string, values: Record<string, string | number | null>): Promise<void> {
  const assignments = join(Object.entries(values).map(([column, value]) => sql`${raw(`\`${column}\``)} = ${value}`));
  return run(tx, sql`update sw_sync_state set ${assignments} where provider = ${provider}`);
}

async function run(tx: Transaction, statement: Sql): Promise<void> {
  await tx.manager.query(statement.sql, statement.values);
}

function cut(message: string | null): string | null {
  return message === null ? null : message.slice(0, LONGEST_MESSAGE);
}
