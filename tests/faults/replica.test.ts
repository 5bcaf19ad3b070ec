import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectNothingLostOrTwice, startLoad, type Load } from '../support/load.js';
import { onOwnMariaDb, startOwnMariaDb, type OwnMariaDb } from '../support/own-mariadb.js';
import { until } from '../support/providers.js';
import { round } from '../support/rows.js';

const MINUTE_MS = 60_000;
const METRICS_TOKEN = 'a token for the scraper';
const SEATS = '{ license(id: 1) { seats etag } dashboard { totalLicenses } }';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

onOwnMariaDb('reads of a database with a replica', () => {
  let primary: OwnMariaDb;
  let replica: OwnMariaDb;
  let copy: Connection;
  let app: TestApp;
  let load: Load | undefined;
  beforeAll(async () => {
    primary = await startOwnMariaDb(['--server-id=1', '--log-bin', '--binlog-format=row']);
    replica = await startOwnMariaDb(['--server-id=2', '--read-only=1']);
    copy = await createConnection({ uri: replica.url, multipleStatements: true });
    const { hostname, port } = new URL(primary.url);
    await copy.query(`change master to master_host='${hostname}', master_port=${port}, master_user='root', master_connect_retry=1, master_use_gtid=slave_pos; start slave`);
    const create = async () => ({
      environment: { DATABASE_URL: `${primary.url}/seatwise`, DATABASE_REPLICA_URLS: `${replica.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' }, drop: async () => {},
    });
    app = await startTestApp({ name: 'MariaDB', create }, {
      environment: { METRICS_TOKEN },
      rows: { company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }], license: [round({ id: 1, company_id: 1, number_of_licenses: 10 })] },
    });
    await app.tokenOf('admin');
    await untilUsed(1);
  }, 2 * MINUTE_MS);
  afterEach(() => load?.stop());
  afterAll(async () => {
    await app?.stop();
    await copy?.end().catch(() => undefined);
    await replica?.stop();
    await primary?.stop();
  });

  /** Statements that the replica has run for its connections, our own looks left out. */
  const readsOfReplica = async () => {
    const [rows] = await copy.query("show global status like 'Com_stmt_execute'");
    return Number((rows as { Value: string }[])[0]?.Value);
  };
  const used = async () => {
    const metrics = await (await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
    return Number(/seatwise_database_replicas\{state="used"\} (\d)/.exec(metrics)?.[1]);
  };
  /** Asks until a replica is, or is not, read. */
  async function untilUsed(wanted: number): Promise<void> {
    await until(async () => {
      await app.ask('admin', SEATS);
      return (await used()) === wanted ? true : null;
    }, MINUTE_MS);
  }

  /** A change and, as soon as it is acknowledged, the question for it; how often that was answered wrongly. */
  async function wrongAfterWriting(times: number): Promise<number> {
    let wrong = 0;
    for (let n = 0; n < times; n += 1) {
      const { data } = await app.ask('admin', SEATS);
      const seats = data.license.seats + 1;
      const { data: changed } = await app.ask('admin', 'mutation($etag: String!, $seats: Int!) { updateLicense(id: 1, etag: $etag, input: { seats: $seats }) { license { seats } userErrors { code } } }', { etag: data.license.etag, seats });
      expect(changed.updateLicense).toEqual({ license: { seats }, userErrors: [] });
      const { data: after } = await app.ask('admin', SEATS);
      if (after.license.seats !== seats || after.dashboard.totalLicenses !== seats) wrong += 1;
    }
    return wrong;
  }

  it('go to the replica, and see what was written a moment before', async () => {
    const before = await readsOfReplica();
    expect(await wrongAfterWriting(50)).toBe(0);
    expect(await used()).toBe(1);
    // Each question has at least two statements.
    expect((await readsOfReplica()) - before).toBeGreaterThan(150);
  }, MINUTE_MS);

  it('go to the primary while the replica is behind, and come back to it', async () => {
    await copy.query('stop slave sql_thread');
    expect(await wrongAfterWriting(5)).toBe(0);
    await untilUsed(0);
    await copy.query('start slave sql_thread');
    await untilUsed(1);
    expect(await wrongAfterWriting(5)).toBe(0);
  }, MINUTE_MS);

  it('are right under load whatever the replica does: late, killed, standing still', async () => {
    load = startLoad((query, variables) => app.ask('admin', query, variables));
    const answered = async (more: number, of: Load) => {
      const before = of.answers;
      await until(async () => (of.answers >= before + more ? true : null), MINUTE_MS);
    };
    await answered(100, load);
    await copy.query('stop slave; change master to master_delay=3; start slave');
    await answered(100, load);
    await copy.query('stop slave; change master to master_delay=0; start slave');
    await answered(100, load);
    replica.pause();
    await answered(100, load);
    replica.resume();
    await replica.kill();
    await answered(100, load);
    await replica.start();
    await pause(3000);
    await answered(100, load);
    await load.stop();
    expect([load.wrong, [...load.failures.keys()]]).toEqual([[], []]);
    expect(load.acknowledged.size).toBeGreaterThan(30);
    await expectNothingLostOrTwice(app.database, load);
    copy = await createConnection({ uri: replica.url, multipleStatements: true });
    await untilUsed(1);
  }, 3 * MINUTE_MS);
});

onOwnMariaDb('a replica of a server without a binary log', () => {
  it('is refused at the start, with what to do', async () => {
    const server = await startOwnMariaDb();
    try {
      const create = async () => ({ environment: { DATABASE_URL: `${server.url}/seatwise`, DATABASE_REPLICA_URLS: `${server.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' }, drop: async () => {} });
      await expect(startTestApp({ name: 'MariaDB', create })).rejects.toThrow('DATABASE_REPLICA_URLS: the server of DATABASE_URL has no GTID position. It must write a binary log');
    } finally {
      await server.stop();
    }
  }, 2 * MINUTE_MS);
});
