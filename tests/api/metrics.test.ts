import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase, sqlite } from '../support/databases.js';
import { seen } from '../support/dashboard-rows.js';
import { rollUp } from '../support/rollup.js';

const TOKEN = 'a token for the scraper';

onEachDatabase('the figures for Prometheus', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: { activity: [seen(3, 1, '2026-06-01 10:00:00'), seen(9, 1, '2026-06-02 10:00:00')] }, environment: { METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => app.stop());

  const scrape = (authorization?: string) => fetch(`${app.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
  /** The values of a metric by its labels, as they stand in the text. */
  const valuesOf = async (name: string): Promise<Record<string, number>> => {
    const lines = (await (await scrape(`Bearer ${TOKEN}`)).text()).split('\n').filter((line) => line.startsWith(name));
    return Object.fromEntries(lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]));
  };

  it.each([undefined, 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])('are not there for %s', async (authorization) => {
    expect((await scrape(authorization)).status).toBe(404);
  });

  it('count requests by the client\'s operations and by how they ended, and nobody\'s own names', async () => {
    await app.ask('admin', 'query Providers { providers { name } }');
    await app.ask('admin', 'query MyOwnName { viewer { role } }');
    await app.ask('company1', 'query Providers { providers { name } }');
    const counts = await valuesOf('seatwise_graphql_request_seconds_count');
    expect(counts).toMatchObject({ '{operation="Providers",outcome="ok"}': 1 });
    expect(Object.keys(counts).some((labels) => labels.includes('MyOwnName'))).toBe(false);
    expect(counts['{operation="other",outcome="ok"}']).toBeGreaterThanOrEqual(1);
    expect(Object.keys(counts)).toContainEqual(expect.stringMatching(/outcome="(FORBIDDEN|GRAPHQL_VALIDATION_FAILED)"/));
  });

  it('count statements and their time', async () => {
    const before = (await valuesOf('seatwise_sql_statement_seconds_count'))['{kind="select"}'] ?? 0;
    await app.ask('admin', '{ licenses { nodes { id } } }');
    expect((await valuesOf('seatwise_sql_statement_seconds_count'))['{kind="select"}']).toBeGreaterThan(before);
  });

  it('tell how the pool of connections is used, where there is one', async () => {
    const pool = await valuesOf('seatwise_database_connections');
    if (kind.name === 'SQLite') expect(pool).toEqual({});
    else expect(pool).toEqual({ '{state="busy"}': expect.any(Number), '{state="free"}': expect.any(Number), '{state="waiting"}': 0 });
    expect(Object.values(pool).every((count) => count >= 0)).toBe(true);
    expect(Object.values(pool).reduce((sum, count) => sum + count, 0) > 0).toBe(kind.name === 'MariaDB');
  });

  it('tell how far the roll-up is behind', async () => {
    await rollUp(app.database);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await valuesOf('seatwise_activity_rollup_lag_entries')).toEqual({ '': 0 });
  });

  it('tell of the process', async () => {
    expect(await valuesOf('nodejs_eventloop_lag_seconds')).toEqual({ '': expect.any(Number) });
    expect(Object.values(await valuesOf('process_resident_memory_bytes'))[0]).toBeGreaterThan(1_000_000);
  });
});

it('are not there without a token in the configuration', async () => {
  const app = await startTestApp(sqlite);
  try {
    expect((await fetch(`${app.url}/metrics`, { headers: { authorization: 'Bearer undefined' } })).status).toBe(404);
  } finally {
    await app.stop();
  }
});
