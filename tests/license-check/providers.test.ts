import { afterEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { providerEnvironment } from '../support/providers.js';
import { eventually, inDays, kinds, overGraphQL, premium, rest, rowsOf, trial } from './support.js';

const sold = { licenseKey: 'SOLD-1', siteUrl: 'https://site1.example.com', productSlug: 'atlas' };
const row = { license_key: 'SOLD-1', product_slug: 'atlas', site_url: null, activation_limit: 2, activations_count: 0, expiration_date: inDays(30), status: 'valid' };
const keys = ({ database }: TestApp) => rowsOf({ database } as TestApp, sql`select license_key, product_slug, expiration_date from sw_external_licenses`);

onEachDatabase('a key that the mirror does not hold', (kind) => {
  let server: ProviderServer;
  let app: TestApp;
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });
  const start = async (more: Record<string, unknown> = {}, protocol: 'http-json' | 'fluent' = 'http-json') => {
    server = await startProviderServer({ licenses: [row] });
    app = await startTestApp(kind, { environment: providerEnvironment(server, { retries: 0, ...more }, protocol), rows: { trial: [trial({ id: 1 })] } });
  };
  const asked = () => server.received.filter(({ path, method }) => method === 'GET' && !path.endsWith('/control')).length;

  it('is asked of the provider, mirrored, and judged as any other; its trial has converted', async () => {
    await start();
    expect(await rest(app.url, sold)).toMatchObject({ status: 200, check: { state: 'ACTIVE', isPremium: true, expirationDate: inDays(30), daysToExpiry: 30 } });
    expect(await keys(app)).toEqual([{ license_key: 'SOLD-1', product_slug: 'atlas', expiration_date: inDays(30) }]);
    expect(await kinds(app)).toContain('CONVERTED');
    await eventually(async () => server.store.checkIns.length, (count) => count > 0);
    expect(server.store.checkIns).toMatchObject([{ license_key: 'SOLD-1', site_url: 'https://site1.example.com' }]);
  });

  it('is asked of a provider that answers for one key at a time', async () => {
    await start({ items: { atlas: 7 } }, 'fluent');
    expect(await rest(app.url, sold)).toMatchObject({ status: 200, check: { state: 'ACTIVE', isPremium: true, expirationDate: inDays(30) } });
  });

  it('is INVALID when the provider does not know it either, and is not asked again for a minute', async () => {
    await start();
    for (const siteUrl of ['a.example.com', 'b.example.com']) expect((await rest(app.url, { ...sold, licenseKey: 'MADE-UP', siteUrl })).check.state).toBe('INVALID');
    expect([asked(), await keys(app)]).toEqual([1, []]);
  });

  it('is not INVALID while the provider is away: the site is told to come back', async () => {
    await start();
    server.fail({ kind: 'status', status: 500 }, { kind: 'reset' });
    for (const answer of [await rest(app.url, sold), await rest(app.url, sold)]) {
      expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE', requestId: expect.any(String) } }] });
      expect(Number(answer.retryAfter)).toBeGreaterThan(0);
      expect(answer.text).not.toMatch(/provider|127\.0\.0\.1|SOLD/i);
    }
    expect((await rest(app.url, sold)).check.state).toBe('ACTIVE');
  });

  it('waits two seconds for the provider, not longer', async () => {
    await start({ timeoutSeconds: 30 });
    // What is made with the first question is not what the provider is waited for.
    await overGraphQL(app, { ...sold, licenseKey: 'MADE-UP' });
    server.fail({ kind: 'hang' });
    const started = performance.now();
    expect((await overGraphQL(app, sold)).errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    // A busy machine takes its time, but not the 30 seconds that the provider has otherwise.
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('is not asked when it is mirrored, whatever it is for', async () => {
    await start();
    await app.database.transaction(async ({ manager }) => {
      const license = premium({ id: 1, license_key: 'SOLD-1', product_slug: 'beacon' });
      await manager.query(`insert into sw_external_licenses (${Object.keys(license).join()}) values (${Object.keys(license).map(() => '?').join()})`, Object.values(license));
    });
    expect([(await rest(app.url, sold)).check.state, asked()]).toEqual(['INVALID', 0]);
  });
});
