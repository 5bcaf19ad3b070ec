import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { compareRollup } from '../../server/activity-rollup/compare.js';
import type { Database } from '../../server/db/database.js';
import { tableReference } from '../../server/db/tables.js';
import { post, startTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { onGalera, startCluster, type Node } from '../support/galera.js';
import { checked, importing, settled, step } from '../support/imports.js';
import { expectNothingLostOrTwice, startLoad, type Load } from '../support/load.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { providerEnvironment, synchronised } from '../support/providers.js';
import { openDatabase, watermarkOf } from '../support/rollup.js';
import { round } from '../support/rows.js';
import { compiledServer, processEnvironment, startServerProcess, type ServerProcess } from '../support/server-process.js';

const MINUTE_MS = 60_000;
/** From a node's return to the first right answer of the instance that uses it. */
const RECOVERED_WITHIN_MS = 5000;
/** Of leases that nobody renews any more, and some time to look. */
const TAKEN_OVER_WITHIN_MS = 30_000;
const COMPANIES = 2000;
const LICENSES = 50;
const SEATS = '{ license(id: 1) { seats } }';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const license = (n: number) => ({
  license_key: `KEY-${n}`, product_slug: 'forms', site_url: `https://site${n}.example/`, activation_limit: 5, activation_count: 2, purchase_date: '2025-03-01',
  expiration_date: '2027-02-28', renewal_price: '49.90', currency: 'eur', billing_interval: 'year', auto_renew: 1, last_check_in: null, status: 'valid',
});

onGalera('two instances on two of the three nodes of a cluster', () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>;
  let provider: ProviderServer;
  let here: TestApp;
  let there: ServerProcess;
  let load: Load | undefined;
  const environmentOf = (node: Node | undefined) => ({ DATABASE_URL: `${node?.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' });
  beforeAll(async () => {
    cluster = await startCluster(3);
    provider = await startProviderServer({ licenses: Array.from({ length: LICENSES }, (_, n) => license(n)) });
    const shared = { ...providerEnvironment(provider), ACTIVITY_ROLLUP: '1', RATE_LIMIT_PER_MINUTE: '100000' };
    here = await startTestApp({ name: 'MariaDB', create: async () => ({ environment: environmentOf(cluster.nodes[0]), drop: async () => {} }) }, {
      environment: shared,
      rows: { company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }], license: [round({ id: 1, company_id: 1, number_of_licenses: 10 })] },
    });
    there = await startServerProcess(processEnvironment({ ...shared, ...environmentOf(cluster.nodes[1]) }), compiledServer());
    await here.tokenOf('admin');
  }, 5 * MINUTE_MS);
  afterAll(async () => {
    await load?.stop();
    await there?.stop('SIGKILL');
    await provider?.stop();
    await cluster?.stop();
  }, MINUTE_MS);

  const askThere = async (query: string, variables?: Record<string, unknown>) => post(there.url, await here.tokenOf('admin'), query, variables);
  const seatsThere = async () => (await askThere(SEATS)).data?.license?.seats ?? null;

  it('give the same work to one of them, and to the other when the node of the first is gone', async () => {
    const opened = (n: number) => openDatabase({ environment: environmentOf(cluster.nodes[n]), drop: async () => {} });
    const [one, other] = [await opened(1), await opened(2)];
    try {
      for (let turn = 0; turn < 20; turn += 1) {
        const tried = await Promise.all([one, other].map((each) => each.whileAlone('tests', async () => pause(20))));
        expect(tried.filter((result) => result === null).length).toBeLessThanOrEqual(1);
        expect(await other.whileAlone('tests', async () => one.whileAlone('tests', async () => 'both'))).toEqual({ result: null });
        expect(await one.whileAlone('tests', async () => 'done')).toEqual({ result: 'done' });
      }
      let begun = () => {};
      const hasBegun = new Promise<void>((resolve) => { begun = resolve; });
      const reason = other.whileAlone('tests', (lost) => new Promise((resolve) => {
        lost.addEventListener('abort', () => resolve(lost.reason));
        begun();
      }));
      await hasBegun;
      expect(await one.whileAlone('tests', async () => 'done')).toBeNull();
      await cluster.nodes[2]?.kill();
      expect((await reason)?.result).toBeInstanceOf(Error);
      await eventually(async () => expect(await one.whileAlone('tests', async () => 'done')).toEqual({ result: 'done' }), TAKEN_OVER_WITHIN_MS);
    } finally {
      await cluster.nodes[2]?.start();
      await one.close();
      await other.close();
    }
  }, 3 * MINUTE_MS);

  it.each([['of one of them', 1], ['of neither', 2]] as const)('lose nothing and do nothing twice while the node %s is killed and comes again', async (_, victim) => {
    let turn = 0;
    load = startLoad((query, variables) => ((turn += 1) % 2 === 0 ? here.ask('admin', query, variables) : askThere(query, variables)));
    await answered(load, 100);
    const file = ['company', ...Array.from({ length: COMPANIES }, (_, n) => `Company ${victim}-${n}`)].join('\n');
    const { id } = await checked(here, file, { subject: 'COMPANIES' });
    await writeLog(here.database, victim);
    await Promise.all([synchronised(here), askThere('mutation { syncProvider(name: "shop", full: true) { userErrors { code } } }')]);
    await importing(here, `commitImport(id: "${id}")`);
    await cluster.nodes[victim]?.kill();

    // The other instance goes on, and what was under way ends.
    await answered(load, 200);
    let job = await settled(here, id, 60);
    if (job.state !== 'COMMITTED') job = await step(here, 'commitImport', id);
    expect([job.state, await companies(victim)]).toEqual(['COMMITTED', COMPANIES]);
    if (victim === 1) expect((await askThere(SEATS)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });

    await cluster.nodes[victim]?.start();
    await eventually(async () => expect(await seatsThere()).not.toBeNull(), RECOVERED_WITHIN_MS);
    await answered(load, 200);
    await load.stop();
    expect(load.wrong).toEqual([]);
    expect([...load.failures.keys()].filter((failure) => failure !== 'UNAVAILABLE')).toEqual([]);
    expect(await seatsThere()).toBe((await here.ask('admin', SEATS)).data.license.seats);
    await expectNothingLostOrTwice(here.database, load);
    expect(await synchronised({ ask: (_account, query) => askThere(query) })).toMatchObject({ state: 'FRESH', licenses: LICENSES, missing: 0, rejected: 0 });
    await eventually(async () => expect((await watermarkOf(here.database))?.readThrough).toBeGreaterThanOrEqual(victim * 1000), TAKEN_OVER_WITHIN_MS);
  }, 5 * MINUTE_MS);

  it('leave a roll-up of activity that is as the log is', async () => {
    await there.stop('SIGTERM');
    const alone = await openDatabase({ environment: { ...environmentOf(cluster.nodes[2]), ACTIVITY_ROLLUP: '0' }, drop: async () => {} });
    try {
      await here.stop();
      expect(await compareRollup(alone, { repair: false, clock: () => new Date() })).toMatchObject({ missing: 0, surplus: 0 });
      expect(Number((await alone.read(sql`select count(*) as n from sw_user_activity`))[0]?.['n'])).toBe(2);
    } finally {
      await alone.close();
    }
  }, 2 * MINUTE_MS);

  async function answered(of: Load, more: number): Promise<void> {
    const before = of.answers;
    await eventually(() => expect(of.answers).toBeGreaterThan(before + more), MINUTE_MS);
  }

  async function companies(victim: number): Promise<number> {
    const [row] = await here.database.read(sql`select count(*) as n from ${tableReference(here.database.tables.company)} where company_name like ${`Company ${victim}-%`}`);
    return Number(row?.['n']);
  }

  /** An entry with an id that ends in a thousand, of a user of its own. */
  async function writeLog(database: Database, victim: number): Promise<void> {
    await database.transaction(({ manager }) => manager.query(
      `insert into ${tableReference(database.tables.activity).sql} (id, user_id, timestamp, action, status) values (?, ?, '2026-06-01 12:00:00', 'login', 'ok')`, [victim * 1000, victim]));
  }
});
