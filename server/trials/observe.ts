import sql, { join, raw } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { number, text } from '../db/decode.js';
import { tableReference } from '../db/tables.js';
import { DatabaseError } from '../errors.js';
import { dayOf, startOfDay } from '../reports/shapes/days.js';
import { readDifferences, type Difference } from './differences.js';
import { recordTrialEvents, recordUnreadable, storedInstant } from './history.js';
import { missingEvents } from './missing-events.js';
import { unitOf } from './unit.js';

/** Trials that are compared with one statement. */
const COMPARED_AT_ONCE = 5000;
/** Trials whose events are written in one transaction. */
const WRITTEN_AT_ONCE = 1000;
const ATTEMPTS = 3;
/** New trials that a check of a licence waits for; the next reading of all finds the rest. */
const MOST_NEW = 2000;

interface Options {
  /** Aborted when the server stops; what was written until then stays. */
  signal?: AbortSignal;
}

/** What a reading of all trials did. */
export interface Observation {
  trials: number;
  events: number;
}

/** How often trials are compared with their history: conversions are seen this late where no check of a licence tells of them. */
export const OBSERVE_TRIALS_EVERY_MS = 5 * 60_000;

/**
 * Compares all trials with their history and adds what is missing. One instance at a time; null when another is at it.
 * Whatever interrupts it, the next one goes on: it writes nothing that is recorded.
 */
export async function observeTrials(database: Database, now: Date, { signal }: Options = {}): Promise<Observation | null> {
  const observed = await database.whileAlone('trials', async (lost) => {
    const firstReading = !(await isComplete(database));
    const stop = signal === undefined ? lost : AbortSignal.any([lost, signal]);
    const observation = await observeAbove(database, 0, { now, firstReading, stop });
    if (firstReading && observation.trials > 0) await markComplete(database, now);
    return observation;
  });
  return observed?.result ?? null;
}

/** Records the trials that were added since the last reading: few, hence cheap. */
export async function seeNewTrials(database: Database, now: Date): Promise<void> {
  const [last] = await database.read(sql`select trial_id as id from sw_trial_events order by trial_id desc limit 1`);
  await observeAbove(database, last === undefined ? 0 : number(last, 'id'), { now, firstReading: !(await isComplete(database)), most: MOST_NEW });
}

interface Reading {
  now: Date;
  firstReading: boolean;
  stop?: AbortSignal;
  most?: number;
}

async function observeAbove(database: Database, above: number, reading: Reading): Promise<Observation> {
  const { schema, name } = database.tables.trial;
  const columns = new Set((await database.read(database.dialect.columnsOf(schema, name))).map((row) => text(row, 'name').toLowerCase()));
  const total: Observation = { trials: 0, events: 0 };
  let after = above;
  for (;;) {
    reading.stop?.throwIfAborted();
    const range = await nextRange(database, after, Math.min(COMPARED_AT_ONCE, reading.most ?? COMPARED_AT_ONCE));
    if (range === null) return total;
    const differences = await readDifferences(database, columns, after, range.until);
    for (let from = 0; from < differences.length; from += WRITTEN_AT_ONCE) {
      reading.stop?.throwIfAborted();
      total.events += await write(database, differences.slice(from, from + WRITTEN_AT_ONCE), reading);
    }
    total.trials += range.trials;
    after = range.until;
    if (reading.most !== undefined && total.trials >= reading.most) return total;
  }
}

/** The next trials in the order of their ids: how many, and the last id. */
async function nextRange(database: Database, after: number, most: number): Promise<{ until: number; trials: number } | null> {
  const rows = await database.read(sql`
    select t.id as id from ${tableReference(database.tables.trial)} t where t.id > ${after} order by t.id limit ${raw(String(most))}`);
  const last = rows.at(-1);
  return last === undefined ? null : { until: number(last, 'id'), trials: rows.length };
}

async function write(database: Database, differences: readonly Difference[], { now, firstReading }: Reading): Promise<number> {
  const readable = differences.filter((trial): trial is Difference & { createdAt: Date } => trial.createdAt !== null && unitOf(trial.siteUrl, trial.productSlug) !== null);
  const purchases = await purchasesOf(database, readable);
  const events = readable.flatMap((trial) => missingEvents(trial, { now, purchasedAt: purchases(trial) }));
  const unreadable = differences
    .filter((trial) => !trial.recorded.unreadable && !readable.some(({ trialId }) => trialId === trial.trialId))
    .map(({ trialId, createdAt }) => ({ trialId, occurredAt: createdAt }));
  if (events.length === 0 && unreadable.length === 0) return 0;
  return withAttempts(() =>
    database.transaction(async (transaction) => {
      const added = await recordTrialEvents(database, transaction, events, { firstReading });
      await recordUnreadable(database, transaction, unreadable, now, { firstReading });
      return added;
    }),
  );
}

/** When the premium licence of a trial was bought: the mirror knows a day, which is taken to begin in REPORT_TIMEZONE. */
async function purchasesOf(database: Database, trials: readonly Difference[]) {
  const keys = [...new Set(trials.map(({ premiumId }) => premiumId).filter(Boolean))];
  const zone = database.config.REPORT_TIMEZONE;
  const days = new Map<string, string>();
  if (keys.length > 0) {
    const rows = await database.read(sql`
      select x.license_key as license_key, min(x.purchase_date) as purchase_day from sw_external_licenses x
      where x.license_key in (${join(keys)}) and x.purchase_date is not null group by x.license_key`);
    for (const row of rows) days.set(text(row, 'license_key').toLowerCase(), text(row, 'purchase_day'));
  }
  return ({ premiumId, createdAt }: Difference & { createdAt: Date }): Date | null => {
    const day = days.get(premiumId.toLowerCase());
    if (day === undefined) return null;
    // Bought on the day of the start: after it, since a trial came first.
    return day === dayOf(createdAt, zone) ? createdAt : new Date(`${startOfDay(day, zone).replace(' ', 'T')}Z`);
  };
}

/** A deadlock with a check of a licence takes the transaction back: it is run again. */
async function withAttempts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseError && error.fault === 'unavailable') || attempt === ATTEMPTS) throw error;
    }
  }
}

async function isComplete(database: Database): Promise<boolean> {
  return (await database.read(sql`select id from sw_trial_history limit 1`)).length > 0;
}

async function markComplete(database: Database, now: Date): Promise<void> {
  await database.transaction(({ manager }) => manager.query('insert into sw_trial_history (id, complete_since) values (1, ?)', [storedInstant(now)]));
}
