import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { LicenseChecks } from '../../server/license-check/service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { eventually, inSeconds, premium, rest, rowsOf, trial } from './support.js';

const TRIALS = 500;
const ofTrial = (id: number) => ({ licenseKey: `TRIAL-${id}`, siteUrl: `https://site${id}.example.com`, productSlug: 'atlas' });
const trials = Array.from({ length: TRIALS }, (_, index) =>
  trial({ id: index + 1, site_url: `https://www.site${index + 1}.example.com/`, last_checked_in_at: inSeconds(-86_400) }));
const unwritten = async ({ database }: Pick<TestApp, 'database'>) =>
  Number((await database.read(sql`select count(*) as waiting from free_trials where last_checked_in_at < ${inSeconds(-3600)}`))[0]?.['waiting']);

onEachDatabase('many licence checks at once', (kind) => {
  it('share their statements, reading and writing', async () => {
    const app = await startTestApp(kind, { rows: { trial: trials } });
    // Clients of the same process send one at a time; here all checks arrive together.
    const checks = new LicenseChecks(app.database, app.database.config, true);
    try {
      const statements = await app.allStatementsDuring(async () => {
        const now = new Date();
        const outcomes = await Promise.all(trials.map((_, index) => checks.check(ofTrial(index + 1), '192.0.2.1', now)));
        expect(new Set(outcomes.map((outcome) => outcome.kind === 'taken' && outcome.check.state))).toEqual(new Set(['ACTIVE']));
        await eventually(() => unwritten(app), (waiting) => waiting === 0);
      });
      expect(await unwritten(app)).toBe(0);
      // Two lists of keys in each of the two tables; a crash loses what is written a second later at most.
      expect(statements.filter((text) => /_key in \(/.test(text))).toHaveLength(4);
    } finally {
      await checks.stop();
      await app.stop();
    }
  });

  it('are written too when they arrive while a write is waiting', async () => {
    const app = await startTestApp(kind, { rows: { trial: trials.slice(0, 2) } });
    const checks = new LicenseChecks(app.database, app.database.config, true);
    try {
      const held = app.database.transaction(async ({ manager }) => {
        await manager.query('update free_trials set updated_at = updated_at where id = 1');
        await wait(1500);
      });
      // The first is written after 0.4 s and then waits; the second is due while it does.
      await checks.check(ofTrial(1), '192.0.2.1', new Date());
      await wait(600);
      await checks.check(ofTrial(2), '192.0.2.1', new Date());
      await held;
      expect(await eventually(() => unwritten(app), (waiting) => waiting === 0)).toBe(0);
    } finally {
      await checks.stop();
      await app.stop();
    }
  });

  it('are all written by a stop, those of premium licences too', async () => {
    let database: TestApp['database'] | undefined;
    const kept = {
      name: kind.name,
      create: async () => {
        const target = await kind.create();
        return { ...target, drop: async () => {
          const { Database } = await import('../../server/db/database.js');
          database = await Database.open(app.database.config);
          counts = [await unwritten({ database }), (await rowsOf({ database } as TestApp, sql`select id from sw_check_ins where kind = 'EXTERNAL'`)).length];
          await database.close();
          await target.drop();
        } };
      },
    };
    let counts: number[] = [];
    const app = await startTestApp(kept, { rows: { trial: trials, externalLicense: [premium({ id: 1, activation_limit: 0 })] } });
    await Promise.all([...trials.map((_, index) => rest(app.url, ofTrial(index + 1))), ...[1, 2, 3].map((site) => rest(app.url, { licenseKey: 'LIC-1', siteUrl: `s${site}.example.com`, productSlug: 'atlas' }))]);
    await app.stop();
    expect(counts).toEqual([0, 3]);
  });
});
