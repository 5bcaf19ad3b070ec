import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database, type StatementEvent } from '../../server/db/database.js';
import { numberOrNull, textOrNull } from '../../server/db/decode.js';
import { observeTrials } from '../../server/trials/observe.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { insertRows } from '../support/rows.js';
import { eventsIn, observeAt, run, trial, unitsIn } from '../support/trials.js';

const FIRST = '2026-07-01T12:00:00Z';
const LATER = '2026-07-02T12:00:00Z';

onEachDatabase('the history of trials', (kind) => {
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
  const open = (environment: Record<string, string> = {}) =>
    Database.open(readConfig({ DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256', ...target.environment, ...environment }));

  const events = (trialId?: number) => eventsIn(database, trialId);

  it('begins with what the rows tell, as it happened', async () => {
    await insertRows(database, {
      trial: [
        trial(1),
        trial(2, { last_checked_in_at: '2026-06-03 08:00:00' }),
        trial(3, { last_checked_in_at: '2026-06-01 10:00:00' }),
        trial(4, { is_fluent_license_check: 1, premium_license_id: 'LIC-4', updated_at: '2026-06-20 09:00:00' }),
        trial(5, { is_fluent_license_check: 1, updated_at: '2026-06-10 09:00:00' }),
        trial(6, { is_fluent_license_check: 1, updated_at: null }),
        trial(7, { premium_license_id: 'LIC-7', updated_at: '2026-06-25 09:00:00' }),
      ],
      externalLicense: [
        { provider: 'shop', license_key: 'LIC-4', purchase_date: '2026-06-12', first_seen_at: '2026-06-12 00:00:00', changed_at: '2026-06-12 00:00:00', fetched_at: '2026-06-12 00:00:00' },
        { provider: 'shop', license_key: 'LIC-7', purchase_date: '2026-06-13', first_seen_at: '2026-06-12 00:00:00', changed_at: '2026-06-12 00:00:00', fetched_at: '2026-06-12 00:00:00' },
      ],
    });
    await observeAt(database, FIRST);
    const started = (id: number) => `${id} STARTED 2026-06-01 10:00 | 2026-06-01 10:00`;
    expect(await events()).toEqual([
      started(1),
      started(2), '2 ACTIVATED 2026-06-03 08:00* | 2026-06-03 08:00',
      started(3),
      started(4), '4 CONVERTED 2026-06-12 00:00* | 2026-06-12 00:00',
      started(5), '5 CONVERTED 2026-06-10 09:00* | 2026-06-10 09:00',
      started(6), '6 CONVERTED unknown | 2026-07-01 12:00',
      started(7), '7 CONVERTED 2026-06-13 00:00* | 2026-06-13 00:00', '7 REVERTED 2026-06-25 09:00* | 2026-06-25 09:00',
    ]);
  });

  it('does not believe a purchase before the start, except on its day', async () => {
    const mirrored = (key: string, purchased: string) => ({
      provider: 'shop', license_key: key, purchase_date: purchased, first_seen_at: '2026-06-12 00:00:00', changed_at: '2026-06-12 00:00:00', fetched_at: '2026-06-12 00:00:00',
    });
    await insertRows(database, {
      trial: [
        trial(1, { is_fluent_license_check: 1, premium_license_id: 'A', updated_at: '2026-06-10 09:00:00' }),
        trial(2, { is_fluent_license_check: 1, premium_license_id: 'B', updated_at: '2026-06-10 09:00:00' }),
        trial(3, { is_fluent_license_check: 1, premium_license_id: 'C', updated_at: '2026-05-01 09:00:00' }),
      ],
      externalLicense: [mirrored('A', '2025-01-01'), mirrored('B', '2026-06-01'), mirrored('C', '2030-01-01')],
    });
    await observeAt(database, FIRST);
    expect((await events()).filter((line) => line.includes('CONVERTED'))).toEqual([
      '1 CONVERTED 2026-06-10 09:00* | 2026-06-10 09:00', '2 CONVERTED 2026-06-01 10:00* | 2026-06-01 10:00', '3 CONVERTED unknown | 2026-07-01 12:00',
    ]);
  });

  it('goes on with what changes, which counts from when it was seen', async () => {
    await insertRows(database, { trial: [trial(1), trial(2)] });
    await observeAt(database, FIRST);
    await run(database, `update free_trials set last_checked_in_at = '2026-07-02 08:00:00', expiration_date = '2026-07-20 00:00:00' where id = 1`);
    await run(database, `update free_trials set is_fluent_license_check = 1, premium_license_id = 'LIC', updated_at = '2026-06-20 08:00:00', expiration_date = '2027-06-20 00:00:00' where id = 2`);
    await insertRows(database, { trial: [trial(3, { created_at: '2026-05-01 10:00:00' })] });
    await observeAt(database, LATER);
    expect(await events()).toEqual([
      '1 STARTED 2026-06-01 10:00 | 2026-06-01 10:00', '1 ACTIVATED 2026-07-02 08:00* | 2026-07-02 12:00', '1 EXTENDED 2026-07-02 12:00 | 2026-07-02 12:00',
      '2 STARTED 2026-06-01 10:00 | 2026-06-01 10:00', '2 CONVERTED 2026-06-20 08:00* | 2026-07-02 12:00',
      '3 STARTED 2026-05-01 10:00 | 2026-07-02 12:00',
    ]);
    await run(database, `update free_trials set is_fluent_license_check = 0, updated_at = '2026-07-03 08:00:00' where id = 2`);
    await observeAt(database, '2026-07-03T12:00:00Z');
    await run(database, `update free_trials set is_fluent_license_check = 1, updated_at = '2026-07-04 08:00:00' where id = 2`);
    await observeAt(database, '2026-07-04T12:00:00Z');
    expect(await events(2)).toEqual([
      '2 STARTED 2026-06-01 10:00 | 2026-06-01 10:00', '2 CONVERTED 2026-06-20 08:00* | 2026-07-02 12:00',
      '2 REVERTED 2026-07-03 08:00* | 2026-07-03 12:00', '2 CONVERTED 2026-07-04 08:00* | 2026-07-04 12:00',
    ]);
  });

  it('keeps a conversion whose flag and licence are both taken away', async () => {
    await insertRows(database, { trial: [trial(1, { is_fluent_license_check: 1, updated_at: '2026-06-10 09:00:00' })] });
    await observeAt(database, FIRST);
    await run(database, `update free_trials set is_fluent_license_check = 0, updated_at = '2026-07-02 08:00:00' where id = 1`);
    await observeAt(database, LATER);
    expect((await events()).slice(1)).toEqual(['1 CONVERTED 2026-06-10 09:00* | 2026-06-10 09:00', '1 REVERTED 2026-07-02 08:00* | 2026-07-02 12:00']);
  });

  it('says nothing twice, and keeps what was deleted', async () => {
    await insertRows(database, { trial: [trial(1, { last_checked_in_at: '2026-06-03 08:00:00' }), trial(2, { premium_license_id: 'X' }), trial(3, { site_url: ' ' })] });
    const first = await observeAt(database, FIRST);
    const before = await events();
    expect(first).toEqual({ trials: 3, events: 5 });
    expect(await observeAt(database, LATER)).toEqual({ trials: 3, events: 0 });
    await run(database, 'delete from free_trials where id < 3');
    expect(await observeAt(database, LATER)).toEqual({ trials: 1, events: 0 });
    expect(await events()).toEqual(before);
  });

  it('knows a unit by host and product, however they are typed', async () => {
    await insertRows(database, {
      trial: [
        trial(1, { site_url: 'https://www.Shop.example/cart?x=1' }), trial(2, { site_url: 'shop.example:8080', product_slug: ' Atlas ' }),
        trial(3, { site_url: 'https://müller.example' }), trial(4, { site_url: 'https://muller.example' }),
        trial(5, { site_url: '' }), trial(6, { product_slug: '  ' }), trial(7, { created_at: null }), trial(8, { site_url: `https://${'a'.repeat(300)}.example` }),
      ],
    });
    await observeAt(database, FIRST);
    expect(await unitsIn(database)).toEqual(['m%C3%BCller.example atlas', 'muller.example atlas', 'shop.example atlas']);
    expect((await events()).slice(4)).toEqual([
      '5 UNREADABLE 2026-06-01 10:00 | 2026-06-01 10:00', '6 UNREADABLE 2026-06-01 10:00 | 2026-06-01 10:00',
      '7 UNREADABLE unknown | 2026-07-01 12:00', '8 UNREADABLE 2026-06-01 10:00 | 2026-06-01 10:00',
    ]);
    await run(database, `update free_trials set site_url = 'repaired.example' where id = 5`);
    await observeAt(database, LATER);
    expect(await events(5)).toEqual(['5 UNREADABLE 2026-06-01 10:00 | 2026-06-01 10:00', '5 STARTED 2026-06-01 10:00 | 2026-07-02 12:00']);
  });

  it('stays with the unit of the start when the address changes', async () => {
    await insertRows(database, { trial: [trial(1)] });
    await observeAt(database, FIRST);
    await run(database, `update free_trials set site_url = 'https://moved.example', is_fluent_license_check = 1 where id = 1`);
    await observeAt(database, LATER);
    expect(new Set((await database.read(sql`select unit_id from sw_trial_events`)).map((row) => numberOrNull(row, 'unit_id'))).size).toBe(1);
  });

  it('keeps the days of the term as the row has them', async () => {
    await insertRows(database, {
      trial: [
        trial(1, { expiration_date: '2026-06-15 23:59:59', grace_period_date: '2026-06-30 23:59:59' }), trial(2, { expiration_date: null }),
        trial(3, { expiration_date: '9999-12-31 00:00:00', grace_period_date: '2026-06-30 00:00:00' }),
      ],
    });
    await observeAt(database, FIRST);
    const days = (await database.read(sql`select expires_on, grace_until from sw_trial_events order by trial_id`)).map((row) => [textOrNull(row, 'expires_on'), textOrNull(row, 'grace_until')]);
    expect(days).toEqual([['2026-06-15', '2026-06-30'], [null, null], [null, null]]);
    expect(await observeAt(database, LATER)).toEqual({ trials: 3, events: 0 });
  });

  it('takes check-ins of ours where the rows take none', async () => {
    await run(database, 'alter table free_trials drop column last_checked_in_at');
    const { last_checked_in_at: _, ...row } = trial(1);
    await insertRows(database, {
      trial: [row],
      checkIn: [{ kind: 'TRIAL', license_id: 1, site_host: 'site1.example', site_url: 'https://site1.example/', checked_in_at: '2026-06-05 08:00:00' }],
    });
    await observeAt(database, FIRST);
    expect(await events()).toEqual(['1 STARTED 2026-06-01 10:00 | 2026-06-01 10:00', '1 ACTIVATED 2026-06-05 08:00* | 2026-06-05 08:00']);
  });

  it('goes on where it was stopped, still as the first reading', async () => {
    await insertRows(database, { trial: Array.from({ length: 2500 }, (_, index) => trial(index + 1)) });
    const stopping = new AbortController();
    let batches = 0;
    const stopInTheSecond = (message: unknown) => {
      if ((message as StatementEvent).text.includes('from sw_trial_units') && (batches += 1) === 2) stopping.abort();
    };
    subscribe('seatwise:sql', stopInTheSecond);
    await expect(observeTrials(database, new Date(FIRST), { signal: stopping.signal })).rejects.toThrow('aborted');
    unsubscribe('seatwise:sql', stopInTheSecond);
    const done = (await events()).length;
    expect(done).toBe(2000);
    expect(await observeAt(database, LATER)).toEqual({ trials: 2500, events: 2500 - done });
    expect((await events()).filter((line) => !line.endsWith('STARTED 2026-06-01 10:00 | 2026-06-01 10:00'))).toEqual([]);
  });

  it('is read by one instance at a time, and twice at once leaves one of everything', async () => {
    await insertRows(database, { trial: Array.from({ length: 1200 }, (_, index) => trial(index + 1, { last_checked_in_at: '2026-06-03 08:00:00' })) });
    const other = await open();
    try {
      const both = await Promise.all([observeTrials(database, new Date(FIRST)), observeTrials(other, new Date(FIRST))]);
      expect(both.filter((observation) => observation !== null)).toHaveLength(1);
      expect(await events()).toHaveLength(2400);
    } finally {
      await other.close();
    }
  });
});
