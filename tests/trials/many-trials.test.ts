import { expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { number, text } from '../../server/db/decode.js';
import { onMariaDb } from '../support/databases.js';
import { insertRows } from '../support/rows.js';
import { observeAt, run, trial } from '../support/trials.js';

const TRIALS = 100_000;
/** A row of a trial, its events, their derived table and its keys; a plan that begins anew for each trial reads thousands. */
const ROWS_PER_TRIAL = 40;

/** Repeats the only row of a table, with the numbers up to `last` in one of its columns. */
async function copies(database: Database, table: string, counted: string, last: number): Promise<void> {
  const columns = (await database.read(database.dialect.columnsOf(null, table))).map((row) => text(row, 'name')).filter((name) => name !== 'id' && name !== counted).join();
  await run(database, `insert into ${table} (${counted}, ${columns}) select seq, ${columns} from ${table} straight_join seq_2_to_${last}`);
}

onMariaDb('the comparison of many trials with their history', (kind) => {
  it('reads each a few times, whichever of them were compared before', async () => {
    const target = await kind.create();
    // One connection: its statements are prepared once, and its counters count all of them.
    const environment = { DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256', DATABASE_POOL_SIZE: '1', ...target.environment };
    const database = await Database.open(readConfig(environment));
    const rowsRead = async () =>
      (await database.read(sql`show session status like 'Handler_read_%'`)).reduce((sum, row) => sum + number(row, 'Value'), 0);
    try {
      await database.migrate();
      await insertRows(database, { trial: [trial(1)] });
      await observeAt(database, '2026-07-01T12:00:00Z');
      await copies(database, 'free_trials', 'id', TRIALS);
      await copies(database, 'sw_trial_events', 'trial_id', TRIALS);
      await run(database, 'analyze table sw_trial_events, free_trials');
      const before = await rowsRead();
      for (const at of ['2026-07-02T12:00:00Z', '2026-07-03T12:00:00Z']) expect((await observeAt(database, at)).events).toBe(0);
      expect(await rowsRead() - before).toBeLessThan(2 * TRIALS * ROWS_PER_TRIAL);
      // Which rows make the database choose the plan that begins anew depends on its estimates: it must not be there to choose.
      const [switches = {}] = await database.read(sql`select @@optimizer_switch as switches`);
      expect(text(switches, 'switches').split(',')).toContain('split_materialized=off');
    } finally {
      await database.close();
      await target.drop();
    }
  });
});
