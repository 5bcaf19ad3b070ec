import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { addDays } from '../../server/reports/shapes/days.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { lastingToday, mirror, providerEnvironment, rowsOf, synchronised } from '../support/providers.js';

/** The mirror's clock is the real one, so days are told from today. */
const TODAY = await lastingToday();
const day = (offset: number) => addDays(TODAY, offset);
const license = (key: string, more: Record<string, unknown> = {}) => ({
  license_key: key, product_slug: 'fluent-crm', activation_limit: 5, purchase_date: day(-300), expiration_date: day(65), renewal_price: '10', currency: 'EUR',
  billing_interval: 12, status: 'valid', ...more,
});

onEachDatabase('the history of licences', (kind) => {
  let server: ProviderServer;
  let app: TestApp;
  beforeEach(async () => {
    server = await startProviderServer({ licenses: ['renewed', 'grown', 'refunded', 'same', 'lapsed'].map((key) => license(key, key === 'lapsed' ? { expiration_date: day(-90) } : {})) });
    app = await startTestApp(kind, { environment: { ...providerEnvironment(server), REPORT_TIMEZONE: 'UTC' } });
    await synchronised(app);
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });
  const terms = async (superseded: boolean) => {
    const rows = await rowsOf(app, `
      select x.license_key as k, t.start_date as s, t.end_date as e, t.quantity as q, t.price_minor as p, t.recorded_at as r from sw_external_terms t
      join sw_external_licenses x on x.id = t.license_id where t.superseded_at is ${superseded ? 'not' : ''} null order by x.license_key, t.start_date, t.id`);
    return rows.map(({ k, s, e, q, p, r }) => [k, s, e, q, p, String(r).startsWith('1970') ? 'always' : 'now']);
  };

  it('begins with one term each, known for all days before', async () => {
    expect(await terms(false)).toEqual([
      ['grown', day(-300), day(65), 5, 1000, 'always'], ['lapsed', day(-300), day(-90), 5, 1000, 'always'], ['refunded', day(-300), day(65), 5, 1000, 'always'],
      ['renewed', day(-300), day(65), 5, 1000, 'always'], ['same', day(-300), day(65), 5, 1000, 'always'],
    ]);
    expect(await terms(true)).toEqual([]);
  });

  it('tells renewals, changes of quantity, refunds and reactivations apart, and keeps what was known before', async () => {
    server.store.put(license('renewed', { expiration_date: day(430) }));
    server.store.put(license('grown', { activation_limit: 25, renewal_price: '20.50' }));
    server.store.put(license('refunded', { status: 'refunded' }));
    server.store.put(license('lapsed', { expiration_date: day(275) }));
    server.store.put(license('same', { last_check_in: `${day(-1)}T00:00:00Z` }));
    expect((await synchronised(app)).runs[0]).toMatchObject({ read: 5, changed: 5 });
    expect(await terms(false)).toEqual([
      ['grown', day(-300), day(-1), 5, 1000, 'now'], ['grown', TODAY, day(65), 25, 2050, 'now'],
      ['lapsed', day(-300), day(-90), 5, 1000, 'always'], ['lapsed', TODAY, day(275), 5, 1000, 'now'],
      ['refunded', day(-300), day(-1), 5, 1000, 'now'],
      ['renewed', day(-300), day(65), 5, 1000, 'always'], ['renewed', day(66), day(430), 5, 1000, 'now'],
      ['same', day(-300), day(65), 5, 1000, 'always'],
    ]);
    expect(await terms(true)).toEqual([['grown', day(-300), day(65), 5, 1000, 'always'], ['refunded', day(-300), day(65), 5, 1000, 'always']]);
    expect(await mirror(app, 'is_enabled')).toMatchObject({ refunded: 0, renewed: 1 });
    expect((await synchronised(app, true)).runs[0]).toMatchObject({ read: 5, changed: 0 });
  });

  it('never goes back behind a check-in that was seen here', async () => {
    await app.database.transaction(({ manager }) => manager.query(`update sw_external_licenses set last_checked_in_at = '2026-11-11 11:11:11' where license_key = 'same'`));
    server.store.put(license('same', { last_check_in: '2026-10-10T10:10:10Z' }));
    await synchronised(app);
    expect(await mirror(app, 'last_checked_in_at')).toMatchObject({ same: '2026-11-11 11:11:11' });
    server.store.put(license('same', { last_check_in: '2026-11-12T10:10:10Z' }));
    await synchronised(app);
    expect(await mirror(app, 'last_checked_in_at')).toMatchObject({ same: '2026-11-12 10:10:10' });
  });
});
