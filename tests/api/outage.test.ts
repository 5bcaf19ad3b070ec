import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { raw } from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { onOwnMariaDb, startOwnMariaDb, type OwnMariaDb } from '../support/own-mariadb.js';
import { round } from '../support/rows.js';

const QUERY = '{ licenses { totalCount nodes { id } } }';
const STATEMENT_SECONDS = 1;
/** What must not be told: statements, addresses, the driver's words. */
const telltale = /select|license_records|127\.0\.0\.1|ECONN|ETIMEDOUT|PROTOCOL|mysql|maria|socket|pool/i;

interface Reply {
  status: number;
  code: unknown;
  text: string;
  retryAfter: string | null;
  seconds: number;
}

/** One life of a server whose database is killed, hangs, and comes back; the steps build on each other. */
onOwnMariaDb('an outage of the database', () => {
  let server: OwnMariaDb;
  let app: TestApp;
  let authorization: string;
  beforeAll(async () => {
    server = await startOwnMariaDb();
    const create = async () => ({ environment: { DATABASE_URL: `${server.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' }, drop: async () => {} });
    app = await startTestApp({ name: 'MariaDB', create }, {
      environment: { STATEMENT_TIMEOUT_SECONDS: String(STATEMENT_SECONDS) },
      rows: { company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }], license: [round({ id: 1, company_id: 1 })] },
    });
    authorization = `Bearer ${await app.tokenOf('admin')}`;
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
  });

  async function ask(query = QUERY): Promise<Reply> {
    const started = performance.now();
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify({ query }), signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    const errors = (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors;
    return {
      status: response.status, code: errors?.[0]?.extensions.code, text, retryAfter: response.headers.get('retry-after'), seconds: (performance.now() - started) / 1000,
    };
  }
  const health = async (page: string) => (await fetch(`${app.url}/health/${page}`, { signal: AbortSignal.timeout(15_000) })).status;
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  function expectUnavailable(reply: Reply): void {
    expect([reply.code, telltale.test(reply.text)]).toEqual(['UNAVAILABLE', false]);
    expect(reply.text).toContain('"requestId"');
    expect(reply.seconds).toBeLessThan(STATEMENT_SECONDS + 9);
  }

  async function expectRecovery(): Promise<void> {
    const until = Date.now() + 5000;
    let reply = await ask();
    while (reply.code !== undefined && Date.now() < until) {
      await wait(100);
      reply = await ask();
    }
    expect([reply.status, JSON.parse(reply.text)]).toEqual([200, { data: { licenses: { totalCount: 1, nodes: [{ id: '1' }] } } }]);
    expect(await health('ready')).toBe(200);
  }

  it('is not there at first', async () => expect((await ask()).code).toBeUndefined());

  it('by a killed database answers UNAVAILABLE, also to many at once', async () => {
    await server.kill();
    for (const reply of await Promise.all(Array.from({ length: 50 }, () => ask()))) expectUnavailable(reply);
    expectUnavailable(await ask('mutation { createPartner(input: { name: "x" }) { partner { id } } }'));
  });

  it('answers 503 with Retry-After once nobody can tell who asks', async () => {
    await wait(2100);
    const reply = await ask();
    expectUnavailable(reply);
    expect([reply.status, reply.retryAfter]).toEqual([503, '5']);
  });

  it('locks nobody out who signs in meanwhile', async () => {
    const reply = await ask('mutation { signIn(input: { email: "admin@example.com", password: "x" }) { accessToken } }');
    expectUnavailable(reply);
  });

  it('shows at /health/ready, not at /health/live', async () => {
    expect([await health('ready'), await health('live')]).toEqual([503, 200]);
  });

  it('ends by itself within 5 seconds of the database', async () => {
    await server.start();
    await expectRecovery();
  }, 60_000);

  it('by a network that is gone ends in an answer too, and by itself', async () => {
    server.freeze();
    for (const reply of await Promise.all(Array.from({ length: 20 }, () => ask()))) expectUnavailable(reply);
    expect(await health('ready')).toBe(503);
    server.thaw();
    await expectRecovery();
  }, 60_000);

  it('in the midst of a change leaves all of it or nothing', async () => {
    server.freeze();
    expectUnavailable(await ask('mutation { createPartner(input: { name: "half" }) { partner { id } } }'));
    server.thaw();
    await expectRecovery();
    const { text } = await ask('{ partners(filter: { name: { eq: "half" } }) { totalCount } }');
    expect(JSON.parse(text)).toEqual({ data: { partners: { totalCount: 0 } } });
  }, 60_000);

  it('between two statements of a change is told by the second', async () => {
    const failure = await app.database.transaction(async ({ manager }) => {
      const [{ id }] = await manager.query('select connection_id() as id');
      await app.database.read(raw(`kill ${id}`));
      await wait(500);
      await manager.query('select 1');
    }).then(() => null, (error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DatabaseError', fault: 'unavailable' });
  });

  it('is what a statement over the limit is answered with', async () => {
    const failure = await app.database.transaction(({ manager }) => manager.query('select sleep(5)')).then(() => null, (error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DatabaseError', fault: 'timeout' });
  });
});
