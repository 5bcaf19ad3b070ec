import { afterEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApp } from '../../server/app.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import type { Rows } from '../support/rows.js';
import { events, expectSince, inDays, inSeconds, premium, rest, rowsOf, site1, trial } from './support.js';

const withPremium = { ...site1, licenseKey: 'LIC-1', siteUrl: 'http://site1.example.com' };
const flags = async (app: TestApp) =>
  (await rowsOf(app, sql`select id, is_fluent_license_check, premium_license_id from free_trials order by id`)).map(({ id, is_fluent_license_check: flag, premium_license_id: key }) => [id, flag, key]);
/** Conversions and reversals as `kind trial`. */
const words = async (app: TestApp) => (await events(app)).filter(({ kind }) => kind !== 'ACTIVATED' && kind !== 'EXTENDED');
const inShort = async (app: TestApp) => (await words(app)).map(({ kind, trialId }) => `${kind} ${trialId}`);
const change = (app: TestApp, text: string) => app.database.transaction(({ manager }) => manager.query(text));

onEachDatabase('conversions seen by licence checks', (kind) => {
  let app: TestApp;
  afterEach(() => app.stop());
  const start = async (rows: Rows) => (app = await startTestApp(kind, { rows }));
  const check = async (input: typeof site1) => (await rest(app.url, input)).check;

  it('records the conversion of a trial whose site asks with a premium key, before it answers', async () => {
    await start({ trial: [trial({ id: 1 }), trial({ id: 2, site_url: 'other.example.com' }), trial({ id: 3, product_slug: 'beacon' })], externalLicense: [premium({ id: 1 })] });
    const started = Date.now();
    expect(await check(withPremium)).toMatchObject({ state: 'ACTIVE', isPremium: true });
    expect(await flags(app)).toEqual([[1, 1, 'LIC-1'], [2, 0, null], [3, 0, null]]);
    const [converted, ...others] = await words(app);
    expect([converted?.kind, converted?.trialId, converted?.estimated, others]).toEqual(['CONVERTED', 1, 0, []]);
    expectSince(started, converted?.occurredAt);
    const [row] = await rowsOf(app, sql`select updated_at from free_trials where id = 1`);
    expectSince(started, row?.['updated_at']);
  });

  it('records it once, and one row, when 50 clients ask at the same time of two instances', async () => {
    await start({ trial: [trial({ id: 1 })], externalLicense: [premium({ id: 1 })] });
    const second = await startApp({ ...app.database.config, PORT: 0 });
    try {
      const urls = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? app.url : second.url));
      const answers = await Promise.all(urls.flatMap((url) => [rest(url, withPremium), rest(url, site1)]));
      expect(new Set(answers.map(({ status, check: { state } }) => `${status} ${state}`))).toEqual(new Set(['200 ACTIVE']));
      expect(new Set(answers.filter((_, index) => index % 4 === 0).map((answer) => answer.check.checkedAt)).size).toBe(1);
    } finally {
      await second.stop();
    }
    expect(await inShort(app)).toEqual(['CONVERTED 1']);
    expect((await events(app)).filter((event) => event.kind === 'ACTIVATED')).toHaveLength(1);
    expect(await rowsOf(app, sql`select site_host, reported_at from sw_check_ins where kind = 'EXTERNAL'`)).toEqual([{ site_host: 'site1.example.com', reported_at: null }]);
    expect(await rowsOf(app, sql`select site_count from sw_external_licenses`)).toEqual([{ site_count: 1 }]);
    expect(await rowsOf(app, sql`select host from sw_trial_units`)).toEqual([{ host: 'site1.example.com' }]);
  });

  it('converts the newest of several trials of a site, and none when one has converted already', async () => {
    await start({ trial: [trial({ id: 1 }), trial({ id: 2, site_url: 'site1.example.com/shop' })], externalLicense: [premium({ id: 1 }), premium({ id: 2, product_slug: 'beacon' })] });
    await check(withPremium);
    expect(await flags(app)).toEqual([[1, 0, null], [2, 1, 'LIC-1']]);
    await check({ ...withPremium, siteUrl: 'https://www.site1.example.com/again' });
    expect(await inShort(app)).toEqual(['CONVERTED 2']);
  });

  it('records no conversion for a premium licence that no longer holds or has no room', async () => {
    await start({
      trial: [trial({ id: 1 })],
      externalLicense: [premium({ id: 1, expiration_date: inDays(-8) }), premium({ id: 2, is_enabled: 0 }), premium({ id: 3, activation_limit: 1, site_count: 1, activation_count: 1 })],
    });
    const states = [];
    for (const licenseKey of ['LIC-1', 'LIC-2', 'LIC-3']) states.push((await check({ ...withPremium, licenseKey })).state);
    expect(states).toEqual(['EXPIRED', 'INVALID', 'INVALID']);
    expect([await flags(app), await inShort(app)]).toEqual([[[1, 0, null]], []]);
  });

  it('answers a converted trial as its premium licence, and takes the conversion back when that no longer holds', async () => {
    await start({ trial: [trial({ id: 1, expiration_date: `${inDays(-2)} 00:00:00` })], externalLicense: [premium({ id: 1 })] });
    await check(withPremium);
    expect(await check(site1)).toMatchObject({ state: 'ACTIVE', isPremium: true, expirationDate: inDays(200) });
    await change(app, 'update sw_external_licenses set is_enabled = 0');
    // Another minute: to this instance another spelling of the site is the same check, to another instance nothing is.
    const later = await startApp({ ...app.database.config, PORT: 0 });
    try {
      expect((await rest(later.url, site1)).check).toMatchObject({ state: 'IN_GRACE', isPremium: false, expirationDate: inDays(-2) });
      expect([await flags(app), await inShort(app)]).toEqual([[[1, 0, 'LIC-1']], ['CONVERTED 1', 'REVERTED 1']]);
      await change(app, `update sw_external_licenses set is_enabled = 1`);
      expect((await rest(later.url, withPremium)).check).toMatchObject({ state: 'ACTIVE', isPremium: true });
      expect([await flags(app), await inShort(app)]).toEqual([[[1, 1, 'LIC-1']], ['CONVERTED 1', 'REVERTED 1', 'CONVERTED 1']]);
    } finally {
      await later.stop();
    }
  });

  it('takes a conversion back when the premium licence is past grace, not while it is in grace', async () => {
    const converted = { is_fluent_license_check: 1, expiration_date: `${inDays(-60)} 00:00:00` };
    await start({
      trial: [trial({ id: 1, ...converted, premium_license_id: 'LIC-1' }), trial({ id: 2, ...converted, premium_license_id: 'LIC-2', site_url: 'site2.example.com' })],
      externalLicense: [premium({ id: 1, expiration_date: inDays(-7) }), premium({ id: 2, expiration_date: inDays(-8) })],
    });
    expect(await check(site1)).toMatchObject({ state: 'IN_GRACE', isPremium: true });
    expect(await check({ ...site1, licenseKey: 'TRIAL-2', siteUrl: 'site2.example.com' })).toMatchObject({ state: 'EXPIRED', isPremium: false });
    expect(await flags(app)).toEqual([[1, 1, 'LIC-1'], [2, 0, 'LIC-2']]);
    expect((await inShort(app)).sort()).toEqual(['CONVERTED 1', 'CONVERTED 2', 'REVERTED 2']);
  });

  it('notices that another application set the flag, with the day of the purchase, and that it took it back', async () => {
    await start({ externalLicense: [premium({ id: 1, purchase_date: inDays(-3) })] });
    const columns = trial({ id: 1, is_fluent_license_check: 1, premium_license_id: 'LIC-1', updated_at: inSeconds(-30) });
    await change(app, `insert into free_trials (${Object.keys(columns).join()}) values (${Object.values(columns).map((value) => (value === null ? 'null' : `'${value}'`)).join()})`);
    await check(site1);
    expect(await words(app)).toEqual([{ kind: 'CONVERTED', trialId: 1, estimated: 1, occurredAt: `${inDays(-3)}T00:00:00.000Z` }]);
    await change(app, `update free_trials set is_fluent_license_check = 0, updated_at = '${inSeconds(-10)}'`);
    const later = await startApp({ ...app.database.config, PORT: 0 });
    try {
      expect((await rest(later.url, site1)).check).toMatchObject({ state: 'ACTIVE', isPremium: false });
    } finally {
      await later.stop();
    }
    expect(await inShort(app)).toEqual(['CONVERTED 1', 'REVERTED 1']);
    expect((await words(app))[1]?.estimated).toBe(1);
    expect(await flags(app)).toEqual([[1, 0, 'LIC-1']]);
  });
});
