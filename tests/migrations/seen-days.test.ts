import { afterEach, beforeEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import type { QueryRunner } from 'typeorm';
import type { Database } from '../../server/db/database.js';
import { createSeenDays } from '../../server/db/migrations/15000-seen-days.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { openDatabase, storedRollup } from '../support/rollup.js';

/** A row of the table before: user, first day of the block, and a bit for each day. */
type Before = [user: number, block: number, bits: bigint];

const rows: Before[] = [
  [1, 20_538, 3n], [2, 20_538, 2n ** 62n], [2, 20_475, 2n ** 62n + 1n], [31, 20_538, 1n], [32, 20_538, 4n], [-1, 20_538, 1n], [-32, 20_538, 2n],
  // On either side of where one part of the work ends, and one of whom no day is known.
  [99_999, 20_538, 1n], [100_000, 20_538, 1n], [7, 0, 0n],
];
/** The same, a row for 32 users, without the numbers of the groups: those of users below zero are the databases' own. */
const expected = [
  { block: 0, whole: 0 },
  { block: 20_475, whole: 4, d0: 4, d62: 4 },
  { block: 20_538, whole: 2 ** 31 + 2 + 4, d0: 2 ** 31 + 2, d1: 2, d62: 4 },
  { block: 20_538, whole: 1, d2: 1 },
  { block: 20_538, whole: 2 ** 31 + 1, d0: 2 ** 31, d1: 1 },
  { block: 20_538, whole: 2 ** 31, d0: 2 ** 31 },
  { block: 20_538, whole: 1, d0: 1 },
];

onEachDatabase('days that were kept user by user', (kind) => {
  let target: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    target = await kind.create();
    database = await openDatabase(target);
    await migration((one, runner) => one.down(runner));
    await write(`insert into sw_user_days (user_id, block, bits) values ${rows.map((row) => `(${row.join(', ')})`).join(', ')}`);
  });
  afterEach(async () => {
    await database.close();
    await target.drop();
  });

  const write = (statement: string) => database.transaction(({ manager }) => manager.query(statement));
  const migration = (work: (one: InstanceType<ReturnType<typeof createSeenDays>>, runner: QueryRunner) => Promise<void>) =>
    database.transaction(async ({ manager }) => work(new (createSeenDays(database.dialect))(), manager.queryRunner as QueryRunner));
  const days = async () => (await storedRollup(database)).days.map(({ user_group: _, ...row }) => row);
  const sorted = (list: object[]) => list.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

  it('are taken over', async () => {
    await migration((one, runner) => one.up(runner));
    expect(sorted(await days())).toEqual(sorted(expected));
  });

  it('are taken over though it ended in the middle before', async () => {
    await write('alter table sw_user_days rename to sw_user_days_taken');
    await write(database.dialect.createTable({ schema: null, name: 'sw_seen_days' }, ['block int not null']));
    await migration((one, runner) => one.up(runner));
    expect(sorted(await days())).toEqual(sorted(expected));
  });

  it('leave nothing behind when it is undone: the log is read anew', async () => {
    await migration((one, runner) => one.up(runner));
    await migration((one, runner) => one.down(runner));
    expect(await database.read(sql`select block from sw_user_days`)).toEqual([]);
    expect(await database.read(sql`select id from sw_activity_watermark`)).toEqual([]);
  });
});
