import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { keptWhole } from '../../db/kept-whole.js';
import type { DayWindow } from '../../reports/shapes/days.js';
import { bitOf, blocksOf, FIRST_KNOWN_DAY, groupOf, LAST_KNOWN_DAY, usersSeen } from '../../reports/shapes/seen-days.js';

/**
 * Activity of users `u` as the roll-up knows it, with what the log has beyond it: statements that do not grow with the log. The tables of
 * the roll-up know users by their numbers only; they are joined to users whom the viewer may see.
 */

/** What a statement over users `u` joins, and a condition over it. */
export interface Joined {
  joined: Sql;
  flag: Sql;
}

/** Tables, and a condition on their rows. */
export interface Source {
  from: Sql;
  where: Sql;
}

/** Blocks that are looked up one by one for each user: those of 90 days. */
const MOST_BLOCKS = 3;

/** Users who were active in the window; null where the roll-up cannot tell. */
export function activeByRollup({ db, rolledUp }: Context, window: DayWindow): Joined | null {
  if (rolledUp == null || !isKnown(window)) return null;
  const settled = settledByRollup(db, window);
  return {
    joined: sql`${settled.joined} left join (select distinct a.user_id as user_id from ${recentEntries(db, rolledUp.settledThrough, window)}) n on n.user_id = u.id`,
    flag: sql`${settled.flag} or n.user_id is not null`,
  };
}

/**
 * Sources of users `u` who were active in the window: those whom the roll-up knows, for one pass over all users or for looking some up, and
 * those of whom the log alone tells, a row for each of their entries. Null where the roll-up cannot tell.
 */
export function activeUsersByRollup({ db, rolledUp }: Context, window: DayWindow): Record<'all' | 'some' | 'recent', Source> | null {
  if (rolledUp == null || !isKnown(window)) return null;
  const [user, log, { joined, flag }] = [db.table('user', 'u'), db.table('activity', 'a'), settledByRollup(db, window)];
  return {
    all: { from: sql`${user} ${db.dialect.joinInOrder} ${groupsSeen(db, window)} g on g.user_group = ${raw(groupOf('u.id'))}`, where: isSeen('g.bits') },
    some: { from: sql`${user} ${joined}`, where: flag },
    recent: {
      from: sql`${log} ${db.dialect.joinInOrder} ${user} on u.id = a.user_id ${joined}`,
      where: sql`${isRecent(rolledUp.settledThrough, window)} and (${flag}) is not true`,
    },
  };
}

/** Whether user `u` was active, as one condition, for where nothing can be joined; null where the roll-up cannot tell. */
export function isActiveByRollup({ db, rolledUp }: Context, window: DayWindow): Sql | null {
  if (rolledUp == null || !isKnown(window)) return null;
  const seen = blocksOf(window.from, window.to).map((days) => sql`exists (select 1 from ${db.sharedTable('sw_seen_days', 'd')}
    where d.block = ${raw(String(days.block))} and d.user_group = ${raw(groupOf('u.id'))} and ${isSeen(usersSeen(days, 'd'))})`);
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
const recentEntries = (db: Context['db'], settledThrough: number, window: DayWindow): Sql => sql`${db.table('activity', 'a')} where ${isRecent(settledThrough, window)}`;

const isRecent = (settledThrough: number, { startsAt, endsBefore }: DayWindow): Sql =>
  sql`a.id > ${settledThrough} and a.user_id is not null and a.timestamp >= ${startsAt} and a.timestamp < ${endsBefore}`;

const isKnown = ({ from, to }: DayWindow): boolean => from >= FIRST_KNOWN_DAY && to <= LAST_KNOWN_DAY;

/** Users `u` who were active in the window, as far as the log has settled. */
function settledByRollup(db: Context['db'], window: DayWindow): Joined {
  const blocks = blocksOf(window.from, window.to);
  if (blocks.length > MOST_BLOCKS) return { joined: sql`left join ${groupsSeen(db, window)} g on g.user_group = ${raw(groupOf('u.id'))}`, flag: isSeen('g.bits') };
  return {
    joined: join(blocks.map(({ block }, index) => sql`left join ${db.sharedTable('sw_seen_days', `d${index}`)}
      on ${raw(`d${index}.block = ${block} and d${index}.user_group = ${groupOf('u.id')}`)}`), ' '),
    flag: join(blocks.map((days, index) => isSeen(usersSeen(days, `d${index}`))), ' or '),
  };
}

/**
 * A derived table (user_group, bits): all users who were seen in the window, as far as the log has settled. It is kept whole and gets an
 * index of its own: looking all users up in that costs a sixth of looking them up in the table it is made of.
 */
function groupsSeen(db: Context['db'], window: DayWindow): Sql {
  const rows = (bits: string, condition: string) => sql`select d.user_group as user_group, ${raw(bits)} as bits from ${db.sharedTable('sw_seen_days', 'd')} where ${raw(condition)}`;
  const blocks = blocksOf(window.from, window.to);
  const ends = [...new Set([blocks.at(0), blocks.at(-1)])].flatMap((days) => (days === undefined ? [] : [rows(usersSeen(days, 'd'), `d.block = ${days.block}`)]));
  if (blocks.length === 1) return sql`(${join(ends)} ${keptWhole})`;
  const between = blocks.slice(1, -1);
  const parts = between.length === 0 ? ends : [...ends, rows('d.whole', `d.block between ${between.at(0)?.block} and ${between.at(-1)?.block}`)];
  return sql`(select k.user_group as user_group, ${db.dialect.unionOfBits('k.bits')} as bits from (${join(parts, ' union all ')}) k group by k.user_group)`;
}

/** Whether bits of a group have that of user `u`. */
const isSeen = (bits: string): Sql => raw(`(${bits} & ${bitOf('u.id')}) <> 0`);
