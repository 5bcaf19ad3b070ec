import { expect } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { instantOrNull } from '../../server/db/decode.js';
import type { TestApp } from '../support/app.js';
import type { DatabaseKind } from '../support/databases.js';

type Values = Record<string, string | number | null>;

/** The day so many days from today in UTC. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** `YYYY-MM-DD HH:MM:SS` in UTC, so many seconds from now. */
export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A running trial of `atlas` at site1.example.com, which has never checked in. */
export function trial(values: Values): Values {
  return {
    product_slug: 'atlas', site_url: 'https://site1.example.com/', license_key: `TRIAL-${values['id']}`, expiration_date: `${inDays(10)} 00:00:00`,
    grace_period_date: null, status: 'active', is_active: 1, is_fluent_license_check: 0, premium_license_id: null, last_checked_in_at: null,
    created_at: `${inDays(-5)} 12:00:00`, updated_at: `${inDays(-5)} 12:00:00`, ...values,
  };
}

/** A premium licence of `atlas` without sites, with room for three. */
export function premium(values: Values): Values {
  return {
    provider: 'shop', license_key: `LIC-${values['id']}`, product_slug: 'atlas', site_url: null, site_host: null, site_count: 0, activation_limit: 3, is_unlimited: 0,
    activation_count: null, purchase_date: inDays(-100), expiration_date: inDays(200), is_enabled: 1, last_checked_in_at: null,
    first_seen_at: `${inDays(-100)} 00:00:00`, changed_at: `${inDays(-100)} 00:00:00`, fetched_at: `${inDays(-1)} 00:00:00`, ...values,
  };
}

export interface CheckAnswer {
  status: number;
  check: any;
  userErrors: { field: string[]; code: string; message: string }[];
  errors?: { message: string; extensions: Record<string, unknown> }[];
  retryAfter: string | null;
  text: string;
}

/** What trial 1 sends. */
export const site1 = { licenseKey: 'TRIAL-1', siteUrl: 'https://site1.example.com/', productSlug: 'atlas' };

/** A check over REST. */
export async function rest(url: string, input: unknown, headers: Record<string, string> = {}): Promise<CheckAnswer> {
  const response = await fetch(`${url}/license-check`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof input === 'string' ? input : JSON.stringify(input),
  });
  const text = await response.text();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text, ...JSON.parse(text) };
}

const mutation = `mutation($input: AppLicenseCheckInput!) { appLicenseCheck(input: $input) {
  check { state isPremium expirationDate daysToExpiry graceEndDate daysToGraceEnd checkedAt } userErrors { field code message } } }`;

/** The same check over GraphQL. */
export async function overGraphQL(app: TestApp, input: unknown): Promise<CheckAnswer> {
  const { status, data, errors } = await app.ask(null, mutation, { input });
  return { status, retryAfter: null, text: '', ...data?.appLicenseCheck, ...(errors === undefined ? {} : { errors }) };
}

/** The state alone, over REST. */
export async function stateOf(app: TestApp, input: Partial<typeof site1>): Promise<string> {
  return (await rest(app.url, { ...site1, ...input })).check.state;
}

/** Check-ins are written within a second, on a busy machine later; waits until the value is as wanted. */
export async function eventually<T>(read: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (isWanted(value) || Date.now() > until) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface RecordedEvent {
  kind: string;
  trialId: number;
  estimated: number;
  occurredAt: string | null;
}

/** Events of trials in the order in which they were recorded, without the starts, which are found by themselves. */
export async function events({ database }: TestApp): Promise<RecordedEvent[]> {
  const rows = await database.read(sql`select kind, trial_id, estimated, occurred_at from sw_trial_events where kind <> 'STARTED' order by id`);
  return rows.map((row) => ({
    kind: String(row['kind']), trialId: Number(row['trial_id']), estimated: Number(row['estimated']), occurredAt: instantOrNull(row['occurred_at']),
  }));
}

export const kinds = async (app: TestApp) => (await events(app)).map(({ kind }) => kind);

/** Rows of a table with their instants as ISO texts. */
export async function rowsOf({ database }: TestApp, statement: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> {
  const rows = await database.read(statement);
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, column.endsWith('_at') ? instantOrNull(value) : value])));
}

/** An ISO instant is from a moment of the test until now; databases keep whole seconds. */
export function expectSince(started: number, instant: unknown): void {
  const at = Date.parse(String(instant));
  expect(at).toBeGreaterThanOrEqual(started - 1000);
  expect(at).toBeLessThanOrEqual(Date.now());
}

/** A database whose table of trials is as in the field: without a column for check-ins, and without an index on the key. */
export function asInTheField(kind: DatabaseKind): DatabaseKind {
  return {
    name: kind.name,
    async create() {
      const target = await kind.create();
      const database = await Database.open(readConfig({ DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256', ...target.environment }));
      await database.migrate();
      await database.transaction(async ({ manager }) => {
        await manager.query(kind.name === 'SQLite' ? 'drop index ix_free_trials_license_key' : 'drop index ix_free_trials_license_key on free_trials');
        await manager.query('alter table free_trials drop column last_checked_in_at');
      });
      await database.close();
      return target;
    },
  };
}
