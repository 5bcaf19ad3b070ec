import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectNothingLostOrTwice, startLoad, type Load } from '../support/load.js';
import { onOwnMariaDb, startOwnMariaDb, type OwnMariaDb } from '../support/own-mariadb.js';
import { round } from '../support/rows.js';

const MINUTE_MS = 60_000;
const MOST_CONNECTIONS = 40;
/** No server goes below; it keeps one more for root, which is ours too. */
const FEWEST_CONNECTIONS = 10;
/** From the database's return to the first right answer. */
const RECOVERED_WITHIN_MS = 5000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

onOwnMariaDb('under load, a database', () => {
  let server: OwnMariaDb;
  let app: TestApp;
  let load: Load | undefined;
  beforeAll(async () => {
    server = await startOwnMariaDb([`--max-connections=${MOST_CONNECTIONS}`]);
    const create = async () => ({ environment: { DATABASE_URL: `${server.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' }, drop: async () => {} });
    app = await startTestApp({ name: 'MariaDB', create }, {
      environment: { STATEMENT_TIMEOUT_SECONDS: '2', ACTIVITY_ROLLUP: '1' },
      rows: { company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }], license: [round({ id: 1, company_id: 1, number_of_licenses: 10 })] },
    });
    await app.tokenOf('admin');
  }, 2 * MINUTE_MS);
  afterEach(() => load?.stop());
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
  });

  const begin = async () => {
    load = startLoad((query, variables) => app.ask('admin', query, variables));
    await untilAnswers(load, 100);
    return load;
  };

  async function untilAnswers(of: Load, more: number): Promise<number> {
    const [started, before] = [performance.now(), of.answers];
    while (of.answers < before + more) await pause(20);
    return performance.now() - started;
  }

  function expectOnlyUnavailable({ failures, wrong }: Load): void {
    expect(wrong).toEqual([]);
    expect([...failures.keys()]).toEqual(['UNAVAILABLE']);
  }

  it('that is killed and started again: nothing but UNAVAILABLE meanwhile, right answers within 5 s, nothing lost, nothing twice', async () => {
    const running = await begin();
    for (let times = 0; times < 3; times += 1) {
      await server.kill();
      await pause(1500);
      await server.start();
      expect(await untilAnswers(running, 1)).toBeLessThan(RECOVERED_WITHIN_MS);
      await untilAnswers(running, 100);
    }
    await running.stop();
    expectOnlyUnavailable(running);
    expect(running.acknowledged.size).toBeGreaterThan(30);
    await expectNothingLostOrTwice(app.database, running);
  }, 3 * MINUTE_MS);

  it('that stands still for 30 s: everybody is told in time, and it goes on by itself', async () => {
    const running = await begin();
    const before = process.memoryUsage().heapUsed;
    server.pause();
    await pause(30_000);
    const grown = process.memoryUsage().heapUsed - before;
    server.resume();
    expect(await untilAnswers(running, 1)).toBeLessThan(RECOVERED_WITHIN_MS);
    await untilAnswers(running, 100);
    await running.stop();
    expectOnlyUnavailable(running);
    expect(running.slowest).toBeLessThan(15);
    expect(grown).toBeLessThan(100 * 1_048_576);
    await expectNothingLostOrTwice(app.database, running);
  }, 3 * MINUTE_MS);

  it('that takes no more connections: UNAVAILABLE until some are free', async () => {
    const running = await begin();
    const guests: Connection[] = [];
    const host = await createConnection(server.url);
    try {
      // With others in every place that the server is left with, what Seatwise loses is lost.
      while (guests.length < FEWEST_CONNECTIONS) {
        const guest = await createConnection(server.url);
        guest.on('error', () => undefined);
        guests.push(guest);
      }
      await host.query(`set global max_connections = ${FEWEST_CONNECTIONS}`);
      const ours = [host, ...guests].map(({ threadId }) => threadId);
      const theirs = async () => {
        const [rows] = await host.query("select id from information_schema.processlist where command <> 'Daemon' and id not in (?)", [ours]);
        return rows as { id: number }[];
      };
      for (let left = await theirs(); left.length > 0; left = await theirs()) {
        for (const { id } of left) await host.query(`kill ${id}`).catch(() => undefined);
      }
      const answered = running.answers;
      await pause(3000);
      expect(running.answers).toBe(answered);
    } finally {
      await host.query(`set global max_connections = ${MOST_CONNECTIONS}`);
      await Promise.all([...guests, host].map((guest) => guest.end().catch(() => undefined)));
    }
    expect(await untilAnswers(running, 1)).toBeLessThan(RECOVERED_WITHIN_MS);
    await running.stop();
    expectOnlyUnavailable(running);
    await expectNothingLostOrTwice(app.database, running);
  }, 3 * MINUTE_MS);
});
