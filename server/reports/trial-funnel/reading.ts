import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number } from '../../db/decode.js';
import type { FunnelQuestion } from './question.js';

/** Trials in no unit that were known of by the end of asOf: their site, product or start could not be read by then. */
export async function unreadableTrials({ db }: Context, { knownBefore }: FunnelQuestion): Promise<number> {
  const rows = await db.read(sql`
    select e.kind as kind, count(distinct e.trial_id) as trials from ${db.table('trialEvent', 'e')}
    where e.unit_id is null and e.known_at < ${knownBefore} and not exists (
      select 1 from ${db.table('trialEvent', 's')} where s.trial_id = e.trial_id and s.kind = 'STARTED' and s.known_at < ${knownBefore})
    group by e.kind`);
  return rows.reduce((sum, row) => sum + number(row, 'trials'), 0);
}

/** True when all trials have been read once. */
export async function isHistoryComplete({ db }: Context): Promise<boolean> {
  const rows = await db.read(sql`select h.id as id from ${db.sharedTable('sw_trial_history', 'h')} limit ${raw('1')}`);
  return rows.length > 0;
}
