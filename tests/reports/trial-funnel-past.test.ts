import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { insertRows } from '../support/rows.js';
import { observeAt, run, trial } from '../support/trials.js';

const selection = `steps { count } outcome { converted open lapsed } conversions { beforeExpiry inGrace afterGrace unknownDate } reverted
  medianDaysToConvert estimatedDates cohorts { month started activated converted convertedInWindow } meta { warnings { code count } sources { complete } }`;

/** Mistake 10: yesterday's answer changing today because a conversion rewrote the past. */
onEachDatabase('trialFunnel of the past', (kind) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp(kind, {
      rows: {
        trial: [
          trial(1, { last_checked_in_at: '2026-06-03 08:00:00' }), trial(2), trial(3), trial(4, { is_fluent_license_check: 1, updated_at: '2026-06-10 09:00:00' }),
          trial(5, { is_fluent_license_check: 1, updated_at: '2026-06-20 09:00:00' }), trial(6, { site_url: '' }),
        ],
      },
    });
    await observeAt(app.database, '2026-06-30T12:00:00Z');
  });
  afterEach(() => app.stop());

  const ask = async (asOf: string, mode = 'COHORT'): Promise<any> => {
    const { data, errors } = await app.ask('analyst', `{ trialFunnel(asOf: "${asOf}", mode: ${mode}, range: { from: "2026-05-01" }) { ${selection} } }`);
    expect(errors).toBeUndefined();
    return data.trialFunnel;
  };
  const days = ['2026-05-31', '2026-06-03', '2026-06-12', '2026-06-25', '2026-06-30'];
  const all = async () => Promise.all(days.flatMap((day) => [ask(day), ask(day, 'PERIOD')]));

  it('has a past from the first reading on', async () => {
    const brief = async (asOf: string) => {
      const { steps, outcome } = await ask(asOf);
      return [steps.map(({ count }: any) => count), Object.values(outcome)];
    };
    expect(await brief('2026-05-31')).toEqual([[0, 0, 0, 0], [0, 0, 0]]);
    expect(await brief('2026-06-03')).toEqual([[5, 1, 0, 0], [0, 5, 0]]);
    expect(await brief('2026-06-12')).toEqual([[5, 1, 0, 1], [1, 4, 0]]);
    expect(await brief('2026-06-30')).toEqual([[5, 1, 4, 2], [2, 0, 3]]);
    expect((await ask('2026-06-30')).meta).toEqual({ warnings: [{ code: 'UNREADABLE_TRIALS', count: 1 }, { code: 'ESTIMATED_DATES', count: 2 }], sources: [{ complete: true }] });
  });

  it.each([
    ['a conversion that is dated back', `update free_trials set is_fluent_license_check = 1, updated_at = '2026-06-08 09:00:00' where id = 1`],
    ['a conversion in the mirror', `update free_trials set is_fluent_license_check = 1, premium_license_id = 'LIC-1' where id = 2`],
    ['a check-in', `update free_trials set last_checked_in_at = '2026-06-09 09:00:00' where id = 2`],
    ['a reversal', `update free_trials set is_fluent_license_check = 0, updated_at = '2026-06-22 09:00:00' where id = 4`],
    ['an extension', `update free_trials set expiration_date = '2026-08-01 00:00:00', grace_period_date = '2026-08-20 00:00:00' where id = 3`],
    ['a shorter term', `update free_trials set expiration_date = '2026-06-05 00:00:00' where id = 3`],
    ['a deletion', 'delete from free_trials where id in (1, 4, 6)'],
    ['an address that can be read at last', `update free_trials set site_url = 'https://six.example' where id = 6`],
    ['another address', `update free_trials set site_url = 'https://elsewhere.example' where id = 1`],
  ])('stays as it was after %s', async (_, statement) => {
    await insertRows(app.database, {
      externalLicense: [{ provider: 'shop', license_key: 'LIC-1', purchase_date: '2026-06-11', first_seen_at: '2026-07-01 00:00:00', changed_at: '2026-07-01 00:00:00', fetched_at: '2026-07-01 00:00:00' }],
    });
    const before = await all();
    await run(app.database, statement);
    await observeAt(app.database, '2026-07-05T12:00:00Z');
    expect(await all()).toEqual(before);
  });

  it('stays as it was after a trial that is said to be older', async () => {
    const before = await all();
    await insertRows(app.database, { trial: [trial(7, { created_at: '2026-05-02 10:00:00' })] });
    await observeAt(app.database, '2026-07-05T12:00:00Z');
    expect(await all()).toEqual(before);
    expect((await ask('2026-07-05')).cohorts.map(({ started }: any) => started)).toEqual([1, 5, 0]);
  });

  it('shows from its recording on what was recorded since', async () => {
    await run(app.database, `update free_trials set is_fluent_license_check = 1, updated_at = '2026-06-08 09:00:00' where id = 1`);
    await run(app.database, `update free_trials set expiration_date = '2026-08-01 00:00:00' where id = 3`);
    await run(app.database, `update free_trials set is_fluent_license_check = 0, updated_at = '2026-06-22 09:00:00' where id = 4`);
    await run(app.database, 'delete from free_trials where id = 2');
    await observeAt(app.database, '2026-07-05T12:00:00Z');
    expect(await ask('2026-07-04')).toMatchObject({ outcome: { converted: 2, open: 0, lapsed: 3 }, reverted: 0 });
    expect(await ask('2026-07-05')).toMatchObject({
      steps: [5, 1, 2, 3].map((count) => ({ count })), outcome: { converted: 3, open: 1, lapsed: 1 }, reverted: 1,
      conversions: { beforeExpiry: 2, inGrace: 1, afterGrace: 0, unknownDate: 0 }, medianDaysToConvert: 9, estimatedDates: 3,
    });
  });
});
