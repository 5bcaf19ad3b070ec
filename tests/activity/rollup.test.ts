import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareRollup } from '../../server/activity-rollup/compare.js';
import { followLog } from '../../server/activity-rollup/follow.js';
import { ActivityRollup } from '../../server/activity-rollup/rollup.js';
import type { Database } from '../../server/db/database.js';
import { startTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { openDatabase, rollUp, storedRollup, watermarkOf, writeEntry } from '../support/rollup.js';

const clock = () => new Date('2026-06-20T12:00:00Z');
const silent = { info: () => undefined, warn: () => undefined };
/** Day 63 × 326 of 1970-01-01: the first of its block. */
const BLOCK = 20_538;
const FIRST = '2026-03-26';

onEachDatabase('the roll-up of activity', (kind) => {
  let target: TestDatabase;
  let database: Database;
  const open = (environment: Record<string, string> = {}) => openDatabase(target, environment);
  beforeEach(async () => {
    target = await kind.create();
    database = await open();
    await writeEntry(database, { id: 10, user: 1, at: `${FIRST} 00:00:00` });
    await writeEntry(database, { id: 11, user: 1, at: '2026-03-27 23:59:59' });
    await writeEntry(database, { id: 12, user: 1, at: '2026-03-27 10:00:00' });
    // The last day of the block before, the last of this one, and nobody.
    await writeEntry(database, { id: 13, user: 2, at: '2026-03-25 23:59:59' });
    await writeEntry(database, { id: 15, user: 2, at: '2026-05-27 12:00:00' });
    await writeEntry(database, { id: 16, user: null, at: '2026-05-27 12:00:00' });
  });
  afterEach(async () => {
    await database.close();
    await target.drop();
  });

  it('keeps a bit for each day, and the latest activity', async () => {
    await rollUp(database, { entriesAtOnce: 2 });
    expect(await storedRollup(database)).toEqual({
      // User 1 is bit 1 of group 0, which is 2; user 2 is 4.
      days: [{ block: BLOCK - 63, user_group: 0, d62: 4, whole: 4 }, { block: BLOCK, user_group: 0, d0: 2, d1: 2, d62: 4, whole: 6 }],
      users: [{ user_id: 1, latest: '2026-03-27 23:59:59' }, { user_id: 2, latest: '2026-05-27 12:00:00' }],
    });
    expect(await watermarkOf(database)).toMatchObject({ zone: 'UTC', readThrough: 16, settledThrough: 16, latestAt: '2026-05-27 12:00:00', completeSince: expect.any(String) });
  });

  it('keeps 32 users in a row, whatever their numbers are', async () => {
    for (const [index, user] of [31, 32, 63, 64, -1, -32, -33].entries()) await writeEntry(database, { id: 20 + index, user, at: `${FIRST} 12:00:00` });
    await rollUp(database);
    const rows = (await storedRollup(database)).days.filter(({ block }) => block === BLOCK).map(({ d0 }) => d0);
    // Groups 0 (users 1 and 31), 1 (32 and 63), 2 (64), and those of -1 with -32, and of -33.
    expect(rows.sort((a = 0, b = 0) => a - b)).toEqual([1, 2 ** 31, 2 + 2 ** 31, 1 + 2 ** 31, 1 + 2 ** 31].sort((a, b) => a - b));
  });

  it('goes on where it was, and reads again only what has not settled', async () => {
    await rollUp(database);
    const before = await watermarkOf(database);
    await writeEntry(database, { id: 17, user: 1, at: '2026-05-01 00:00:00' });
    await rollUp(database, {}, Date.now() + 60_000);
    // The first reading finds entry 17, the second finds it settled, the third nothing.
    expect((await watermarkOf(database))?.entriesRead).toBe((before?.entriesRead ?? 0) + 2);
  });

  it('reads again what was read before it had settled, also while the log is read for the first time', async () => {
    let now = Date.parse('2026-06-20T12:00:00Z');
    const reading = followLog(database, { entriesAtOnce: 2, settleSeconds: 10, settledBelow: 1_000_000 }, () => new Date(now));
    await reading.next();
    now += 5000;
    // Its id was taken before the reading began; it is committed behind it.
    await writeEntry(database, { id: 9, user: 5, at: `${FIRST} 12:00:00` });
    now += 7000;
    while ((await reading.next()).done !== true);
    const mark = await watermarkOf(database);
    expect([mark?.completeSince, mark?.settledThrough]).toEqual([expect.any(String), 16]);
    expect(JSON.stringify(await storedRollup(database))).toContain('"user_id":5');
  });

  it('that has fallen far behind is caught up with in one reading, of which only the beginning is done again', async () => {
    await rollUp(database);
    const before = await watermarkOf(database);
    let now = Date.now() + 600_000;
    for (let id = 101; id <= 120; id += 1) await writeEntry(database, { id, user: 1, at: '2026-05-01 00:00:00' });
    const reading = followLog(database, { entriesAtOnce: 2, settleSeconds: 10, settledBelow: 0 }, () => new Date(now));
    // A batch takes five seconds: after the third, those that were read before the end of the log had settled are read again.
    while ((await reading.next()).done !== true) now += 5000;
    const mark = await watermarkOf(database);
    expect([mark?.readThrough, mark?.settledThrough]).toEqual([120, 120]);
    expect((mark?.entriesRead ?? 0) - (before?.entriesRead ?? 0)).toBe(20 + 3 * 2);
  });

  it('is made anew when days begin at another hour', async () => {
    await rollUp(database);
    const inTokyo = await open({ REPORT_TIMEZONE: 'Asia/Tokyo' });
    try {
      await rollUp(inTokyo);
      expect((await storedRollup(inTokyo)).days).toEqual([{ block: BLOCK, user_group: 0, d0: 6, d1: 2, d2: 2, d62: 4, whole: 6 }]);
      expect(await watermarkOf(inTokyo)).toMatchObject({ zone: 'Asia/Tokyo', settledThrough: 16 });
    } finally {
      await inTokyo.close();
    }
  }, 30_000);

  it('is read by one instance at a time, and by another when that one stops', async () => {
    const other = await open();
    const [first, second] = [new ActivityRollup(database, () => new Date()), new ActivityRollup(other, () => new Date())];
    try {
      first.start(silent);
      await eventually(async () => expect((await watermarkOf(database))?.readThrough).toBe(16));
      second.start(silent);
      await first.stop();
      await writeEntry(database, { id: 17, user: 3, at: '2026-05-01 00:00:00' });
      await eventually(async () => expect((await watermarkOf(database))?.readThrough).toBe(17), 20_000);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
      await other.close();
    }
  }, 40_000);

  describe('compared with the log', () => {
    it('is as the log is', async () => {
      await rollUp(database);
      expect(await compareRollup(database, { repair: false, clock })).toEqual({ through: 16, missing: 0, surplus: 0 });
    });

    it('is told to differ, and repaired', async () => {
      await rollUp(database);
      const right = await storedRollup(database);
      await database.transaction(async ({ manager }) => {
        await manager.query('update sw_seen_days set d1 = 0, d2 = 2 where block = ?', [BLOCK]);
        await manager.query('delete from sw_seen_days where block = ?', [BLOCK - 63]);
        await manager.query('insert into sw_seen_days (block, user_group, d0, whole) values (?, 9, 1, 1)', [BLOCK]);
        await manager.query(`insert into sw_user_activity (user_id, latest_at) values (77, '2026-01-01 00:00:00')`);
        await manager.query(`update sw_user_activity set latest_at = '2026-03-27 00:00:00' where user_id = 1`);
      });
      // Missing: user 1's second day, user 2's first row, user 1's hour; too much: user 1's third day, group 9, user 77.
      const differences = { through: 16, missing: 3, surplus: 3 };
      const shares: number[] = [];
      expect(await compareRollup(database, { repair: false, clock, onProgress: (share) => shares.push(share) })).toEqual(differences);
      expect(shares.at(-1)).toBe(1);
      expect(await storedRollup(database)).not.toEqual(right);
      expect(await compareRollup(database, { repair: true, clock })).toEqual(differences);
      expect(await storedRollup(database)).toEqual(right);
      expect(await compareRollup(database, { repair: false, clock })).toEqual({ through: 16, missing: 0, surplus: 0 });
    });

    it('is left alone while somebody follows the log', async () => {
      const following = new ActivityRollup(database, () => new Date());
      const other = await open();
      following.start(silent);
      try {
        await eventually(async () => expect((await watermarkOf(database))?.readThrough).toBe(16));
        expect(await compareRollup(other, { repair: true, clock })).toBeNull();
      } finally {
        await following.stop();
        await other.close();
      }
    });
  });
});

onEachDatabase('a server with the roll-up', (kind) => {
  const STATUS = '{ activityRollup { state timezone readThroughId settledThroughId newestId readShare secondsLeft completeSince readAt } }';

  it('follows the log by itself and says how far it is', async () => {
    const app = await startTestApp(kind, { rows: { activity: [seen(7, 1, '2026-06-01 10:00:00')] }, environment: { ACTIVITY_ROLLUP: '1' } });
    try {
      await eventually(async () => {
        const { data } = await app.ask('analyst', STATUS);
        expect(data.activityRollup).toEqual({
          state: 'FOLLOWING', timezone: 'UTC', readThroughId: '7', settledThroughId: '0', newestId: '7', readShare: 1, secondsLeft: null,
          completeSince: expect.any(String), readAt: expect.any(String),
        });
      }, 20_000);
    } finally {
      await app.stop();
    }
  }, 40_000);

  it('says that it is switched off', async () => {
    const app = await startTestApp(kind);
    try {
      expect((await app.ask('analyst', STATUS)).data.activityRollup).toMatchObject({ state: 'OFF', readThroughId: null, newestId: null, completeSince: null });
    } finally {
      await app.stop();
    }
  });
});
