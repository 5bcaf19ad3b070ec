import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { change, mirror, providerEnvironment, rowsOf, shownProvider, startSync, synchronised, until } from '../support/providers.js';

const license = (n: number, more: Record<string, unknown> = {}) => ({
  license_key: `KEY-${n}`, product_slug: 'Fluent-Forms', variation: 'Agency', site_url: `https://www.Site${n}.example/path`, activation_limit: 5,
  activation_count: 2, purchase_date: '2025-03-01', expiration_date: '2027-02-28', renewal_price: '49.90', currency: 'eur', billing_interval: 'year',
  auto_renew: 1, last_check_in: '2026-10-01T08:00:00+02:00', status: 'valid', company_id: null, partner_id: null, ...more,
});

onEachDatabase('the mirror of a provider', (kind) => {
  let server: ProviderServer;
  let app: TestApp;
  beforeEach(async () => {
    server = await startProviderServer({ token: 'a token', licenses: [1, 2, 3, 4, 5].map((n) => license(n)) });
    app = await startTestApp(kind, { environment: providerEnvironment(server, { token: 'a token' }) });
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });
  const lists = () => server.received.filter(({ path, fault }) => path === '/licenses' && fault === null).map(({ query }) => query['cursor'] ?? null);

  it('is filled page by page, in our own terms', async () => {
    expect(await shownProvider(app)).toMatchObject({ name: 'shop', kind: 'HTTP_JSON', state: 'NEVER_SYNCED', licenses: 0, runs: [], nextAttemptAt: null });
    server.store.put(license(3, { expiration_date: 'lifetime', renewal_price: 1200, currency: 'JPY', billing_interval: 3, activation_limit: 0, site_url: null, last_check_in: '' }));
    server.store.put(license(4, { expiration_date: '', purchase_date: null, renewal_price: '12.345', billing_interval: 'lifetime', activation_limit: 'unlimited' }));
    server.store.put(license(5, { status: 'refunded', currency: 'XXQ', company_id: '7', auto_renew: null }));
    const provider = await synchronised(app);
    expect(provider).toMatchObject({ state: 'FRESH', licenses: 5, failures: 0, lastError: null, rejected: 0, missing: 0, progress: null });
    expect(provider.runs).toEqual([{ startedAt: expect.any(String), endedAt: expect.any(String), read: 5, changed: 5, rejected: 0, error: null }]);
    expect(lists()).toEqual([null, '2', '7']);
    const columns = 'license_key, product_slug, site_url, site_host, site_count, activation_limit, is_unlimited, purchase_date, expiration_date, price_minor, currency, interval_months, auto_renew, is_enabled, company_id';
    expect((await rowsOf(app, `select ${columns} from sw_external_licenses order by license_key`)).map((row) => Object.values(row))).toEqual([
      ['KEY-1', 'fluent-forms', 'https://www.Site1.example/path', 'site1.example', 1, 5, 0, '2025-03-01', '2027-02-28', 4990, 'EUR', 12, 1, 1, null],
      ['KEY-2', 'fluent-forms', 'https://www.Site2.example/path', 'site2.example', 1, 5, 0, '2025-03-01', '2027-02-28', 4990, 'EUR', 12, 1, 1, null],
      ['KEY-3', 'fluent-forms', null, null, 0, 0, 0, '2025-03-01', null, 1200, 'JPY', 3, 1, 1, null],
      ['KEY-4', 'fluent-forms', 'https://www.Site4.example/path', 'site4.example', 1, null, 1, null, null, 1234, 'EUR', null, 1, 1, null],
      ['KEY-5', 'fluent-forms', 'https://www.Site5.example/path', 'site5.example', 1, 5, 0, '2025-03-01', '2027-02-28', null, 'XXQ', 12, null, 0, 7],
    ]);
    expect(await mirror(app, 'last_checked_in_at')).toMatchObject({ 'KEY-1': '2026-10-01 06:00:00', 'KEY-3': null });
  });

  it('reads only what has changed since, and writes only what differs', async () => {
    await synchronised(app);
    server.store.put(license(2, { activation_count: 4 }));
    server.store.put(license(3));
    server.store.put(license(6));
    server.received.length = 0;
    const { runs, licenses } = await synchronised(app);
    expect(lists()).toEqual(['5', '7']);
    expect([licenses, runs[0].read, runs[0].changed]).toEqual([6, 3, 2]);
    expect(await mirror(app, 'activation_count')).toMatchObject({ 'KEY-1': 2, 'KEY-2': 4, 'KEY-6': 2 });
  });

  it('keeps one row for a key that stands on several, wherever they come', async () => {
    for (const site of ['https://b.example', 'http://www.c.example:8080/x', 'https://C.example']) server.store.put({ ...license(1), site_url: site });
    const { licenses } = await synchronised(app);
    expect(licenses).toBe(5);
    expect(await mirror(app, 'site_count')).toMatchObject({ 'KEY-1': 3, 'KEY-2': 1 });
    const hosts = await rowsOf(app, `select a.site_host as host from sw_external_activations a join sw_external_licenses x on x.id = a.license_id where x.license_key = 'KEY-1' order by a.id`);
    expect(hosts).toEqual([{ host: 'site1.example' }, { host: 'b.example' }, { host: 'c.example' }]);
    expect((await synchronised(app, true)).runs[0].changed).toBe(0);
  });

  it('marks what a complete reading leaves out, deletes nothing, and takes it back', async () => {
    await synchronised(app);
    server.fail({ kind: 'leaveOut', keys: ['KEY-2', 'KEY-4'], times: 3 });
    expect(await synchronised(app)).toMatchObject({ missing: 0, licenses: 5 });
    expect(await synchronised(app, true)).toMatchObject({ missing: 2, licenses: 5, state: 'FRESH' });
    const { data } = await app.ask('admin', '{ unifiedLicenses(filter: { source: [EXTERNAL] }) { totalCount } }');
    expect(data.unifiedLicenses.totalCount).toBe(5);
    expect(await synchronised(app, true)).toMatchObject({ missing: 0, licenses: 5 });
  });

  it('takes a site that a complete reading leaves out off its licence', async () => {
    server.store.put({ ...license(1), site_url: 'https://second.example' });
    await synchronised(app);
    expect(await mirror(app, 'site_count')).toMatchObject({ 'KEY-1': 2 });
    server.store.remove('KEY-1');
    server.store.put({ ...license(1), site_url: 'https://second.example' });
    await synchronised(app, true);
    expect([await mirror(app, 'site_count'), await mirror(app, 'site_host')]).toMatchObject([{ 'KEY-1': 1 }, { 'KEY-1': 'second.example' }]);
  });

  it('never calls missing what it could not read', async () => {
    await synchronised(app);
    server.store.put({ license_key: 'KEY-2', expiration_date: 42 });
    server.store.remove('KEY-3');
    const known = await synchronised(app, true);
    expect(known).toMatchObject({ missing: 1, rejected: 1, licenses: 5, state: 'FRESH' });
    expect(await mirror(app, 'expiration_date')).toMatchObject({ 'KEY-2': '2027-02-28' });
    server.store.remove('KEY-4');
    server.store.put({ license_key: 17 as unknown as string });
    expect(await synchronised(app, true)).toMatchObject({ missing: 1, rejected: 2 });
  });

  it('goes on from its cursor when it was stopped in the middle', async () => {
    server.fail({ kind: 'slow', milliseconds: 0 }, { kind: 'hang' });
    const { data } = await app.ask('admin', 'mutation { syncProvider(name: "shop") { userErrors { code } provider { name } } }');
    expect(data.syncProvider).toEqual({ userErrors: [], provider: { name: 'shop' } });
    await until(async () => server.received.find(({ fault }) => fault === 'hang') ?? null);
    await app.restart();
    const half = await shownProvider(app);
    expect(half).toMatchObject({ state: 'NEVER_SYNCED', licenses: 2, progress: null, failures: 0, lastError: null });
    expect(half.runs).toEqual([{ startedAt: expect.any(String), endedAt: null, read: 2, changed: 2, rejected: 0, error: null }]);
    server.received.length = 0;
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', licenses: 5, missing: 0 });
    expect(lists()).toEqual(['2', '4']);
  });

  it('goes on after a crash, and says meanwhile that nothing runs', async () => {
    await synchronised(app);
    await change(app, `update sw_sync_state set run_id = 'of the dead', running_since = '2026-01-01 00:00:00', heartbeat_at = '2026-01-01 00:00:10', waiting_after = 'x'`);
    expect((await shownProvider(app)).progress).toBeNull();
    server.store.put(license(1, { activation_count: 3 }));
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', progress: null });
    expect(await mirror(app, 'activation_count')).toMatchObject({ 'KEY-1': 3 });
  });

  it('takes nothing more from a run that another one has overtaken', async () => {
    await synchronised(app);
    server.store.put(license(1, { activation_count: 3 }));
    server.fail({ kind: 'slow', milliseconds: 2000 });
    await startSync(app);
    await change(app, `update sw_sync_state set run_id = 'another'`);
    await until(async () => (server.received.at(-1)?.fault === 'slow' ? true : null));
    // A run holds its lock until it has ended.
    await until(() => app.database.whileAlone('sync shop', async () => true));
    expect(await mirror(app, 'activation_count')).toMatchObject({ 'KEY-1': 2 });
    expect(await rowsOf(app, 'select run_id, failures from sw_sync_state')).toEqual([{ run_id: 'another', failures: 0 }]);
  });

  it('reads everything again once a day, so that what was deleted shows', async () => {
    await synchronised(app);
    server.store.remove('KEY-2');
    expect(await synchronised(app)).toMatchObject({ missing: 0 });
    await change(app, `update sw_sync_state set last_full_at = '2026-01-01 00:00:00'`);
    server.received.length = 0;
    expect(await synchronised(app)).toMatchObject({ missing: 1, licenses: 5 });
    expect(lists()[0]).toBeNull();
  });

  it('starts over when its cursor has expired, once', async () => {
    await synchronised(app);
    server.fail({ kind: 'status', status: 410, only: 'list' });
    server.received.length = 0;
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', licenses: 5 });
    expect(lists()).toEqual([null, '2', '4']);
    server.fail({ kind: 'status', status: 400, body: { error: { code: 'cursor_expired' } } });
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH' });
    server.fail({ kind: 'status', status: 410, times: 2 });
    expect(await synchronised(app)).toMatchObject({ state: 'FAILING', failures: 1 });
  });

  it('is written by one instance at a time', async () => {
    const other = await app.another();
    server.fail({ kind: 'slow', milliseconds: 2000 });
    const start = (each: Pick<TestApp, 'ask'>) => each.ask('admin', 'mutation { syncProvider(name: "shop") { userErrors { code field } provider { progress { read } } } }');
    const answers = await Promise.all([start(app), start(other), start(app)]);
    const codes = answers.map(({ data }) => data.syncProvider.userErrors[0]?.code ?? 'started').sort();
    expect(codes).toEqual(['CONFLICT', 'CONFLICT', 'started']);
    const provider = await until(async () => {
      const shown = await shownProvider(app);
      return shown.progress === null && shown.lastSuccessAt !== null ? shown : null;
    });
    expect([provider.runs.length, provider.licenses]).toEqual([1, 5]);
    await other.stop();
  });

  it('is told of by hand by administrators alone, and that is on record', async () => {
    const mutation = 'mutation { syncProvider(name: "shop", full: true) { userErrors { code } } }';
    for (const account of ['analyst', 'viewer', 'partner1', 'company1']) {
      expect((await app.ask(account, mutation)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    for (const account of ['viewer', 'partner1', 'company1']) {
      expect((await app.ask(account, '{ providers { name } }')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    expect((await app.ask('analyst', '{ providers { name } }')).data).toEqual({ providers: [{ name: 'shop' }] });
    const { data } = await app.ask('admin', 'mutation { syncProvider(name: "nobody") { provider { name } userErrors { code field } } }');
    expect(data.syncProvider).toEqual({ provider: null, userErrors: [{ code: 'NOT_FOUND', field: ['name'] }] });
    await synchronised(app, true);
    expect((await auditLog(app)).map(({ action, entity, entityId, after }: any) => [action, entity, entityId, after])).toEqual([['sync', 'Provider', 'shop', { full: true }]]);
  });

  it('forgets runs but the latest twenty', async () => {
    for (let run = 0; run < 22; run++) await synchronised(app);
    expect((await shownProvider(app)).runs).toHaveLength(20);
    expect(await rowsOf(app, 'select count(*) as n from sw_sync_runs')).toEqual([{ n: 20 }]);
  }, 60_000);
});
