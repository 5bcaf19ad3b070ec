import { afterEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { insertRows, type Rows } from '../support/rows.js';
import { asInTheField, eventually, events, expectSince, inDays, inSeconds, kinds, overGraphQL, premium, rest, rowsOf, site1, stateOf, trial } from './support.js';

const trialRow = async (app: TestApp) => (await rowsOf(app, sql`select last_checked_in_at, updated_at from free_trials where id = 1`))[0] ?? {};
const ownRows = (app: TestApp) =>
  rowsOf(app, sql`select kind, license_id, site_host, site_url, checked_in_at, reported_at, attempts from sw_check_ins order by kind, license_id, site_host`);
const ofLicense = { licenseKey: 'LIC-1', siteUrl: 'https://www.shop.example.com/blog?secret=1', productSlug: 'atlas' };

onEachDatabase('check-ins', (kind) => {
  let app: TestApp;
  afterEach(() => app.stop());
  const start = async (rows: Rows) => (app = await startTestApp(kind, { rows }));

  it('stand on the row of the trial within a second, change nothing else of it, and answer the same for a minute', async () => {
    const stored = trial({ id: 1 });
    await start({ trial: [stored] });
    const started = Date.now();
    const first = await rest(app.url, site1);
    expectSince(started, first.check.checkedAt);
    const seen = await eventually(() => trialRow(app), (row) => row['last_checked_in_at'] !== null);
    expect(seen['last_checked_in_at']).toBe(`${first.check.checkedAt.slice(0, 19)}.000Z`);
    expect(seen['updated_at']).toBe(`${String(stored['updated_at']).replace(' ', 'T')}.000Z`);
    expect(await ownRows(app)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const statements = await app.allStatementsDuring(async () => {
      expect((await rest(app.url, site1)).check).toEqual(first.check);
      expect((await overGraphQL(app, { ...site1, siteUrl: 'www.site1.example.com' })).check).toEqual(first.check);
      await new Promise((resolve) => setTimeout(resolve, 700));
    });
    // The worker of imports looks for jobs when it will.
    expect(statements.filter((text) => !text.includes('sw_import_jobs'))).toEqual([]);
    expect(await trialRow(app)).toEqual(seen);
  });

  it('never go back', async () => {
    await start({});
    // Whoever observes trials would find the check-in an hour ahead, and be right; it does so at the start, before there is any.
    await eventually(() => app.database.whileAlone('trials', async () => true), (alone) => alone !== null);
    await insertRows(app.database, { trial: [trial({ id: 1, last_checked_in_at: inSeconds(3600) })] });
    const before = await trialRow(app);
    await rest(app.url, site1);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await trialRow(app)).toEqual(before);
    expect(await kinds(app)).not.toContain('ACTIVATED');
  });

  it('leave nothing when the answer is INVALID', async () => {
    await start({ trial: [trial({ id: 1, is_active: 0 })], externalLicense: [premium({ id: 1, is_enabled: 0 })] });
    expect([await stateOf(app, {}), await stateOf(app, ofLicense), await stateOf(app, { licenseKey: 'x' })]).toEqual(['INVALID', 'INVALID', 'INVALID']);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await ownRows(app)).toEqual([]);
    expect((await trialRow(app))['last_checked_in_at']).toBeNull();
    expect(await rowsOf(app, sql`select last_checked_in_at, site_count from sw_external_licenses`)).toEqual([{ last_checked_in_at: null, site_count: 0 }]);
  });

  it('note the first one after the start of a trial, before the answer and once', async () => {
    await start({
      trial: [
        trial({ id: 1 }), trial({ id: 2, last_checked_in_at: inSeconds(-3600) }),
        trial({ id: 3, last_checked_in_at: `${inDays(-6)} 12:00:00` }), trial({ id: 4, created_at: inSeconds(3600) }),
      ],
    });
    const started = Date.now();
    for (const id of [1, 2, 3, 4]) await stateOf(app, { licenseKey: `TRIAL-${id}` });
    const activated = (await events(app)).filter(({ kind: event, trialId }) => event === 'ACTIVATED' && trialId !== 2);
    expect(activated.map(({ trialId, estimated }) => [trialId, estimated])).toEqual([[1, 0], [3, 0]]);
    expectSince(started, activated[0]?.occurredAt);
  });

  it('of a premium licence stand on the mirror and its activation, and wait to be reported', async () => {
    await start({
      externalLicense: [premium({ id: 1, site_count: 1, site_url: 'https://shop.example.com', site_host: 'shop.example.com' })],
      externalActivation: [{ id: 1, license_id: 1, site_url: 'https://shop.example.com', site_host: 'shop.example.com' }],
    });
    const { check } = await rest(app.url, ofLicense);
    const at = `${check.checkedAt.slice(0, 19)}.000Z`;
    const pending = await eventually(() => ownRows(app), (rows) => rows.length > 0);
    expect(pending).toEqual([{
      kind: 'EXTERNAL', license_id: 1, site_host: 'shop.example.com', site_url: 'https://www.shop.example.com/blog', checked_in_at: at, reported_at: null, attempts: 0,
    }]);
    expect(await rowsOf(app, sql`select site_count, last_checked_in_at from sw_external_licenses`)).toEqual([{ site_count: 1, last_checked_in_at: at }]);
    expect(await rowsOf(app, sql`select last_checked_in_at from sw_external_activations`)).toEqual([{ last_checked_in_at: at }]);
  });

  it('are news to the provider again when they are later than the one it was told', async () => {
    await start({ externalLicense: [premium({ id: 1 })] });
    const known = { license_id: 1, kind: 'EXTERNAL', site_url: 'x', attempts: 3, reported_at: inSeconds(-60) };
    await app.database.transaction(async ({ manager }) => {
      for (const [host, at] of [['a.example.com', inSeconds(-90)], ['b.example.com', inSeconds(3600)]] as const) {
        const row = { ...known, site_host: host, checked_in_at: at };
        await manager.query(`insert into sw_check_ins (${Object.keys(row).join()}) values (?, ?, ?, ?, ?, ?, ?)`, Object.values(row));
      }
    });
    for (const siteUrl of ['a.example.com', 'b.example.com']) expect(await stateOf(app, { ...ofLicense, siteUrl })).toBe('ACTIVE');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const [a, b] = await eventually(() => ownRows(app), ([first]) => first?.['attempts'] === 0 && first['reported_at'] === null);
    expect([a?.['reported_at'], a?.['attempts']]).toEqual([null, 0]);
    expect([b?.['reported_at'] === null, b?.['attempts']]).toEqual([false, 3]);
  });

  it('of a new site make it an activation, as long as there is room', async () => {
    await start({ externalLicense: [premium({ id: 1, activation_limit: 2 })] });
    const states = [];
    for (const siteUrl of ['a.example.com', 'b.example.com', 'c.example.com', 'https://www.a.example.com']) states.push(await stateOf(app, { ...ofLicense, siteUrl }));
    expect(states).toEqual(['ACTIVE', 'ACTIVE', 'INVALID', 'ACTIVE']);
    expect(await rowsOf(app, sql`select site_count, activation_count from sw_external_licenses`)).toEqual([{ site_count: 2, activation_count: null }]);
    expect(await rowsOf(app, sql`select site_host from sw_external_activations order by id`)).toEqual([{ site_host: 'a.example.com' }, { site_host: 'b.example.com' }]);
  });

  it('of 50 new sites at the same time take no more places than there are', async () => {
    await start({ externalLicense: [premium({ id: 1, activation_limit: 3 })] });
    const states = await Promise.all(Array.from({ length: 50 }, (_, site) => stateOf(app, { ...ofLicense, siteUrl: `s${site}.example.com` })));
    expect(states.filter((state) => state === 'ACTIVE')).toHaveLength(3);
    expect(await rowsOf(app, sql`select site_count from sw_external_licenses`)).toEqual([{ site_count: 3 }]);
  });

  it('let a site come back that the provider has left out', async () => {
    await start({
      externalLicense: [premium({ id: 1, site_count: 0 })],
      externalActivation: [{ license_id: 1, site_url: 'a.example.com', site_host: 'a.example.com', missing_since: inSeconds(-99) }],
    });
    expect(await stateOf(app, { ...ofLicense, siteUrl: 'a.example.com' })).toBe('ACTIVE');
    expect(await rowsOf(app, sql`select missing_since from sw_external_activations`)).toEqual([{ missing_since: null }]);
    expect(await rowsOf(app, sql`select site_count from sw_external_licenses`)).toEqual([{ site_count: 1 }]);
  });

  describe('where the table of trials has no place for them', () => {
    const startInTheField = async (rows: Rows) => (app = await startTestApp(asInTheField(kind), { rows }));
    const withoutCheckIn = (id: number) => {
      const { last_checked_in_at: _, ...row } = trial({ id });
      return row;
    };

    it('are kept in a table of ours, one row a trial', async () => {
      await startInTheField({ trial: [withoutCheckIn(1), withoutCheckIn(2)] });
      const { check } = await rest(app.url, site1);
      expect(check.state).toBe('ACTIVE');
      const rows = await eventually(() => ownRows(app), (list) => list.length > 0);
      expect(rows).toMatchObject([{ kind: 'TRIAL', license_id: 1, site_host: 'site1.example.com', checked_in_at: `${check.checkedAt.slice(0, 19)}.000Z` }]);
      expect(await kinds(app)).toEqual(['ACTIVATED']);
    });

    it('find a trial by its id once its key has been found, and notice when the key has gone', async () => {
      await startInTheField({ trial: [withoutCheckIn(1)] });
      expect(await stateOf(app, {})).toBe('ACTIVE');
      await app.database.transaction(({ manager }) => manager.query(`update free_trials set license_key = 'NEW' where id = 1`));
      expect([await stateOf(app, { licenseKey: 'NEW' }), await stateOf(app, { licenseKey: 'TRIAL-2' })]).toEqual(['ACTIVE', 'INVALID']);
    });
  });
});
