import { expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { onOwnMariaDb, startOwnMariaDb } from '../support/own-mariadb.js';
import { eventually, inSeconds, overGraphQL, rest, site1, trial } from './support.js';

onOwnMariaDb('licence checks while the database is away', () => {
  it('tell the site to come back, and write what they had taken before', async () => {
    const server = await startOwnMariaDb();
    let app: TestApp | undefined;
    try {
      app = await startTestApp(
        { name: 'MariaDB', create: async () => ({ environment: { DATABASE_URL: `${server.url}/seatwise` }, drop: async () => {} }) },
        { rows: { trial: [trial({ id: 1, last_checked_in_at: inSeconds(-9999) }), trial({ id: 2 })] } },
      );
      expect((await rest(app.url, site1)).check.state).toBe('ACTIVE');
      await server.kill();
      const other = { ...site1, licenseKey: 'TRIAL-2' };
      const answer = await rest(app.url, other);
      expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 5 } }] });
      expect([answer.retryAfter, answer.text.match(/127\.0\.0\.1|select|ECONN/i)]).toEqual(['5', null]);
      expect((await overGraphQL(app, other)).errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
      // The first answer still holds, and what was taken is not forgotten.
      expect((await rest(app.url, site1)).check.state).toBe('ACTIVE');
      await server.start();
      const { database, url } = app;
      expect(await eventually(async () => (await rest(url, other)).status, (status) => status === 200)).toBe(200);
      const written = () => database.read(sql`select id from free_trials where last_checked_in_at > ${inSeconds(-600)}`).catch(() => []);
      expect(await eventually(written, (rows) => rows.length === 2)).toHaveLength(2);
    } finally {
      await app?.stop();
      await server.stop();
    }
  }, 90_000);
});
