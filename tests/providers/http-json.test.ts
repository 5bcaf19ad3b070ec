import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../server/config.js';
import { HttpJsonProvider } from '../../server/providers/http-json.js';
import type { LicenseFacts } from '../../server/providers/provider.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';

describe('an http-json provider', () => {
  let server: ProviderServer;
  beforeAll(async () => {
    server = await startProviderServer({ token: 't' });
  });
  afterAll(() => server.stop());
  const call = { signal: new AbortController().signal };

  function provider(more: Record<string, unknown> = {}, timeZone = 'UTC'): HttpJsonProvider {
    const { PROVIDERS } = readConfig({ PROVIDERS: JSON.stringify([{ name: 'shop', kind: 'http-json', url: server.url, token: 't', retries: 0, ratePerSecond: 1000, ...more }]) });
    const [settings] = PROVIDERS;
    if (settings === undefined) throw new Error('no settings');
    return new HttpJsonProvider(settings, timeZone);
  }
  async function factsOf(row: Record<string, unknown>, more: Record<string, unknown> = {}, timeZone = 'UTC'): Promise<LicenseFacts | string> {
    server.store.put({ license_key: 'A/B 1%', expiration_date: '2027-01-31', site_url: '', ...row });
    const key = row['license_key'];
    const licenseKey = typeof key === 'string' || typeof key === 'number' ? String(key) : 'A/B 1%';
    const answer = await provider(more, timeZone).check({ licenseKey, productSlug: null, siteUrl: null }, call);
    server.store.remove('A/B 1%');
    return answer.kind === 'license' ? answer.facts : answer.kind === 'rejected' ? answer.reason : answer.kind;
  }

  it('answers for one licence, and calls invalid what it does not know', async () => {
    expect(await provider().check({ licenseKey: 'nobody', productSlug: null, siteUrl: null }, call)).toEqual({ kind: 'invalid', licenseKey: 'nobody' });
    server.store.put({ license_key: 'K/1?', expiration_date: '2027-01-31', activation_limit: '7' });
    expect(await provider().check({ licenseKey: 'K/1?', productSlug: null, siteUrl: null }, call)).toMatchObject({ kind: 'license', facts: { licenseKey: 'K/1?', activationLimit: 7 } });
  });

  it.each<[string, unknown, string, string | null]>([
    ['a day', '2026-12-31', 'Asia/Tokyo', '2026-12-31'],
    ['a day with a time of the provider\'s own clock', '2026-12-31 23:59:59', 'Asia/Tokyo', '2026-12-31'],
    ['an instant of the same day here', '2026-12-31T12:00:00Z', 'Asia/Tokyo', '2026-12-31'],
    ['an instant of the next day here', '2026-12-31T23:30:00Z', 'Asia/Tokyo', '2027-01-01'],
    ['an instant of the day before here', '2027-01-01T00:30:00+00:00', 'America/New_York', '2026-12-31'],
    ['the leap day', '2028-02-29', 'UTC', '2028-02-29'],
    ['lifetime', 'lifetime', 'UTC', null],
    ['Lifetime in capitals', ' LIFETIME ', 'UTC', null],
    ['nothing', '', 'UTC', null],
    ['null', null, 'UTC', null],
    ['zeros', '0000-00-00 00:00:00', 'UTC', null],
    ['the end of time', '9999-12-31', 'UTC', null],
  ])('reads an expiration that is %s', async (_, expiration_date, timeZone, expected) => {
    expect(await factsOf({ license_key: 'k1', expiration_date }, {}, timeZone)).toMatchObject({ expirationDate: expected });
    server.store.remove('k1');
  });

  it.each<[string, Record<string, unknown>, Partial<LicenseFacts>]>([
    ['cents', { renewal_price: 19.99, currency: 'EUR' }, { priceMinor: 1999 }],
    ['yen without decimals', { renewal_price: '1200', currency: 'jpy' }, { priceMinor: 1200, currency: 'JPY' }],
    ['dinars of a thousand', { renewal_price: '1.234', currency: 'KWD' }, { priceMinor: 1234 }],
    ['half a cent to the even one', { renewal_price: '0.125', currency: 'EUR' }, { priceMinor: 12 }],
    ['no price', { renewal_price: null, currency: 'EUR' }, { priceMinor: null }],
    ['a currency nobody knows', { renewal_price: '5', currency: 'XXQ' }, { priceMinor: null, currency: 'XXQ' }],
    ['months', { billing_interval: '6' }, { intervalMonths: 6 }],
    ['quarters', { billing_interval: 'Quarterly' }, { intervalMonths: 3 }],
    ['once', { billing_interval: 'one-time' }, { intervalMonths: null }],
    ['no limit', { activation_limit: 'unlimited' }, { activationLimit: null, isUnlimited: true }],
    ['a limit of 0', { activation_limit: 0 }, { activationLimit: 0, isUnlimited: false }],
    ['several sites', { site_url: ['https://a.example/x', 'http://WWW.A.example', 'b.example'] }, {
      sites: [{ url: 'https://a.example/x', host: 'a.example', lastCheckedInAt: null }, { url: 'b.example', host: 'b.example', lastCheckedInAt: null }] }],
  ])('reads %s', async (_, row, expected) => {
    expect(await factsOf({ license_key: 'k2', ...row })).toMatchObject(expected);
    server.store.remove('k2');
  });

  it('finds fields where they are said to be, and takes a limit of 0 for what it is said to mean', async () => {
    const facts = await factsOf({ license_key: 'k3', expiration_date: undefined, plan: { ends: '2027-05-05', seats: 0 }, owner: { company: '12' } }, {
      fieldMap: { expirationDate: 'plan.ends', activationLimit: 'plan.seats', companyId: 'owner.company', partnerId: '__proto__.constructor' }, limitZero: 'unlimited',
    });
    expect(facts).toMatchObject({ expirationDate: '2027-05-05', activationLimit: 0, isUnlimited: true, companyId: 12, partnerId: null });
  });

  it('is not read beyond a size that no page has', async () => {
    const endless = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (response.write(' '.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/`;
    await expect(provider({ url }).page(null, call)).rejects.toThrow('An answer has more than 16 MB');
    endless.closeAllConnections();
    endless.close();
  });

  it('is left at once when the work is to stop, however slow the rate', async () => {
    const slow = provider({ ratePerSecond: 0.01 });
    const stop = new AbortController();
    await slow.page(null, { signal: stop.signal });
    const waiting = slow.page(null, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(waiting).rejects.toThrow(/abort/i);
  });
});
