import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { recordTrialEvents, type TrialEvent } from '../../server/trials/history.js';
import { seeNewTrials } from '../../server/trials/observe.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { insertRows } from '../support/rows.js';
import { eventsIn, observeAt, run, trial, unitsIn } from '../support/trials.js';

const FIRST = '2026-07-01T12:00:00Z';
const LATER = '2026-07-02T12:00:00Z';

onEachDatabase('recording what happens to trials', (kind) => {
  let target: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    target = await kind.create();
    database = await open();
    await database.migrate();
  });
  afterEach(async () => {
    await database.close();
    await target.drop();
  });
  const open = () => Database.open(readConfig({ DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256', ...target.environment }));
  const events = () => eventsIn(database);

  const event = (values: Partial<TrialEvent>): TrialEvent => ({
    host: 'site1.example', productSlug: 'atlas', trialId: 1, kind: 'CONVERTED', occurredAt: new Date(FIRST), expiresOn: null, graceUntil: null,
    estimated: false, observedAt: new Date(FIRST), ...values,
  });

  it('takes events of a check, leaving out what repeats the recorded', async () => {
    const record = (...list: TrialEvent[]) => database.transaction((transaction) => recordTrialEvents(database, transaction, list));
    expect(await record(event({ kind: 'REVERTED' }), event({ kind: 'ACTIVATED' }), event({}))).toBe(2);
    expect(await record(event({}), event({ kind: 'ACTIVATED' }))).toBe(0);
    expect(await record(event({ kind: 'REVERTED' }), event({ kind: 'REVERTED' }), event({}))).toBe(2);
    expect(await record(event({ kind: 'EXTENDED', expiresOn: '2026-08-01' }), event({ host: ' ', trialId: 2 }))).toBe(0);
    expect((await events()).map((line) => line.split(' ')[1])).toEqual(['ACTIVATED', 'CONVERTED', 'REVERTED', 'CONVERTED']);
    await insertRows(database, { trial: [trial(1, { is_fluent_license_check: 1, last_checked_in_at: '2026-06-20 00:00:00' })] });
    await observeAt(database, LATER);
    expect((await events()).map((line) => line.split(' ')[1])).toEqual(['ACTIVATED', 'CONVERTED', 'REVERTED', 'CONVERTED', 'STARTED']);
  });

  it('leaves what a check saw as it is, where the row could not be changed', async () => {
    await insertRows(database, { trial: [trial(1), trial(2, { is_fluent_license_check: 1, updated_at: '2026-06-10 09:00:00' })] });
    await observeAt(database, FIRST);
    await database.transaction((transaction) => recordTrialEvents(database, transaction, [event({}), event({ host: 'site2.example', trialId: 2, kind: 'REVERTED' })]));
    expect(await observeAt(database, LATER)).toEqual({ trials: 2, events: 0 });
    await run(database, `update free_trials set premium_license_id = 'LIC', updated_at = '2026-07-02 08:00:00' where id = 1`);
    await run(database, `update free_trials set updated_at = '2026-07-02 08:00:00' where id = 2`);
    expect(await observeAt(database, LATER)).toEqual({ trials: 2, events: 2 });
    expect((await events()).slice(1).map((line) => line.split(' |')[0])).toEqual([
      '1 CONVERTED 2026-07-01 12:00', '1 REVERTED 2026-07-02 08:00*',
      '2 STARTED 2026-06-01 10:00', '2 CONVERTED 2026-06-10 09:00*', '2 REVERTED 2026-07-01 12:00', '2 CONVERTED 2026-07-02 08:00*',
    ]);
  });

  it('holds one event when many instances record it at once', async () => {
    // On SQLite one process has one writer: the others would wait for a lock that this one cannot let go of.
    const others = kind.name === 'SQLite' ? [] : await Promise.all([open(), open()]);
    try {
      const all = [database, ...others].flatMap((each) => Array.from({ length: 4 }, () => each));
      const added = await Promise.all(all.map((each) => each.transaction((transaction) => recordTrialEvents(each, transaction, [
        event({}), event({ host: 'site2.example', trialId: 2 }), event({ host: 'site0.example', trialId: 3 }),
      ]))));
      expect(added.reduce((sum, count) => sum + count, 0)).toBe(3);
      expect(await events()).toHaveLength(3);
      expect(await unitsIn(database)).toEqual(['site0.example atlas', 'site1.example atlas', 'site2.example atlas']);
    } finally {
      await Promise.all(others.map((each) => each.close()));
    }
  });

  it('sees new trials without reading the others', async () => {
    await insertRows(database, { trial: [trial(1), trial(2)] });
    await observeAt(database, FIRST);
    await insertRows(database, { trial: [trial(3, { created_at: '2026-07-02 11:00:00' })] });
    await run(database, `update free_trials set is_fluent_license_check = 1 where id = 1`);
    await seeNewTrials(database, new Date(LATER));
    expect(await events()).toEqual([
      '1 STARTED 2026-06-01 10:00 | 2026-06-01 10:00', '2 STARTED 2026-06-01 10:00 | 2026-06-01 10:00', '3 STARTED 2026-07-02 11:00 | 2026-07-02 12:00',
    ]);
  });
});
