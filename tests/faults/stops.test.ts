import { afterEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { compareRollup } from '../../server/activity-rollup/compare.js';
import type { Database } from '../../server/db/database.js';
import { tableReference } from '../../server/db/tables.js';
import { PASSWORD, post } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { expectNothingLostOrTwice, startLoad, type Load } from '../support/load.js';
import { startProviderServer, type ProviderServer } from '../support/provider-server.js';
import { providerEnvironment, shownProvider, synchronised, until } from '../support/providers.js';
import { openDatabase, watermarkOf } from '../support/rollup.js';
import { insertRows, round } from '../support/rows.js';
import { compiledServer, processEnvironment, startServerProcess, type ServerProcess } from '../support/server-process.js';

const MINUTE_MS = 60_000;
/** More than three starts read: each begins with a batch of 100,000, then rests. */
const ENTRIES = 350_000;
const USERS = 1000;
const LICENSES = 200;
const ADMIN = { ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: PASSWORD };
/** How a request fails whose server has gone, or is going. */
const GONE = /ECONNREFUSED|ECONNRESET|EPIPE|other side closed|socket hang up|HTTP 503|UNAVAILABLE/;

const license = (n: number) => ({
  license_key: `KEY-${n}`, product_slug: 'forms', site_url: `https://site${n}.example/`, activation_limit: 5, activation_count: 2, purchase_date: '2025-03-01',
  expiration_date: '2027-02-28', renewal_price: '49.90', currency: 'eur', billing_interval: 'year', auto_renew: 1, last_check_in: null, status: 'valid',
});

onEachDatabase('a server that is stopped in the midst of mutations, the roll-up and a synchronisation', (kind) => {
  let provider: ProviderServer;
  let running: ServerProcess | undefined;
  let load: Load | undefined;
  let cleanUp: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await load?.stop();
    await running?.stop('SIGKILL');
    await cleanUp?.();
    await provider?.stop();
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('%s: what it acknowledged is there, nothing is there twice, and everything goes on where it was', async (signal) => {
    provider = await startProviderServer({ licenses: Array.from({ length: LICENSES }, (_, n) => license(n)) });
    const target = await kind.create();
    const database = await openDatabase(target);
    cleanUp = async () => {
      await database.close();
      await target.drop();
    };
    await insertRows(database, {
      company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }],
      license: [round({ id: 1, company_id: 1, number_of_licenses: 10 })],
    });
    await writeLog(database);
    const environment = processEnvironment({ ...ADMIN, ...target.environment, ...providerEnvironment(provider), RATE_LIMIT_PER_MINUTE: '100000' });
    const program = compiledServer();
    // It takes its time between the batches, so that it is not through before the last stop.
    const begin = async (share = '0.05') => { running = await startServerProcess({ ...environment, ACTIVITY_ROLLUP_SHARE: share }, program); };
    await begin();
    const signedIn = await post(running?.url ?? '', null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: ADMIN.ADMIN_EMAIL, password: PASSWORD } });
    const ask = (query: string, variables?: Record<string, unknown>) => post(running?.url ?? '', signedIn.data.signIn.accessToken, query, variables);
    const app = { ask: (_: string | null, query: string) => ask(query), database };
    load = startLoad(ask);
    const answered = async (more: number, of: Load) => {
      const before = of.answers;
      await until(async () => (of.answers >= before + more ? true : null), MINUTE_MS);
    };

    const readSoFar: number[] = [];
    for (let stops = 0; stops < 3; stops += 1) {
      provider.fail({ kind: 'slow', milliseconds: 20, only: 'list', times: LICENSES });
      await until(async () => ((await ask('mutation { syncProvider(name: "shop") { userErrors { code } } }')).data?.syncProvider.userErrors.length === 0 ? true : null), MINUTE_MS);
      await answered(50, load);
      // The last time, the roll-up has come some way.
      if (stops === 2) await until(async () => ((await watermarkOf(database))?.readThrough ? true : null), MINUTE_MS);
      readSoFar.push((await shownProvider(app)).licenses);
      expect([await running?.stop(signal), (await watermarkOf(database))?.completeSince ?? null]).toEqual([signal === 'SIGTERM' ? 0 : null, null]);
      await begin(stops === 2 ? '1' : undefined);
    }
    expect(readSoFar.every((licenses, stops) => licenses > (readSoFar[stops - 1] ?? 0) && licenses < LICENSES)).toBe(true);

    await answered(50, load);
    await load.stop();
    expect(load.wrong).toEqual([]);
    expect([...load.failures.keys()].filter((failure) => !GONE.test(failure))).toEqual([]);
    await expectNothingLostOrTwice(database, load);

    provider.forgive();
    expect(await synchronised(app)).toMatchObject({ state: 'FRESH', licenses: LICENSES, missing: 0, rejected: 0 });
    const { data } = await ask('{ unifiedLicenses(filter: { source: [EXTERNAL] }) { totalCount } }');
    expect(data.unifiedLicenses.totalCount).toBe(LICENSES);

    await until(async () => ((await watermarkOf(database))?.completeSince == null ? null : true), MINUTE_MS);
    await running?.stop(signal);
    expect(await compareRollup(database, { repair: false, clock: () => new Date() })).toEqual({ through: ENTRIES, missing: 0, surplus: 0 });
    const [{ users } = {}] = await database.read(sql`select count(*) as users from sw_user_activity`);
    expect(Number(users)).toBe(USERS);
  }, 4 * MINUTE_MS);
});

/** Entries of all users, on four days. */
async function writeLog(database: Database): Promise<void> {
  const digits = Array.from({ length: 10 }, (_, digit) => `select ${digit} as n`).join(' union all ');
  const days = ['2026-03-01', '2026-03-02', '2026-05-30', '2026-06-01'].map((day, at) => `when ${at} then '${day} 12:00:00'`).join(' ');
  const { activity } = database.tables;
  await database.transaction(({ manager }) => manager.query(`
    insert into ${tableReference(activity).sql} (id, user_id, timestamp, action, status)
    select x.id, x.id % ${USERS} + 1, case x.id % 4 ${days} end, 'login', 'ok' from (
      select 1 + a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n as id
      from (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) d, (${digits}) e, (${digits}) f
    ) x where x.id <= ${ENTRIES}`));
}
