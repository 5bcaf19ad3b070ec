import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { DayWindow } from '../../reports/shapes/days.js';
import { blocksOf, FIRST_KNOWN_DAY, LAST_KNOWN_DAY, type DaysOfBlock } from '../../reports/shapes/seen-days.js';

/**
 * Activity of users `u` as the roll-up knows it, with what the log has beyond it: statements that do not grow with the log. The tables of
 * the roll-up know users by their numbers only; they are joined to users whom the viewer may see.
 */

/** What a statement over users `u` joins, and a condition over it. */
export interface Joined {
  joined: Sql;
  flag: Sql;
}

/** Blocks that are looked up one by one for each user; MariaDB joins 61 tables at most. */
const MOST_BLOCKS = 8;

/** Users who were active in the window; null where the roll-up cannot tell. */
export function activeByRollup({ db, rolledUp }: Context, window: DayWindow): Joined | null {
  if (rolledUp == null || !isKnown(window)) return null;
  const blocks = blocksOf(window.from, window.to);
  const days = db.sharedTable('sw_user_days', 'd');
  const recent = sql`left join (select distinct a.user_id as user_id from ${recentEntries(db, rolledUp.settledThrough, window)}) n on n.user_id = u.id`;
  if (blocks.length > MOST_BLOCKS) {
    return {
      joined: sql`left join (select distinct d.user_id as user_id from ${days} where ${join(among(blocks), ' or ')}) d on d.user_id = u.id ${recent}`,
      flag: raw('d.user_id is not null or n.user_id is not null'),
    };
  }
  return {
    joined: sql`${join(blocks.map(({ block }, index) => sql`left join ${db.sharedTable('sw_user_days', `d${index}`)}
      on ${raw(`d${index}.block = ${block} and d${index}.user_id = u.id`)}`), ' ')} ${recent}`,
    flag: join([...blocks.map(({ mask }, index) => raw(mask === null ? `d${index}.user_id is not null` : `(d${index}.bits & ${mask}) <> 0`)), raw('n.user_id is not null')], ' or '),
  };
}

/**
 * Tables `w` whose numbers `user_id` are those of all who were active in the window, whoever may see them, each once among all of them;
 * null where the roll-up cannot tell. A window within one block is read as it stands: nobody is in it twice, and finding doubles among
 * hundreds of thousands of users takes as long as all else.
 */
export function activeIdsByRollup({ db, rolledUp }: Context, window: DayWindow): Sql[] | null {
  if (rolledUp == null || !isKnown(window)) return null;
  const days = (alias: string): Sql => db.sharedTable('sw_user_days', alias);
  const [blocks, recent] = [blocksOf(window.from, window.to), sql`select a.user_id as user_id from ${recentEntries(db, rolledUp.settledThrough, window)}`];
  const [only, ...others] = blocks;
  if (only === undefined || others.length > 0) return [sql`(select d.user_id as user_id from ${days('d')} where ${join(among(blocks), ' or ')} union ${recent}) w`];
  return [
    sql`(select d.user_id as user_id from ${days('d')} where ${ofBlock(only)}) w`,
    sql`(select distinct n.user_id as user_id from (${recent}) n where not exists (select 1 from ${days('d')} where d.user_id = n.user_id and ${ofBlock(only)})) w`,
  ];
}

/** Whether user `u` was active, as one condition, for where nothing can be joined; null where the roll-up cannot tell. */
export function isActiveByRollup({ db, rolledUp }: Context, window: DayWindow): Sql | null {
  if (rolledUp == null || !isKnown(window)) return null;
  const blocks = blocksOf(window.from, window.to);
  const seen = (blocks.length > MOST_BLOCKS ? among(blocks) : blocks.map(ofBlock)).map((days) => sql`exists (select 1 from ${db.sharedTable('sw_user_days', 'd')} where d.user_id = u.id and (${days}))`);
  return sql`(${join(seen, ' or ')} or u.id in (select a.user_id from ${recentEntries(db, rolledUp.settledThrough, window)}))`;
}

/** Latest activity before a moment, as the log has it, of users `u`: a join and a value; null where the roll-up cannot tell. */
export function latestByRollup({ db, rolledUp }: Context, endsBefore: string): { joined: Sql; latest: Sql } | null {
  // Of the past the roll-up knows days, and no hours.
  if (rolledUp == null || (rolledUp.latestAt ?? '') >= endsBefore) return null;
  // It may have gone on since it was asked.
  const settled = sql`case when l.latest_at is null or l.latest_at < ${endsBefore} then l.latest_at
    else (select max(a.timestamp) from ${db.table('activity', 'a')} where a.user_id = u.id and a.timestamp < ${endsBefore}) end`;
  return {
    joined: sql`left join ${db.sharedTable('sw_user_activity', 'l')} on l.user_id = u.id left join (
      select a.user_id as user_id, max(a.timestamp) as latest from ${db.table('activity', 'a')}
      where a.id > ${rolledUp.settledThrough} and a.user_id is not null and a.timestamp < ${endsBefore} group by a.user_id
    ) n on n.user_id = u.id`,
    latest: sql`case when n.latest is not null and (l.latest_at is null or n.latest > l.latest_at) then n.latest else ${settled} end`,
  };
}

/** Entries `a` of the window that the roll-up may lack. */
function recentEntries(db: Context['db'], settledThrough: number, { startsAt, endsBefore }: DayWindow): Sql {
  return sql`${db.table('activity', 'a')} where a.id > ${settledThrough} and a.user_id is not null and a.timestamp >= ${startsAt} and a.timestamp < ${endsBefore}`;
}

const isKnown = ({ from, to }: DayWindow): boolean => from >= FIRST_KNOWN_DAY && to <= LAST_KNOWN_DAY;

/** A condition on rows `d`: of this block, and active on one of its days. */
const ofBlock = ({ block, mask }: DaysOfBlock): Sql => raw(`d.block = ${block} ${mask === null ? '' : `and (d.bits & ${mask}) <> 0`}`);

/** Conditions on rows `d` of which one holds for each row of these days: of the first block, of the last, and of those between. */
function among(blocks: readonly DaysOfBlock[]): Sql[] {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return [raw('1 = 0')];
  const ends = [...new Set([first, last])].map(ofBlock);
  return blocks.length > 2 ? [...ends, raw(`d.block > ${first.block} and d.block < ${last.block}`)] : ends;
}
