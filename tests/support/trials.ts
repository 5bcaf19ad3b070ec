import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../server/db/database.js';
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
