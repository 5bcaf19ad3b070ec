import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PASSWORD, post } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { openDatabase } from '../support/rollup.js';
import { insertRows, round } from '../support/rows.js';
import { compiledServer, processEnvironment, startServerProcess, type ServerProcess } from '../support/server-process.js';
import { openStream } from '../support/streams.js';

const ADMIN = { ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: PASSWORD };
const METRICS_TOKEN = 'a token for the scraper';
const rows = {
  company: [{ id: 1, company_name: 'Acme', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [round({ id: 1, company_id: 1, number_of_licenses: 10 })], activity: [seen(1, 1, '2026-06-01 10:00:00')],
};

/** Other tests run the sources; this one what is built of them and of the libraries, and is installed. */
onEachDatabase('the built server', (kind) => {
  let target: TestDatabase;
  let server: ServerProcess;
  let environment: Record<string, string>;
  let token: string;
  beforeAll(async () => {
    target = await kind.create();
    const database = await openDatabase(target);
    await insertRows(database, rows);
    await database.close();
    environment = processEnvironment({ ...ADMIN, ...target.environment, METRICS_TOKEN });
    const program = compiledServer();
    expect(program).toEqual(['dist/server/index.js']);
    server = await startServerProcess(environment, program);
    const { data } = await post(server.url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: ADMIN.ADMIN_EMAIL, password: PASSWORD } });
    token = data.signIn.accessToken;
  }, 60_000);
  afterAll(async () => {
    await server?.stop('SIGKILL');
    await target?.drop();
  });
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });

  it('answers queries and refuses changes of what has changed', async () => {
    expect((await post(server.url, token, '{ licenses { nodes { id seats } totalCount } dashboard { totalLicenses } }')).data).toEqual({
      licenses: { nodes: [{ id: '1', seats: 10 }], totalCount: 1 }, dashboard: { totalLicenses: 10 },
    });
    const { data } = await post(server.url, token, 'mutation { updateLicense(id: 1, etag: "x", input: { seats: 7 }) { userErrors { code } } }');
    expect(data.updateLicense.userErrors).toEqual([{ code: 'CONFLICT' }]);
  });

  it('writes files, streams changes, tells its figures and sends the client', async () => {
    expect(await (await get('/exports/companies.csv')).text()).toContain('1,Acme,1,,');
    expect(Buffer.from(await (await get('/exports/companies.xlsx')).arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
    const stream = openStream(server, token, 'subscription { dashboardChanged { causes } }');
    expect(await stream.next()).toEqual({ dashboardChanged: { causes: [] } });
    stream.close();
    expect(await (await get('/metrics', { authorization: `Bearer ${METRICS_TOKEN}` })).text()).toContain('seatwise_');
    const page = await get('/', { 'accept-encoding': 'br' });
    expect([page.status, page.headers.get('content-encoding')]).toEqual([200, 'br']);
  });

  it('is compared with the log by the command', async () => {
    await server.stop('SIGTERM');
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['.scripts/rollup.mjs', 'repair'], { env: { ...process.env, NODE_OPTIONS: '', ...environment } });
    expect(stdout).toContain('The roll-up is as the log is');
  }, 60_000);
});
