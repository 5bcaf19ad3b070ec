import { setTimeout as delay } from 'node:timers/promises';
import { raw } from 'sql-template-tag';
import type { TestApp } from './app.js';
import type { ProviderServer } from './provider-server.js';

/** The environment of a server with one provider that fails and recovers fast, and is asked by hand only. */
export function providerEnvironment(server: ProviderServer, more: Record<string, unknown> = {}, kind: 'http-json' | 'fluent' = 'http-json'): Record<string, string> {
  const settings = {
    name: 'shop', kind, url: kind === 'fluent' ? server.fluentUrl : server.url, pageSize: 2, ratePerSecond: 1000, timeoutSeconds: 5, retries: 3,
    retryDelaySeconds: 0.01, reportEverySeconds: 0.02, ...more,
  };
  return { PROVIDERS: JSON.stringify([settings]), SYNC_INTERVAL_MINUTES: '0' };
}

/** A run that waits for several time-outs takes most of ten seconds. */
const SLOWEST_RUN_MS = 30_000;
const DAY_MS = 86_400_000;
const LONGEST_SUITE_MS = 120_000;

export const PROVIDER_FIELDS = `name kind state licenses lastSuccessAt lastAttemptAt lastError nextAttemptAt failures rejected missing pendingCheckIns
  progress { startedAt read total waitingAfter } runs { startedAt endedAt read changed rejected error }`;

/** The provider as the API shows it. */
export async function shownProvider(app: Pick<TestApp, 'ask'>): Promise<any> {
  const { data } = await app.ask('admin', `{ providers { ${PROVIDER_FIELDS} } }`);
  return data.providers[0];
}

/** Starts a synchronisation by hand. A run that has just ended may hold its lock for a moment longer, which is waited for. */
export async function startSync(app: Pick<TestApp, 'ask'>, full = false): Promise<void> {
  await until(async () => {
    const { data, errors } = await app.ask('admin', `mutation { syncProvider(name: "shop", full: ${full}) { userErrors { code } } }`);
    const codes: string[] = data?.syncProvider.userErrors.map(({ code }: { code: string }) => code) ?? [];
    if (errors !== undefined || codes.some((code) => code !== 'CONFLICT')) throw new Error(JSON.stringify({ data, errors }));
    return codes.length === 0 ? true : null;
  });
}

/** Starts a synchronisation by hand and returns the provider once it has ended. */
export async function synchronised(app: Pick<TestApp, 'ask'>, full = false): Promise<any> {
  await startSync(app, full);
  return until(async () => {
    const provider = await shownProvider(app);
    return provider.progress === null && provider.runs[0].endedAt !== null ? provider : null;
  }, SLOWEST_RUN_MS);
}

/** Rows of a statement, as plain objects with instants as texts. */
export async function rowsOf(app: Pick<TestApp, 'database'>, statement: string): Promise<Record<string, any>[]> {
  const rows = await app.database.read(raw(statement));
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value instanceof Date ? stored(value) : value])));
}

function stored(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ');
}

/** One column of the mirror by licence key. */
export async function mirror(app: Pick<TestApp, 'database'>, column: string): Promise<Record<string, unknown>> {
  const rows = await rowsOf(app, `select license_key, ${column} as value from sw_external_licenses`);
  return Object.fromEntries(rows.map((row) => [row['license_key'], row['value']]));
}

/** Runs a statement that changes rows, as another application would. */
export async function change(app: Pick<TestApp, 'database'>, statement: string): Promise<void> {
  await app.database.transaction(({ manager }) => manager.query(statement));
}

/** Today in UTC, for tests that go by the real clock: shortly before midnight the next day is waited for, so that it lasts. */
export async function lastingToday(): Promise<string> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left < LONGEST_SUITE_MS) await delay(left);
  return new Date().toISOString().slice(0, 10);
}

/** The first answer that is not null, asked for every few milliseconds. */
export async function until<T>(ask: () => Promise<T | null>, milliseconds = 10_000): Promise<T> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(10)) {
    const answer = await ask();
    if (answer !== null) return answer;
  }
  throw new Error('It did not come about in time');
}
