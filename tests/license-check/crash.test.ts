import { afterEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { onEachDatabase } from '../support/databases.js';
import { insertRows } from '../support/rows.js';
import { compiledServer, processEnvironment, startServerProcess, type ServerProcess } from '../support/server-process.js';
import { eventually, inSeconds, premium, rest, trial } from './support.js';

const SITES = 200;
const KILLED_AFTER = 60;
const site = (id: number) => `https://site${id}.example.com`;
const ids = Array.from({ length: SITES }, (_, index) => index + 1);

onEachDatabase('a server that is killed in the middle of licence checks', (kind) => {
  let running: ServerProcess | undefined;
  let cleanUp: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await running?.stop('SIGKILL');
    await cleanUp?.();
  });

  it('has lost no conversion and no first check-in that it answered, and of the others the last second at most', async () => {
    const target = await kind.create();
    const environment = processEnvironment(target.environment);
    const database = await Database.open(readConfig(environment));
    cleanUp = async () => {
      await database.close();
      await target.drop();
    };
    await database.migrate();
    const old = { site_url: 'https://old.example.com', last_checked_in_at: inSeconds(-9999) };
    await insertRows(database, { trial: [...ids.map((id) => trial({ id, site_url: site(id) })), trial({ id: 1000, ...old })], externalLicense: ids.map((id) => premium({ id })) });
    running = await startServerProcess(environment, compiledServer());
    const { url } = running;
    expect((await rest(url, { licenseKey: 'TRIAL-1000', siteUrl: old.site_url, productSlug: 'atlas' })).check.state).toBe('ACTIVE');
    const oldCheckIns = () => database.read(sql`select id from free_trials where id = 1000 and last_checked_in_at > ${inSeconds(-600)}`);
    await eventually(oldCheckIns, (rows) => rows.length > 0);
    const answered: number[] = [];
    let ended: Promise<unknown> | undefined;
    await Promise.all(ids.map(async (id) => {
      const { check } = await rest(url, { licenseKey: `TRIAL-${id}`, siteUrl: site(id), productSlug: 'atlas' });
      const second = await rest(url, { licenseKey: `LIC-${id}`, siteUrl: site(id), productSlug: 'atlas' });
      if (check.state === 'ACTIVE' && second.check.state === 'ACTIVE') answered.push(id);
      if (answered.length === KILLED_AFTER) ended = running?.stop('SIGKILL');
    }).map((asked) => asked.catch(() => undefined)));
    await ended;
    expect(answered.length).toBeGreaterThanOrEqual(KILLED_AFTER);
    for (const event of ['ACTIVATED', 'CONVERTED']) {
      const recorded = (await database.read(sql`select trial_id from sw_trial_events where kind = ${event}`)).map((row) => Number(row['trial_id']));
      expect(answered.filter((id) => !recorded.includes(id))).toEqual([]);
      expect(new Set(recorded).size).toBe(recorded.length);
    }
    const flagged = (await database.read(sql`select id from free_trials where is_fluent_license_check = 1 and premium_license_id is not null`)).map((row) => Number(row['id']));
    expect(answered.filter((id) => !flagged.includes(id))).toEqual([]);
    expect(await oldCheckIns()).toHaveLength(1);
  }, 90_000);
});
