import { setTimeout } from 'node:timers/promises';
import sql from 'sql-template-tag';
import type { Database } from '../../server/db/database.js';
import { instantOrNull, number, text } from '../../server/db/decode.js';
import { observeTrials, type Observation } from '../../server/trials/observe.js';

type Row = Record<string, string | number | null>;

/** A trial with what most tests do not care about filled in; 14 days from 1 June 2026. */
export function trial(id: number, values: Row = {}): Row {
  return {
    id, product_slug: 'atlas', site_url: `https://site${id}.example/`, license_key: `TRIAL-${id}`, status: 'active', is_active: 1,
    is_fluent_license_check: 0, premium_license_id: null, expiration_date: '2026-06-15 00:00:00', grace_period_date: null,
    last_checked_in_at: null, created_at: '2026-06-01 10:00:00', updated_at: '2026-06-01 10:00:00', ...values,
  };
}

/** Reads all trials as the server does every few minutes, waiting for the server's own reading where one is under way. */
export async function observeAt(database: Database, now: string): Promise<Observation> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const observation = await observeTrials(database, new Date(now));
    if (observation !== null) return observation;
    await setTimeout(25);
  }
  throw new Error('Another reading of the trials does not end.');
}

/** Plain SQL, as another application would run it. */
export async function run(database: Database, statement: string, values: (string | number | null)[] = []): Promise<void> {
  await database.transaction(({ manager }) => manager.query(statement, values));
}

/** The history in the order of its trials: kind, when it happened (`*`: estimated), and from when on it counts. */
export async function eventsIn(database: Database, trialId?: number): Promise<string[]> {
  const rows = await database.read(sql`select * from sw_trial_events order by trial_id, id`);
  const at = (value: unknown) => instantOrNull(value)?.slice(0, 16).replace('T', ' ') ?? 'unknown';
  return rows
    .filter((row) => trialId === undefined || number(row, 'trial_id') === trialId)
    .map((row) => `${number(row, 'trial_id')} ${text(row, 'kind')} ${at(row['occurred_at'])}${number(row, 'estimated') === 1 ? '*' : ''} | ${at(row['known_at'])}`);
}

/** The units of the history. */
export async function unitsIn(database: Database): Promise<string[]> {
  const rows = await database.read(sql`select host, product_slug from sw_trial_units order by host, product_slug`);
  return rows.map((row) => `${text(row, 'host')} ${text(row, 'product_slug')}`);
}
