import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sql, { raw, type Sql } from 'sql-template-tag';
import { followLog, type Step } from '../../server/activity-rollup/follow.js';
import type { RolledUp } from '../../server/activity-rollup/rollup.js';
import type { Database } from '../../server/db/database.js';
import { number, textOrNull } from '../../server/db/decode.js';
import { tableReference } from '../../server/db/tables.js';
import { activeByOwner, readActivityByOwner } from '../../server/modules/activity/owners.js';
import { countUsers, loadLastActivityOfOwner, loadUserCounts } from '../../server/modules/activity/store.js';
import { everything } from '../../server/modules/utilization/store.js';
import { addDays, windowEnding, type DayWindow } from '../../server/reports/shapes/days.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { countingContext, openDatabase, rolledUpOf, writeEntry, type Entry } from '../support/rollup.js';
import { insertRows, user } from '../support/rows.js';

const TODAY = '2026-06-20';
const SETTLE_SECONDS = 10;
const TO_THE_END = 1000;
const MANNER = { entriesAtOnce: 3, settleSeconds: SETTLE_SECONDS, settledBelow: 10_000 };

/** What happens to a log and its roll-up. */
type Event =
  | { kind: 'write'; user: number; daysBack: number; second: number; delay: number; gap: number; twice: boolean }
  | { kind: 'pass'; seconds: number }
  /** All that is there is read, and once more when it has settled. */
  | { kind: 'settle' }
  | { kind: 'read'; instance: 0 | 1; batches: number; end: 'goes on' | 'stops' | 'dies in a transaction' };

const users = [
  user(1, { company_id: 1 }), user(2, { company_id: 1 }, { active: 0 }), user(3, { company_id: 2 }), user(4, { partner_id: 1 }), user(5, { company_id: 2, partner_id: 1 }),
  user(6, { company_id: 3 }), user(7, {}),
  // The last of a group of 32, the first and the last of others, and numbers below zero.
  ...[31, 32, 63, -1, -32, -33].map((id) => user(id, { company_id: 3 })), user(64, { partner_id: 1 }),
];
/** Whom entries are of: nobody, these, and one who is not among them. */
const SEEN = [null, ...users.map(({ id }) => id), 4711];

const daysBack = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -1, max: 12 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 700 }) });
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({
    kind: fc.constant('write' as const), user: fc.nat(SEEN.length - 1), daysBack, second: fc.integer({ min: 0, max: 86_399 }),
    delay: fc.integer({ min: 0, max: SETTLE_SECONDS - 1 }), gap: fc.constantFrom(1, 1, 2, 300), twice: fc.boolean(),
  }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 3, 12, 12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
  { weight: 3, arbitrary: fc.record({
    kind: fc.constant('read' as const), instance: fc.constantFrom<0 | 1>(0, 1), batches: fc.constantFrom(1, 2, TO_THE_END, TO_THE_END),
    end: fc.constantFrom('goes on' as const, 'goes on' as const, 'stops' as const, 'dies in a transaction' as const),
  }) },
);
const question = fc.record({
  daysBack: fc.oneof(fc.constant(0), fc.integer({ min: -1, max: 12 }), fc.integer({ min: 0, max: 500 })),
  windowDays: fc.oneof(fc.constantFrom(1, 2, 14, 63, 90), fc.integer({ min: 1, max: 900 })), older: fc.nat(3),
});

/** Time as these tests have it, and the two servers that read the log. */
class World {
  private now = Date.parse('2026-06-20T12:00:00Z');
  private nextId = 50_000;
  private waiting: { entry: Entry; due: number }[] = [];
  private readonly readers: (AsyncGenerator<Step> | null)[] = [null, null];
  /** What requests may have been told so far, the latest last: an older one must be as right. */
  readonly told: RolledUp[] = [];

  constructor(private readonly database: Database) {}

  async happen(event: Event): Promise<void> {
    if (event.kind === 'write') this.write(event);
    else if (event.kind === 'pass') this.now += event.seconds * 1000;
    await this.commit();
    if (event.kind === 'read') await this.read(event);
    if (event.kind === 'settle') {
      for (const seconds of [SETTLE_SECONDS + 1, 0]) {
        await this.read({ kind: 'read', instance: 0, batches: TO_THE_END, end: 'stops' });
        await this.read({ kind: 'read', instance: 0, batches: TO_THE_END, end: 'stops' });
        this.now += seconds * 1000;
        await this.commit();
      }
    }
    const rolledUp = await rolledUpOf(this.database);
    if (rolledUp !== null) this.told.push(rolledUp);
  }

  /** Takes an id at once; the entry is there once its transaction commits. */
  private write({ user: userId, daysBack: back, second, delay, gap, twice }: Extract<Event, { kind: 'write' }>): void {
    const at = new Date(Date.parse(addDays(TODAY, -back)) + second * 1000).toISOString().slice(0, 19).replace('T', ' ');
    for (let copy = 0; copy < (twice ? 2 : 1); copy += 1) {
      this.nextId += gap;
      this.waiting.push({ entry: { id: this.nextId, user: SEEN[userId] ?? null, at }, due: this.now + delay * 1000 });
    }
  }

  private async commit(): Promise<void> {
    const due = this.waiting.filter((one) => one.due <= this.now).sort((a, b) => a.due - b.due);
    this.waiting = this.waiting.filter((one) => one.due > this.now);
    for (const { entry } of due) await writeEntry(this.database, entry);
  }

  private async read({ instance, batches, end }: Extract<Event, { kind: 'read' }>): Promise<void> {
    const dies = end === 'dies in a transaction';
    const reader = (dies ? null : this.readers[instance]) ?? followLog(dies ? dyingIn(this.database) : this.database, MANNER, () => new Date(this.now));
    if (dies) {
      // Where there is nothing to write, there is no transaction to die in.
      await reader.next().catch((error: unknown) => expect(error).toEqual(new Error('killed')));
    }
    else {
      let done = false;
      for (let batch = 0; batch < batches && !done; batch += 1) done = (await reader.next()).done === true;
      this.readers[instance] = done || end === 'stops' ? null : reader;
    }
  }
}

/** The same database, on which every transaction ends before it commits. */
function dyingIn(database: Database): Database {
  const transaction: Database['transaction'] = (work) => database.transaction(async (inside) => {
    await work(inside);
    throw new Error('killed');
  });
  return Object.create(database, { transaction: { value: transaction } }) as Database;
}

const owner = raw('case when u.company_id is not null then u.company_id else -u.partner_id end');
const owned = raw('(u.company_id is not null or u.partner_id is not null)');

/** What plain SQL over the log says: active users and the latest activity of each owner who has any. */
async function plain(database: Database, { startsAt, endsBefore }: DayWindow): Promise<{ active: Record<number, number>; latest: Record<number, string | null> }> {
  const log: Sql = sql`${tableReference(database.tables.activity)} a join ${tableReference(database.tables.user)} u on u.id = a.user_id`;
  const active = await database.read(sql`select ${owner} as owner, count(distinct u.id) as n from ${log}
    where ${owned} and a.timestamp >= ${startsAt} and a.timestamp < ${endsBefore} group by owner`);
  const latest = await database.read(sql`select ${owner} as owner, ${database.dialect.asText(raw('max(a.timestamp)'))} as latest from ${log}
    where ${owned} and a.timestamp < ${endsBefore} group by owner`);
  return {
    active: Object.fromEntries(active.map((row) => [number(row, 'owner'), number(row, 'n')])),
    latest: Object.fromEntries(latest.map((row) => [number(row, 'owner'), textOrNull(row, 'latest')])),
  };
}

/** The same by the server's own statements, with what it was told of the roll-up. */
async function counted(database: Database, rolledUp: RolledUp | null, window: DayWindow) {
  const context = countingContext(database, rolledUp, TODAY);
  const [{ active: total }, rows, byOwner, ofCompany, lastOfCompany] = await Promise.all([
    countUsers(context, window, everything),
    context.db.read(sql`select j.owner as owner, j.active as active from ${activeByOwner(context, window, everything)} j`),
    readActivityByOwner(context, window, everything).then((table) => context.db.read(sql`select j.owner as owner, ${database.dialect.asText(raw('j.latest'))} as latest, j.active as active
      from ${context.db.table('company', 'c')} join ${table} j on j.latest is not null where c.id = 1`)),
    loadUserCounts(context, 'COMPANY', 2, window),
    loadLastActivityOfOwner(context, 'COMPANY', 2, window.endsBefore),
  ]);
  return {
    total, active: Object.fromEntries(rows.map((row) => [number(row, 'owner'), number(row, 'active')])),
    latest: Object.fromEntries(byOwner.map((row) => [number(row, 'owner'), textOrNull(row, 'latest')])),
    actives: Object.fromEntries(byOwner.filter((row) => number(row, 'active') > 0).map((row) => [number(row, 'owner'), number(row, 'active')])),
    ofCompany: ofCompany.active, lastOfCompany,
  };
}

onEachDatabase('the roll-up of activity', (kind) => {
  describe.each(['UTC', 'America/New_York', 'Asia/Tokyo'])('of days in %s', (zone) => {
    let target: TestDatabase;
    let database: Database;
    beforeAll(async () => {
      target = await kind.create();
      database = await openDatabase(target, { REPORT_TIMEZONE: zone });
      await insertRows(database, { partner: [{ id: 1, partner_name: 'P1' }], company: [1, 2, 3].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: 1 })), user: users });
    });
    afterAll(async () => {
      await database.close();
      await target.drop();
    });

    async function begin(): Promise<World> {
      await database.transaction(async ({ manager }) => {
        for (const table of [tableReference(database.tables.activity).sql, 'sw_seen_days', 'sw_user_activity', 'sw_activity_watermark']) await manager.query(`delete from ${table}`);
      });
      // Written long before anybody read the log.
      for (let id = 1; id <= 8; id += 1) await writeEntry(database, { id, user: id, at: `2026-0${1 + (id % 6)}-1${id % 10} 23:30:00` });
      return new World(database);
    }

    it('says what plain SQL over the log says, whatever happens to either and whenever it is asked', async () => {
      await fc.assert(fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 24 }), fc.array(question, { minLength: 2, maxLength: 4 }), async (events, questions) => {
        const world = await begin();
        for (const one of events) {
          await world.happen(one);
          for (const { daysBack: back, windowDays, older } of questions) {
            const window = windowEnding(addDays(TODAY, -back), windowDays, zone);
            const rolledUp = world.told.at(-1 - Math.min(older, world.told.length - 1)) ?? null;
            const expected = await plain(database, window);
            const answer = await counted(database, rolledUp, window);
            expect(answer).toEqual({
              total: Object.values(expected.active).reduce((sum, n) => sum + n, 0), active: expected.active, latest: expected.latest, actives: expected.active,
              ofCompany: expected.active[2] ?? 0, lastOfCompany: expected.latest[2] == null ? null : `${expected.latest[2].replace(' ', 'T')}.000Z`,
            });
          }
        }
      }), { numRuns: kind.name === 'SQLite' ? 60 : 20 });
    }, 300_000);
  });
});
