import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../../server/db/database.js';
import { onEachDatabase, onMariaDb, runSql, type TestDatabase } from '../support/databases.js';
import { openDatabase } from '../support/rollup.js';

/** Enough that a lock which is let go a moment late meets one of them. */
const TURNS = 100;

onEachDatabase('work that only one instance may do', (kind) => {
  let target: TestDatabase;
  let [one, other]: Database[] = [];
  const alone = async (name = 'tests') => (await (other as Database).whileAlone(name, async () => 'done'))?.result ?? null;
  beforeEach(async () => {
    target = await kind.create();
    [one, other] = [await openDatabase(target), await openDatabase(target)];
  });
  afterEach(async () => {
    await one?.close();
    await other?.close();
    await target.drop();
  });

  it('is refused to another while it goes on, and other work is not', async () => {
    const held = await one?.whileAlone('tests', async () => [await alone(), await alone('other tests')]);
    expect(held).toEqual({ result: [null, 'done'] });
  });

  it('is free for another directly after it has ended, every time', async () => {
    const taken: (string | null)[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await one?.whileAlone('tests', async () => undefined);
      taken.push(await alone());
    }
    expect(taken).toEqual(Array.from({ length: TURNS }, () => 'done'));
  });

  it('is free directly after it has failed, and the failure is told', async () => {
    await expect(one?.whileAlone('tests', () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed');
    expect(await alone()).toBe('done');
  });
});

onMariaDb('a lock whose connection is killed', (kind) => {
  it('tells the work that it is no longer alone', async () => {
    const target = await kind.create();
    const database = await openDatabase(target);
    try {
      const reason = await database.whileAlone('tests', async (lost) => {
        const isLost = new Promise<unknown>((resolve) => lost.addEventListener('abort', () => resolve(lost.reason)));
        const schema = new URL(target.environment['DATABASE_URL'] ?? '').pathname.slice(1);
        const [[holder]] = (await runSql(`select is_used_lock('seatwise ${schema} tests') as id`)) as [[{ id: number }]];
        await runSql(`kill ${holder.id}`);
        return isLost;
      });
      expect(reason?.result).toBeInstanceOf(Error);
    } finally {
      await database.close();
      await target.drop();
    }
  });
});
