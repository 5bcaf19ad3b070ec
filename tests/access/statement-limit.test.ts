import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql, { join } from 'sql-template-tag';
import { ScopedDatabase } from '../../server/db/scoped.js';
import { startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onMariaDb, runSql, sqlite, type DatabaseKind } from '../support/databases.js';
import { round, user } from '../support/rows.js';

/** The analyst's statements are cancelled after one second, the administrator's after three, everybody else's after a minute. */
const ENVIRONMENT = {
  STATEMENT_TIMEOUT_SECONDS: '60', DATABASE_POOL_SIZE: '3',
  LIMITS_BY_ROLE: JSON.stringify({ ANALYST: { statementSeconds: 1 }, ADMIN: { statementSeconds: 3 } }),
};
/** Reads the activity log, which a test makes endless. */
const QUESTION = '{ activeUserStats(windowDays: 3660) { totals: byOwner(first: 1) { stats { activeUsers } } } }';
const QUICK = '{ licenses { totalCount } }';
/** Beyond a limit: the server's own clock, and what else the machine does. */
const PATIENCE_SECONDS = 8;

const rows = {
  company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }], product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [round({ id: 1, company_id: 1 })], user: Array.from({ length: 40 }, (_, index) => user(index + 1, { company_id: 1 })),
};

async function timed(work: Promise<Answer>): Promise<Answer & { seconds: number }> {
  const started = performance.now();
  return { ...(await work), seconds: (performance.now() - started) / 1000 };
}

function expectCancelled({ errors, seconds }: Answer & { seconds: number }, limit: number): void {
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit: { name: 'statementSeconds', value: limit } });
  expect(errors?.[0]?.message).toContain(`your limit is ${limit}`);
  expect(JSON.stringify(errors)).not.toMatch(/select|app_log|max_statement_time/i);
  expect(seconds).toBeGreaterThan(limit - 0.1);
  expect(seconds).toBeLessThan(limit + PATIENCE_SECONDS);
}

onMariaDb('a statement that would run for minutes', (kind) => {
  let app: TestApp;
  /** Its name stands in every statement over the log, and in no other. */
  let schema: string;
  beforeAll(async () => {
    const keeping: DatabaseKind = { ...kind, create: async () => {
      const database = await kind.create();
      schema = database.environment['APP_LOG_TABLE']?.split('.')[0] ?? '';
      return database;
    } };
    app = await startTestApp(keeping, { rows, environment: ENVIRONMENT });
    // The customer's log may be a view. This one has 10^12 rows, none of which is stored: counting them takes hours.
    await runSql(`drop table ${schema}.app_log`, `create view ${schema}.app_log as
      select a.seq as id, 1 + (a.seq + b.seq) % 40 as user_id, timestamp('2026-06-01') + interval b.seq second as timestamp, 'login' as action, 'ok' as status
      from ${schema}.seq_1_to_1000000 a, ${schema}.seq_1_to_1000000 b`);
  });
  afterAll(() => app.stop());

  /** The statements over the log that the server runs at this moment, as its process list shows them. */
  const running = async () => {
    const [list] = (await runSql(`select info from information_schema.processlist where info like '%${schema}%' and info not like '%processlist%'`)) as [{ info: string }[]];
    return list ?? [];
  };
  async function until(wanted: number): Promise<number> {
    const end = performance.now() + 1000 * PATIENCE_SECONDS;
    let seen = await running();
    while (seen.length !== wanted && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen = await running();
    }
    return seen.length;
  }

  it('is seen in the process list, cancelled there at the limit of the role, and gone from the list', async () => {
    const asked = timed(app.ask('analyst', QUESTION));
    expect(await until(1)).toBe(1);
    expectCancelled(await asked, 1);
    expect(await until(0)).toBe(0);
  });

  it('has the limit of whoever asks', async () => {
    expectCancelled(await timed(app.ask('admin', QUESTION)), 3);
    expectCancelled(await timed(app.ask('analyst', QUESTION)), 1);
  });

  it('leaves the connections to others, with their own limits', async () => {
    // More at once than there are connections.
    const answers = await Promise.all([...Array.from({ length: 6 }, () => timed(app.ask('analyst', QUESTION))), timed(app.ask('viewer', QUICK))]);
    expect(answers.at(-1)?.data).toEqual({ licenses: { totalCount: 1 } });
    for (const answer of answers.slice(0, -1)) expect(answer.errors?.[0]?.extensions['code']).toBe('QUERY_TOO_LARGE');
    expect(await until(0)).toBe(0);
    for (let tries = 0; tries < 6; tries += 1) expect((await app.ask('viewer', QUICK)).data).toEqual({ licenses: { totalCount: 1 } });
  });

  it('does not limit what is written afterwards on the same connection', async () => {
    const limit = sql`select @@session.max_statement_time as seconds`;
    const limits = async (of: () => Promise<Record<string, unknown>[]>) => (await Promise.all(Array.from({ length: 3 }, of))).map(([row]) => Number(row?.['seconds']));
    expect(await limits(() => app.database.read(limit, 1))).toEqual([1, 1, 1]);
    expect(await limits(() => app.database.transaction(({ read }) => read(limit)))).toEqual([60, 60, 60]);
    expect(await limits(() => app.database.read(limit, 2))).toEqual([2, 2, 2]);
    expect(await limits(() => app.database.transaction(({ manager }) => manager.query(limit.sql)))).toEqual([60, 60, 60]);
    const { data } = await app.ask('admin', 'mutation { createPartner(input: { name: "P" }) { userErrors { code } } }');
    expect(data).toEqual({ createPartner: { userErrors: [] } });
  });
});

describe('a statement that would run for minutes on SQLite', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(sqlite, { rows: { ...rows, user: [] }, environment: ENVIRONMENT });
  });
  afterAll(() => app.stop());

  /** Every log row with every other, and each pair with every other: 8 * 10^12 combinations. */
  async function endless(seconds: number): Promise<{ failure: unknown; seconds: number }> {
    const db = new ScopedDatabase(app.database, { kind: 'everything' }, seconds);
    const tables = ['a', 'b', 'c'].map((alias) => db.table('activity', alias));
    const started = performance.now();
    const failure = await db.read(sql`select count(*) as n from ${join(tables, ' join ')} where a.id + b.id + c.id < 0`).then(() => null, (error: unknown) => error);
    return { failure, seconds: (performance.now() - started) / 1000 };
  }

  it('is cancelled by the database itself, which answers the next one', async () => {
    await app.database.transaction(({ manager }) => manager.query(`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
      insert into fido1.app_log (user_id, timestamp, action, status) select i % 40 + 1, '2026-06-10 10:00:00', 'login', 'ok' from n`));
    const { failure, seconds } = await endless(1);
    expect(failure).toMatchObject({ name: 'DatabaseError', fault: 'timeout', limitSeconds: 1 });
    expect(seconds).toBeGreaterThan(0.9);
    expect(seconds).toBeLessThan(1 + PATIENCE_SECONDS);
    expect((await app.ask('analyst', QUICK)).data).toEqual({ licenses: { totalCount: 1 } });
  });

  it('has time until its own limit, not until that of the one before', async () => {
    await endless(1);
    const answer = await timed(app.ask('viewer', '{ activeUserStats(windowDays: 3660) { byOwner(first: 1) { stats { activeUsers } } } }'));
    expect(answer.errors).toBeUndefined();
  });
});
