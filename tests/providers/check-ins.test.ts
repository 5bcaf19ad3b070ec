import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { change, providerEnvironment, rowsOf, shownProvider, until } from '../support/providers.js';

const at = '2026-05-05 05:05:05';
const mirrored = (id: number, provider = 'shop') => ({
  id, provider, license_key: `KEY-${id}`, product_slug: 'fluent-forms', is_unlimited: 0, is_enabled: 1, first_seen_at: at, changed_at: at, fetched_at: at,
});
const checkIn = (id: number, license: number, checkedInAt: string, kind = 'EXTERNAL') => ({
  id, kind, license_id: license, site_host: `site${id}.example`, site_url: `https://site${id}.example/`, checked_in_at: checkedInAt,
});

onEachDatabase('check-ins of premium licences', (kind) => {
  let server: ProviderServer;
  let app: TestApp;
  beforeEach(async () => {
    server = await startProviderServer({ licenses: [{ license_key: 'KEY-1' }, { license_key: 'KEY-2' }] });
    // Retried after 4 × the delay, doubling; rounded down to whole seconds, so at once.
    app = await startTestApp(kind, { environment: providerEnvironment(server, { retries: 0, retryDelaySeconds: 0.01 }), rows: { externalLicense: [mirrored(1), mirrored(2), mirrored(3, 'other')] } });
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });
  const pending = () => rowsOf(app, 'select id from sw_check_ins where reported_at is null order by id');
  const insert = async (...rows: ReturnType<typeof checkIn>[]) => {
    // In one statement: the server looks for them all the time.
    const values = rows.map((row) => `(${Object.values(row).map((value) => `'${value}'`).join(', ')})`);
    await change(app, `insert into sw_check_ins (${Object.keys(rows[0] ?? {}).join(', ')}) values ${values.join(', ')}`);
  };

  it('are reported to the provider, the oldest first, and no others are', async () => {
    await insert(checkIn(1, 1, '2026-05-06 10:00:00'), checkIn(2, 2, '2026-05-05 10:00:00'), checkIn(3, 3, '2026-05-04 10:00:00'), checkIn(4, 1, '2026-05-03 10:00:00', 'TRIAL'));
    await until(async () => ((await pending()).length === 2 ? true : null));
    expect(server.store.checkIns).toEqual([
      { license_key: 'KEY-2', site_url: 'https://site2.example/', checked_in_at: '2026-05-05T10:00:00.000Z' },
      { license_key: 'KEY-1', site_url: 'https://site1.example/', checked_in_at: '2026-05-06T10:00:00.000Z' },
    ]);
    expect(await pending()).toEqual([{ id: 3 }, { id: 4 }]);
  });

  it('wait while the provider fails, and are reported when it recovers', async () => {
    // It waits for two seconds at least, in which we look; signing in would take a part of them.
    await app.tokenOf('admin');
    server.fail({ kind: 'status', status: 500, times: 3 }, { kind: 'status', status: 429, retryAfter: '3' });
    await insert(checkIn(1, 1, '2026-05-06 10:00:00'));
    await until(async () => (server.received.length > 0 ? true : null));
    expect(await shownProvider(app)).toMatchObject({ pendingCheckIns: 1, lastError: null });
    await until(async () => ((await pending()).length === 0 ? true : null));
    expect(server.store.checkIns).toHaveLength(1);
    expect(await rowsOf(app, 'select attempts, next_attempt_at from sw_check_ins')).toEqual([{ attempts: 5, next_attempt_at: null }]);
    expect((await shownProvider(app)).pendingCheckIns).toBe(0);
  });

  it('that come while one is reported are reported too', async () => {
    server.fail({ kind: 'slow', milliseconds: 300 });
    await insert(checkIn(1, 1, '2026-05-06 10:00:00'));
    await until(async () => (server.received.length > 0 ? true : null));
    await change(app, `update sw_check_ins set checked_in_at = '2026-05-06 11:00:00', reported_at = null`);
    await until(async () => ((await pending()).length === 0 ? true : null));
    expect(server.store.checkIns.map(({ checked_in_at }) => checked_in_at)).toEqual(['2026-05-06T10:00:00.000Z', '2026-05-06T11:00:00.000Z']);
  });

  it('are left where a server stops, and reported by the next', async () => {
    server.fail({ kind: 'hang' });
    await insert(checkIn(1, 1, '2026-05-06 10:00:00'));
    await until(async () => (server.received.length > 0 ? true : null));
    await app.restart();
    await until(async () => ((await pending()).length === 0 ? true : null));
    expect(server.store.checkIns).toHaveLength(1);
  });
});
