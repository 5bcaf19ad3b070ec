import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { mirror, providerEnvironment, rowsOf, synchronised, until } from '../support/providers.js';

const license = (n: number, more: Record<string, unknown> = {}) => ({
  license_key: `KEY-${n}`, item_id: '101', expiration_date: '2027-02-28 23:59:59', activation_limit: '3', activations_count: 1, variation_title: 'Agency', ...more,
});
const mirrored = (n: number, fetchedAt: string, more: Record<string, string | number | null> = {}) => ({
  id: n, provider: 'shop', license_key: `KEY-${n}`, product_slug: 'fluent-forms', site_url: `https://site${n}.example`, site_host: `site${n}.example`, site_count: 1,
  activation_limit: 1, is_unlimited: 0, is_enabled: 1, expiration_date: '2026-12-31', first_seen_at: fetchedAt, changed_at: fetchedAt, fetched_at: fetchedAt, ...more,
});
const trial = (id: number, premium: string | null, slug = 'fluent-forms') => ({
  id, product_slug: slug, site_url: `https://trial${id}.example/`, license_key: `T-${id}`, expiration_date: '2026-01-01 00:00:00', is_active: 1,
  is_fluent_license_check: premium === null ? 0 : 1, premium_license_id: premium, created_at: '2025-12-01 00:00:00', updated_at: '2025-12-01 00:00:00',
});

onEachDatabase('a fluent provider', (kind) => {
  let server: ProviderServer;
  let app: TestApp;
  beforeEach(async () => {
    server = await startProviderServer({ licenses: [1, 2, 3, 4, 5, 6].map((n) => license(n)) });
    // Several calls are under way at once: further apart than the network could change their order.
    const settings = { items: { 'Fluent-Forms': 101, 'fluent-crm': '102' }, retries: 1, ratePerSecond: 10 };
    app = await startTestApp(kind, {
      environment: providerEnvironment(server, settings, 'fluent'),
      rows: {
        externalLicense: [mirrored(1, '2026-03-03 00:00:00'), mirrored(2, '2026-01-01 00:00:00'), mirrored(3, '2026-02-02 00:00:00')],
        trial: [trial(1, 'KEY-5'), trial(2, null), trial(3, 'KEY-4'), trial(4, 'KEY-3'), trial(5, 'KEY-5'), trial(6, 'KEY-6', 'unknown-product')],
      },
    });
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });
  const asked = () => server.received.map(({ query }) => query['license_key']);

  it('is asked for every known key: those named by trials first, then the stalest', async () => {
    const provider = await synchronised(app);
    expect(provider).toMatchObject({ kind: 'FLUENT', state: 'FRESH', licenses: 5, missing: 0, rejected: 1, runs: [{ read: 6, changed: 5, rejected: 1 }] });
    expect(asked()).toEqual(['KEY-4', 'KEY-5', 'KEY-2', 'KEY-3', 'KEY-1']);
    expect(server.received[0]?.query).toEqual({ 'fluent-cart': 'check_license', license_key: 'KEY-4', item_id: '101', site_url: 'https://trial3.example/' });
    expect(await mirror(app, 'expiration_date')).toEqual(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`KEY-${n}`, '2027-02-28'])));
    expect(await mirror(app, 'activation_limit')).toMatchObject({ 'KEY-4': 3 });
    expect(await mirror(app, 'site_host')).toMatchObject({ 'KEY-1': 'site1.example', 'KEY-4': 'trial3.example' });
    expect(await mirror(app, 'product_slug')).toMatchObject({ 'KEY-4': 'fluent-forms' });
  });

  it('that no longer knows a key switches it off and keeps what it was', async () => {
    server.store.remove('KEY-2');
    server.store.put(license(3, { status: 'expired', expiration_date: '2026-01-15 00:00:00' }));
    await synchronised(app);
    expect(await mirror(app, 'is_enabled')).toMatchObject({ 'KEY-1': 1, 'KEY-2': 0, 'KEY-3': 1 });
    expect([await mirror(app, 'expiration_date'), await mirror(app, 'activation_limit')]).toMatchObject([{ 'KEY-2': '2026-12-31', 'KEY-3': '2026-01-15' }, { 'KEY-2': 1 }]);
  });

  it('that stumbles over one key leaves that one as it was', async () => {
    server.store.put(license(2, { expiration_date: undefined, activation_limit: 'lots' }));
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', rejected: 2, licenses: 5 });
    expect([await mirror(app, 'expiration_date'), await mirror(app, 'fetched_at')]).toMatchObject([{ 'KEY-2': '2026-12-31', 'KEY-3': '2027-02-28' }, { 'KEY-2': '2026-01-01 00:00:00' }]);
  });

  it('that answers nothing at all has failed', async () => {
    server.fail({ kind: 'status', status: 503, times: 100 });
    expect(await synchronised(app)).toMatchObject({ state: 'NEVER_SYNCED', failures: 1, lastError: 'The provider answered with HTTP 503', licenses: 3 });
    expect(await mirror(app, 'expiration_date')).toMatchObject({ 'KEY-1': '2026-12-31' });
  });

  it('is asked no faster than it allows', async () => {
    await app.stop();
    app = await startTestApp(kind, {
      environment: providerEnvironment(server, { items: { 'fluent-forms': 101 }, ratePerSecond: 5 }, 'fluent'),
      rows: { externalLicense: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => mirrored(n, '2026-01-01 00:00:00')) },
    });
    await synchronised(app);
    const times = server.received.map(({ at }) => at);
    expect(times).toHaveLength(9);
    // Eight fifths of a second; a request may be on its way for some milliseconds more or less.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1400);
  });

  it('learns of a check-in by being asked', async () => {
    await app.database.transaction(({ manager }) => manager.query(
      `insert into sw_check_ins (kind, license_id, site_host, site_url, checked_in_at) values ('EXTERNAL', 2, 'site2.example', 'https://site2.example/x', '2026-05-05 05:05:05')`,
    ));
    await until(async () => {
      const [row] = await rowsOf(app, 'select reported_at from sw_check_ins');
      return (row?.['reported_at'] ?? null) as string | null;
    });
    expect(server.received).toMatchObject([{ path: '/fluent', query: { license_key: 'KEY-2', item_id: '101', site_url: 'https://site2.example/x' } }]);
  });
});
