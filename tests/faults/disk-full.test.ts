import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { raw } from 'sql-template-tag';
import type { Database } from '../../server/db/database.js';
import { isOutage, outageAnswer } from '../../server/errors.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { sqlite, type TestDatabase } from '../support/databases.js';
import { onOwnMariaDb, startOwnMariaDb, type OwnMariaDb } from '../support/own-mariadb.js';
import { openDatabase } from '../support/rollup.js';

const MINUTE_MS = 60_000;
const MESSAGE = 'The disk of the database is full: nothing was changed. Whoever runs it has to make room; then try again.';
const roomFor = (megabytes: number) => `--innodb-data-file-path=ibdata1:12M:autoextend:max:${megabytes}M`;
/** A text of a tenth of a megabyte. */
const LARGE = "repeat('x', 100000)";

onOwnMariaDb('without room in its files, a database', () => {
  let server: OwnMariaDb;
  let app: TestApp;
  const run = (statement: string) => app.database.transaction(({ manager }) => manager.query(statement));
  beforeAll(async () => {
    // All tables in one file that may not grow beyond this: to the server the same as a disk that is full.
    server = await startOwnMariaDb(['--innodb-file-per-table=0', roomFor(64)]);
    const create = async () => ({ environment: { DATABASE_URL: `${server.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' }, drop: async () => {} });
    app = await startTestApp({ name: 'MariaDB', create }, { rows: { company: [{ id: 1, company_name: 'Before', active: 1, partner_id: null }] } });
    await app.tokenOf('admin');
  }, 2 * MINUTE_MS);
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
  });
  const create = (name: string) => app.ask('admin', `mutation { createCompany(input: { name: "${name}" }) { company { name } userErrors { message } } }`);
  /** How many there are, and the name of the first. */
  const companies = async () => {
    const { totalCount, nodes } = (await app.ask('admin', '{ companies(first: 1, orderBy: { field: ID, direction: ASC }) { totalCount nodes { name } } }')).data.companies;
    return { totalCount, first: nodes[0].name };
  };

  it('says so, changes nothing, answers reads, and takes changes again when there is room', async () => {
    await run('create table filler (id int auto_increment primary key, text_ longtext)');
    const fill = async () => {
      for (;;) await run(`insert into filler (text_) values (${LARGE})`);
    };
    await expect(fill()).rejects.toThrow(/full/);
    // Small rows still find room in pages that are begun.
    const refused = await untilRefused(() => create('Meanwhile'));
    expect(refused.errors).toMatchObject([{ message: MESSAGE, extensions: { code: 'UNAVAILABLE', retryAfter: 60 } }]);
    const meanwhile = await companies();
    expect(meanwhile.first).toBe('Before');
    await server.kill();
    await server.start([roomFor(128)]);
    await untilAnswers();
    expect((await create('Afterwards')).data.createCompany).toEqual({ company: { name: 'Afterwards' }, userErrors: [] });
    expect(await companies()).toEqual({ ...meanwhile, totalCount: meanwhile.totalCount + 1 });
  }, 2 * MINUTE_MS);

  async function untilAnswers(): Promise<void> {
    while ((await app.ask('admin', '{ companies(first: 1) { nodes { id } } }')).errors !== undefined) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  async function untilRefused(ask: () => ReturnType<TestApp['ask']>) {
    for (let tries = 0; tries < 5000; tries += 1) {
      const answer = await ask();
      if (answer.errors !== undefined) return answer;
    }
    throw new Error('There was room for everything.');
  }
});

describe('without room in its file, the embedded database', () => {
  let target: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    target = await sqlite.create();
    database = await openDatabase(target);
  });
  afterEach(async () => {
    await database.close();
    await target.drop();
  });
  const run = (statement: string) => database.transaction(({ manager }) => manager.query(statement));

  it('says so, keeps what was there, and takes changes again when there is room', async () => {
    await run('create table filler (bytes blob)');
    const limit = (pages: number) => database.transaction(({ manager }) => manager.query(`pragma max_page_count = ${pages}`));
    const [{ page_count: pages = 0 } = {}] = await database.transaction(({ manager }) => manager.query<{ page_count: number }[]>('pragma page_count'));
    await limit(pages + 10);
    const error: unknown = await run('insert into filler values (randomblob(1000000))').catch((failure: unknown) => failure);
    expect([isOutage(error), outageAnswer(error).message]).toEqual([true, MESSAGE]);
    expect(await database.read(raw('select count(*) as kept from filler'))).toEqual([{ kept: 0 }]);
    await limit(pages + 10_000);
    await run('insert into filler values (randomblob(1000000))');
    expect(await database.read(raw('select count(*) as kept from filler'))).toEqual([{ kept: 1 }]);
  });
});
