import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { startProviderServer, type Fault, type ProviderServer } from '../support/provider-server.js';
import { change, mirror, providerEnvironment, shownProvider, startSync, synchronised, until } from '../support/providers.js';

const license = (n: number, more: Record<string, unknown> = {}) => ({
  license_key: `KEY-${n}`, product_slug: 'fluent-crm', site_url: `https://site${n}.example`, activation_limit: 5, expiration_date: '2027-02-28', status: 'valid', ...more,
});

/** The mirror is never wrong, only stale, and says so. */
onEachDatabase('a provider that fails', (kind) => {
  let server: ProviderServer;
  let app: TestApp;
  beforeEach(async () => {
    server = await startProviderServer({ licenses: [1, 2, 3, 4].map((n) => license(n)) });
    app = await startTestApp(kind, { environment: { ...providerEnvironment(server, { timeoutSeconds: 2, token: 'secret-token' }), EXTERNAL_LIMIT_ZERO: 'unknown' } });
    await synchronised(app);
    server.store.put(license(1, { activation_limit: 9 }));
    server.received.length = 0;
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });
  const sources = async () => (await app.ask('analyst', '{ unifiedLicenses { meta { sources { name fetchedAt complete } warnings { code count message } } } }')).data.unifiedLicenses.meta;

  it.each<[string, Fault[], number]>([
    ['429 and the seconds to wait', [{ kind: 'status', status: 429, retryAfter: '1' }], 1000],
    ['429 and the date to wait for', [{ kind: 'status', status: 429, retryAfter: 'in a second' }], 500],
    ['500, 502 and 503', [500, 502, 503].map((status) => ({ kind: 'status', status })), 30],
    ['a connection that is cut', [{ kind: 'reset' }], 5],
    ['half of its answer', [{ kind: 'truncated' }, { kind: 'truncated' }], 10],
    ['half a second late', [{ kind: 'slow', milliseconds: 500 }], 400],
  ])('for a while, with %s, is asked again', async (_, faults, least) => {
    const date = new Date(Date.now() + 2000).toUTCString();
    server.fail(...faults.map((fault) => (fault.kind === 'status' && fault.retryAfter === 'in a second' ? { ...fault, retryAfter: date } : fault)));
    const started = Date.now();
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', failures: 0, lastError: null });
    expect(Date.now() - started).toBeGreaterThanOrEqual(least);
    expect(await mirror(app, 'activation_limit')).toEqual({ 'KEY-1': 9, 'KEY-2': 5, 'KEY-3': 5, 'KEY-4': 5 });
  });

  it.each<[string, Fault, string, number]>([
    ['nothing but 500', { kind: 'status', status: 500, times: 4 }, 'The provider answered with HTTP 500', 4],
    ['no answer at all', { kind: 'hang', times: 4 }, 'No answer within 2 seconds', 4],
    ['a refused token', { kind: 'status', status: 401 }, 'The provider refuses the token (HTTP 401)', 1],
    ['a redirect to another host', { kind: 'status', status: 302, location: 'http://localhost:1/steal' }, 'The provider redirects to another host', 1],
    ['a page without a list', { kind: 'body', body: { data: 'no', next_cursor: null } }, "The provider's page cannot be read: data is not what it should be", 1],
    ['a page that is no object', { kind: 'body', body: [] }, "The provider's page cannot be read: is no object", 1],
    ['a page without a way on', { kind: 'body', body: { data: [], has_more: true } }, "The provider's page names no next one though there is more", 1],
    ['rows of another format', { kind: 'body', body: { data: [1, {}, 'x', null, { license_key: 'KEY-2' }], next_cursor: '9', has_more: false } },
      'None of the 5 licences of a page can be read: is no object', 1],
    ['a pause longer than we wait', { kind: 'status', status: 429, retryAfter: '900' }, 'The provider answered with HTTP 429', 1],
  ])('for good, with %s, leaves the mirror as it was and is told of', async (_, fault, message, requests) => {
    const before = await shownProvider(app);
    server.fail(fault);
    const provider = await synchronised(app);
    expect(provider).toMatchObject({ state: 'FAILING', failures: 1, lastError: message, licenses: 4, missing: 0, lastSuccessAt: before.lastSuccessAt });
    expect(provider.runs[0]).toMatchObject({ read: 0, changed: 0, error: message });
    expect(server.received).toHaveLength(requests);
    expect(await mirror(app, 'activation_limit')).toEqual({ 'KEY-1': 5, 'KEY-2': 5, 'KEY-3': 5, 'KEY-4': 5 });
    expect(await sources()).toMatchObject({
      sources: expect.arrayContaining([{ name: 'shop', fetchedAt: before.lastSuccessAt, complete: true }]),
      warnings: [{ code: 'SOURCE_STALE', count: 1, message: 'Premium licences may be out of date: shop could not be synchronised lately.' }],
    });
    expect(JSON.stringify(provider)).not.toMatch(/secret-token|127\.0\.0\.1/);
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', failures: 0, lastError: null });
    expect(await mirror(app, 'activation_limit')).toMatchObject({ 'KEY-1': 9 });
    expect((await sources()).warnings).toEqual([]);
  }, 40_000);

  it('says what it waits for while it waits', async () => {
    server.fail({ kind: 'status', status: 503, retryAfter: '1' });
    await startSync(app);
    const waiting = await until(async () => {
      const { progress } = await shownProvider(app);
      return progress?.waitingAfter == null ? null : progress;
    });
    expect(waiting).toEqual({ startedAt: expect.any(String), read: 0, total: null, waitingAfter: 'The provider answered with HTTP 503' });
    await until(async () => ((await shownProvider(app)).progress === null ? true : null));
    expect(await shownProvider(app)).toMatchObject({ state: 'FRESH', lastError: null });
  });

  it.each<[string, Record<string, unknown>]>([
    ['an expiration that is no date', { expiration_date: '2027-02-30' }],
    ['an expiration that is a number', { expiration_date: 20270228 }],
    ['a limit below none', { activation_limit: -5 }],
    ['a limit in words', { activation_limit: 'many' }],
    ['a price that is none', { renewal_price: '1,50' }],
    ['an unknown interval', { billing_interval: 'fortnight' }],
    ['a currency that is none', { currency: 'Euro' }],
    ['an owner that is no id', { company_id: 'ACME' }],
    ['a key that is too long', { product_slug: 'x'.repeat(256) }],
    ['an address that cannot be stored', { site_url: 'https://a\0b.example' }],
  ])('with %s: that licence alone stays as it was', async (_, wrong) => {
    server.store.put(license(2, { activation_limit: 7, ...wrong }));
    server.store.put(license(3, { activation_limit: 7 }));
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', rejected: 1, missing: 0, licenses: 4, runs: [{ read: 3, changed: 2, rejected: 1 }, {}] });
    expect(await mirror(app, 'activation_limit')).toEqual({ 'KEY-1': 9, 'KEY-2': 5, 'KEY-3': 7, 'KEY-4': 5 });
    expect((await sources()).sources).toContainEqual({ name: 'shop', fetchedAt: expect.any(String), complete: false });
  });

  it('with an expiration left out does not make a licence perpetual', async () => {
    server.fail({ kind: 'body', body: { data: [{ license_key: 'KEY-2', activation_limit: 7 }], next_cursor: '4', has_more: false } });
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', rejected: 1 });
    expect(await mirror(app, 'expiration_date')).toMatchObject({ 'KEY-2': '2027-02-28' });
  });

  it('with pages that lead in a circle is not followed for ever', async () => {
    const page = { data: [license(1)], next_cursor: 'round', has_more: true };
    server.fail({ kind: 'body', body: page }, { kind: 'body', body: page });
    expect(await synchronised(app)).toMatchObject({ state: 'FAILING', lastError: "The provider's pages lead in a circle" });
  });

  it('is followed to another address of its own', async () => {
    server.fail({ kind: 'status', status: 307, location: '/licenses?limit=1000&cursor=4' });
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', runs: [{ read: 1 }, {}] });
  });

  it('after two intervals without a word is stale', async () => {
    await app.stop();
    app = await startTestApp(kind, { environment: { ...providerEnvironment(server), SYNC_INTERVAL_MINUTES: '15' } });
    await until(async () => ((await shownProvider(app)).lastSuccessAt === null ? null : true));
    const shown = await shownProvider(app);
    expect(shown).toMatchObject({ state: 'FRESH', licenses: 4 });
    const wait = Date.parse(shown.nextAttemptAt) - Date.parse(shown.lastSuccessAt);
    expect(wait).toBeGreaterThan(13 * 60_000);
    expect(wait).toBeLessThanOrEqual(15 * 60_000);
    await change(app, `update sw_sync_state set last_success_at = '2026-01-01 00:00:00'`);
    expect((await shownProvider(app)).state).toBe('STALE');
    expect((await sources()).warnings).toMatchObject([{ code: 'SOURCE_STALE', message: 'Premium licences may be out of date: shop has not been synchronised for more than two intervals.' }]);
  });
});
