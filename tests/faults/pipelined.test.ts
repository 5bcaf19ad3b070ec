import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database, type Transaction } from '../../server/db/database.js';
import { number } from '../../server/db/decode.js';
import { cuttable, type Cuttable } from '../support/cuttable.js';
import { mysqlServer, onEachDatabase, onMariaDb, runSql, type DatabaseKind, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { run } from '../support/trials.js';

const BASE = { DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256' };
const ROWS = 50;
const INSERT = `insert into piped (id, name) values ${Array.from({ length: ROWS }, () => '(?, ?)').join(', ')}`;

/** The rows of one statement: ids that follow each other. */
const cells = (first: number, name = 'n'): (string | number)[] => Array.from({ length: ROWS }, (_, index) => [first + index, `${name}${first + index}`]).flat();

/** A database with one connection and an empty table. */
async function open(target: TestDatabase, environment: Record<string, string> = {}): Promise<Database> {
  const database = await Database.open(readConfig({ ...BASE, DATABASE_POOL_SIZE: '1', ...target.environment, ...environment }));
  await run(database, 'create table if not exists piped (id int primary key, name varchar(255) not null)');
  await run(database, 'delete from piped');
  return database;
}

const count = async (database: Database) => number((await database.read(sql`select count(*) as n from piped`))[0] ?? {}, 'n');

onEachDatabase('inserts that are not waited for', (kind: DatabaseKind) => {
  let target: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    target = await kind.create();
    database = await open(target);
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });

  /** All at once, many of them with one text; what became of each. */
  const all = (work: (tx: Transaction) => Promise<unknown>[]) => database.pipelined(async (tx) => {
    const results = await Promise.allSettled(work(tx));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  });

  it('are all there, with reads and other statements between them', async () => {
    const names: unknown[] = [];
    await database.pipelined(async (tx) => {
      for (let batch = 0; batch < 40; batch += 1) {
        const inserting = tx.insert(INSERT, cells(1 + batch * ROWS));
        const reading = batch % 3 === 0 ? tx.read(sql`select name as name from piped where id = ${1 + batch * ROWS}`) : Promise.resolve([]);
        const other = batch % 5 === 0 ? tx.insert('insert into piped (id, name) values (?, ?)', [10_000 + batch, 'größer 🚀']) : Promise.resolve();
        // Every second one is waited for: one is always under way when the next one comes.
        names.push(...(await reading).map((row) => row['name']));
        if (batch % 2 === 0) await Promise.all([inserting, other]);
        else void Promise.all([inserting, other]).catch(() => undefined);
      }
    });
    expect(await count(database)).toBe(40 * ROWS + 8);
    expect(names).toEqual(Array.from({ length: 14 }, (_, index) => `n${1 + index * 3 * ROWS}`));
    expect(await database.read(sql`select count(*) as n from piped where id < 10000 and name <> ${database.dialect.concat([sql`'n'`, database.dialect.asText(sql`id`)])}`)).toEqual([{ n: 0 }]);
    expect(await database.read(sql`select name as name from piped where id = 10035`)).toEqual([{ name: 'größer 🚀' }]);
    await run(database, 'delete from piped');
  });

  it('leave nothing behind when one of them fails, wherever it stands', async () => {
    for (const failing of [0, 1, 5]) {
      const batches = Array.from({ length: 6 }, (_, batch) => cells(1 + batch * ROWS));
      const bad = [...(batches[failing] ?? [])];
      bad[3] = null as unknown as string;
      await expect(all((tx) => batches.map((values, batch) => tx.insert(INSERT, batch === failing ? bad : values)))).rejects.toThrow();
      expect(await count(database)).toBe(0);
    }
    // The connection is as good as new.
    await all((tx) => [tx.insert(INSERT, cells(1)), tx.insert(INSERT, cells(1 + ROWS))]);
    expect(await count(database)).toBe(2 * ROWS);
    await run(database, 'delete from piped');
  });
});

onMariaDb('inserts that are on their way', (kind) => {
  let target: TestDatabase;
  let way: Cuttable;
  let database: Database;
  let schema: string;
  beforeAll(async () => {
    target = await kind.create();
    schema = new URL(target.environment['DATABASE_URL'] ?? '').pathname.slice(1);
    way = await cuttable(mysqlServer ?? '');
    const url = new URL(target.environment['DATABASE_URL'] ?? '');
    url.port = new URL(way.url).port;
    await open(target).then((direct) => direct.close());
    database = await open(target, { DATABASE_URL: url.href });
  });
  afterAll(async () => {
    await database.close();
    await way.stop();
    await target.drop();
  });

  const waiting = async () => Number(((await runSql(`select count(*) as n from information_schema.processlist where info like 'insert into piped%' and db = '${schema}'`)) as [[{ n: number }]])[0][0].n) > 0;
  const large = (first: number) => cells(first, 'x'.repeat(240));

  it('are sent before the one ahead of them is done, and are taken back when the server ends the transaction', async () => {
    const rival = await Database.open(readConfig({ ...BASE, DATABASE_POOL_SIZE: '1', ...target.environment }));
    let isSent = false;
    let outcomes: string[] = [];
    try {
      // The other transaction is the larger one: the server ends ours. It locks no row or gap below 5000 yet.
      await run(rival, `insert into piped (id, name) select seq, 'rival' from seq_5000_to_5400`);
      const ended = rival.transaction(async ({ manager }) => {
        await manager.query(`update piped set name = 'changed' where id > 5000`);
        await manager.query(`insert into piped (id, name) values (120, 'rival')`);
        const outcome = database.pipelined(async (tx) => {
          await tx.insert(INSERT, cells(1));
          const blocked = tx.insert(INSERT, large(100));
          await eventually(async () => expect(await waiting()).toBe(true));
          const before = way.sent();
          const ahead = tx.insert(INSERT, large(200));
          await eventually(() => expect(way.sent() - before).toBeGreaterThan(ROWS * 240));
          isSent = true;
          outcomes = (await Promise.allSettled([blocked, ahead])).map(({ status }) => status);
          await blocked;
        }).catch((error: unknown) => error);
        await eventually(() => expect(isSent).toBe(true));
        // Our transaction holds row 1 and waits for this one, which now waits for it.
        await manager.query(`update piped set name = 'rival' where id = 1`);
        return { outcome };
      });
      expect(await (await ended).outcome).toMatchObject({ name: 'DatabaseError' });
      // The insert that waited was ended with its transaction; the one behind it ran by itself.
      expect(outcomes).toEqual(['rejected', 'fulfilled']);
      expect(await count(rival)).toBe(402);
      expect(await count(database)).toBe(402);
      // Nothing is left open: what somebody else writes now is seen at once, and what is written here is written.
      expect(await database.read(sql`select @@autocommit as autocommit, @@in_transaction as inside`)).toEqual([{ autocommit: 1, inside: 0 }]);
    } finally {
      await rival.close();
    }
  });
});
