import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { onEachDatabase } from '../support/databases.js';
import { insertRows } from '../support/rows.js';
import { inSeconds, premium, rest, trial } from './support.js';

const SITES = 200;
const KILLED_AFTER = 60;
const SECRET = 'a secret of the tests, long enough for HS256';
const site = (id: number) => `https://site${id}.example.com`;
const ids = Array.from({ length: SITES }, (_, index) => index + 1);

onEachDatabase('a server that is killed in the middle of licence checks', (kind) => {
  let child: ChildProcess | undefined;
  let cleanUp: (() => Promise<void>) | undefined;
  afterEach(async () => {
    child?.kill('SIGKILL');
    await cleanUp?.();
  });

  it('has lost no conversion and no first check-in that it answered, and of the others the last second at most', async () => {
    const target = await kind.create();
    const environment = { DEMO: '0', JWT_SECRET: SECRET, PORT: '0', LOG_LEVEL: 'silent', ...target.environment };
    const database = await Database.open(readConfig(environment));
    cleanUp = async () => {
      await database.close();
      await target.drop();
    };
    await database.migrate();
    const old = { site_url: 'https://old.example.com', last_checked_in_at: inSeconds(-9999) };
    await insertRows(database, { trial: [...ids.map((id) => trial({ id, site_url: site(id) })), trial({ id: 1000, ...old })], externalLicense: ids.map((id) => premium({ id })) });
    child = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '', ...environment } });
    const url = await addressOf(child);
    expect((await rest(url, { licenseKey: 'TRIAL-1000', siteUrl: old.site_url, productSlug: 'atlas' })).check.state).toBe('ACTIVE');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const answered: number[] = [];
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    await Promise.all(ids.map(async (id) => {
      const { check } = await rest(url, { licenseKey: `TRIAL-${id}`, siteUrl: site(id), productSlug: 'atlas' });
      const second = await rest(url, { licenseKey: `LIC-${id}`, siteUrl: site(id), productSlug: 'atlas' });
      if (check.state === 'ACTIVE' && second.check.state === 'ACTIVE') answered.push(id);
      if (answered.length === KILLED_AFTER) child?.kill('SIGKILL');
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
    expect(await database.read(sql`select id from free_trials where id = 1000 and last_checked_in_at > ${inSeconds(-600)}`)).toHaveLength(1);
  }, 90_000);
});

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The server did not start.')));
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /ready: (http:\S+)/.exec(chunk.toString())?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
