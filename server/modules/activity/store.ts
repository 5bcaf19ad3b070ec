import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { instantOrNull, number } from '../../db/decode.js';
import { all } from '../../db/filter.js';
import { padded } from '../../db/page.js';
import type { OwnerType } from '../../graphql.generated.js';
import { startOfDay, type DayWindow } from '../../reports/shapes/days.js';
import type { MetricsScope } from '../metrics/filter.js';
import { usersOfOwners } from '../user/store.js';
import { aboutEverybody, activeIdsByLog, countEverybody, everybodyByOwner, registered } from './everybody.js';
import { owned } from './owner-number.js';
import { activeByRollup, latestByRollup, type Joined } from './rolled-up.js';

/**
 * Every question about activity is answered here and nowhere else, so that the way it is counted can change behind
 * these functions.
 */

/** Users of an owner, or of several together. */
export interface UserCounts {
  registered: number;
  active: number;
}

/** Whether user `u` was active in the window: a flag that is true or not, and the join it needs. For some users: they are looked up one by one. */
function activeFlag(context: Context, window: DayWindow): Joined {
  const { db, activityIndexed } = context;
  const { startsAt, endsBefore } = window;
  // One step into the index on (user_id, timestamp) a user, whatever the length of the log; without it the roll-up, or else one pass
  // over the log, is cheaper.
  if (activityIndexed) {
    return {
      flag: sql`(select a.timestamp from ${db.table('activity', 'a')}
        where a.user_id = u.id and a.timestamp < ${endsBefore} order by a.timestamp desc limit 1) >= ${startsAt}`,
      joined: empty,
    };
  }
  return activeByRollup(context, window) ?? { flag: raw('w.user_id is not null'), joined: sql`left join (${activeIdsByLog(context, window)}) w on w.user_id = u.id` };
}

const counts = (flag: Sql): Sql => sql`
  ${registered} as registered, count(case when ${flag} then 1 end) as active`;

/** A derived table (owner_id, registered, active): the users of each owner, or of the given ones. */
export async function usersByOwner(context: Context, ownerType: OwnerType, window: DayWindow, ids?: readonly number[]): Promise<Sql> {
  if (ids === undefined && aboutEverybody(context, { unfiltered: true })) return everybodyByOwner(context, ownerType, window);
  const { flag, joined } = activeFlag(context, window);
  return sql`(select u.owner_id as owner_id, ${counts(flag)} from (${usersOfOwners(context.db, ownerType, ids)}) u ${joined} group by u.owner_id)`;
}

/** Users in the scope of a metric, each counted once. */
export async function countUsers(context: Context, window: DayWindow, scope: MetricsScope): Promise<UserCounts> {
  return aboutEverybody(context, scope) ? countEverybody(context, window) : countSome(context, window, scope.users);
}

/** Grouped by two flags and added up here: MariaDB takes an ungrouped count over a subquery for a mixture of columns when a prepared statement runs a second time. */
async function countSome(context: Context, window: DayWindow, users: Sql): Promise<UserCounts> {
  const { flag, joined } = activeFlag(context, window);
  const rows = await context.db.read(sql`
    select k.enabled as enabled, k.seen as seen, count(*) as users from (
      select case when u.active = 1 then 1 else 0 end as enabled, case when ${flag} then 1 else 0 end as seen
      from ${context.db.table('user', 'u')} ${joined} where ${all([owned, users])}
    ) k group by k.enabled, k.seen`);
  const having = (column: 'enabled' | 'seen') =>
    rows.filter((row) => number(row, column) === 1).reduce((sum, row) => sum + number(row, 'users'), 0);
  return { registered: having('enabled'), active: having('seen') };
}

/** Users of one owner; all owners of the request that ask for the same window share the statement. */
export function loadUserCounts(context: Context, ownerType: OwnerType, id: number, window: DayWindow): Promise<UserCounts> {
  const name = `user counts ${ownerType} ${window.from} ${window.to}`;
  return context.loaders.load(name, id, async (ids) => {
    const rows = await context.db.read(sql`select * from ${await usersByOwner(context, ownerType, window, ids)} s`);
    const byOwner = new Map(
      rows.map((row) => [number(row, 'owner_id'), { registered: number(row, 'registered'), active: number(row, 'active') }]),
    );
    return ids.map((owner) => byOwner.get(owner) ?? { registered: 0, active: 0 });
  });
}

/** Latest activity of one user before an instant; all users of the request share the statement. */
export function loadLastActivity(context: Context, userId: number, endsBefore: string): Promise<string | null> {
  return context.loaders.load(`last activity before ${endsBefore}`, userId, async (ids) => {
    const rolledUp = context.activityIndexed ? null : latestByRollup(context, endsBefore);
    const rows = await context.db.read(rolledUp !== null
      ? sql`select u.id as user_id, ${rolledUp.latest} as latest from ${context.db.table('user', 'u')} ${rolledUp.joined} where u.id in (${join(padded(ids))})`
      : sql`
      select a.user_id as user_id, max(a.timestamp) as latest from ${context.db.table('activity', 'a')}
      where a.user_id in (${join(padded(ids))}) and a.timestamp < ${endsBefore} group by a.user_id`);
    const latest = new Map(rows.map((row) => [number(row, 'user_id'), instantOrNull(row['latest'])]));
    return ids.map((id) => latest.get(id) ?? null);
  });
}

/**
 * Latest activity of an owner's own users before an instant: of a company's users, or of those attached directly to a partner.
 * All owners of the request share the statement.
 */
export function loadLastActivityOfOwner(context: Context, ownerType: OwnerType, id: number, endsBefore: string): Promise<string | null> {
  return context.loaders.load(`last activity of ${ownerType} before ${endsBefore}`, id, async (ids) => {
    const { db, activityIndexed } = context;
    const owner = raw(ownerType === 'COMPANY' ? 'u.company_id' : 'u.partner_id');
    const owned = sql`${owner} in (${join(padded(ids))}) ${raw(ownerType === 'COMPANY' ? '' : 'and u.company_id is null')}`;
    const rolledUp = activityIndexed ? null : latestByRollup(context, endsBefore);
    const ofEach = rolledUp === null ? null : sql`select s.owner_id as owner_id, max(s.latest) as latest from (
      select ${owner} as owner_id, ${rolledUp.latest} as latest from ${db.table('user', 'u')} ${rolledUp.joined} where ${owned}) s group by s.owner_id`;
    const rows = await db.read(ofEach ?? (activityIndexed
      ? sql`select s.owner_id as owner_id, max(s.latest) as latest from (
          select ${owner} as owner_id, (select a.timestamp from ${db.table('activity', 'a')}
            where a.user_id = u.id and a.timestamp < ${endsBefore} order by a.timestamp desc limit 1) as latest
          from ${db.table('user', 'u')} where ${owned}) s group by s.owner_id`
      : sql`select ${owner} as owner_id, max(a.timestamp) as latest from ${db.table('user', 'u')}
          join ${db.table('activity', 'a')} on a.user_id = u.id
          where ${owned} and a.timestamp < ${endsBefore} group by ${owner}`));
    const latest = new Map(rows.map((row) => [number(row, 'owner_id'), instantOrNull(row['latest'])]));
    return ids.map((ownerId) => latest.get(ownerId) ?? null);
  });
}

/** Distinct active users of one owner in each interval; all owners of the request share the statement. */
export function loadActivityOverTime(
  context: Context,
  ownerType: OwnerType,
  id: number,
  intervals: readonly { from: string; to: string }[],
  endsBefore: string,
): Promise<readonly number[]> {
  const starts = intervals.map(({ from }) => startOfDay(from, context.config.REPORT_TIMEZONE));
  const name = `activity over time ${ownerType} ${starts.join()} ${endsBefore}`;
  return context.loaders.load(name, id, async (ids) => {
    const { db } = context;
    const rows = await db.read(sql`
      select s.owner_id as owner_id, s.bucket as bucket, count(distinct s.user_id) as active from (
        select u.owner_id as owner_id, u.id as user_id, ${bucketOf(starts)} as bucket
        from (${usersOfOwners(db, ownerType, ids)}) u join ${db.table('activity', 'a')} on a.user_id = u.id
        where a.timestamp >= ${starts[0] ?? ''} and a.timestamp < ${endsBefore}
      ) s group by s.owner_id, s.bucket`);
    const byOwner = new Map(ids.map((ownerId) => [ownerId, Array<number>(starts.length).fill(0)]));
    for (const row of rows) byOwner.get(number(row, 'owner_id'))?.splice(number(row, 'bucket'), 1, number(row, 'active'));
    return ids.map((ownerId) => byOwner.get(ownerId) ?? []);
  });
}

/**
 * The number of the interval that `a.timestamp` falls in, given the instants at which intervals begin. A balanced tree
 * of comparisons: exact across changes of summer time, which no arithmetic on the timestamp would be.
 */
function bucketOf(starts: readonly string[], first = 0, last = starts.length - 1): Sql {
  if (first >= last) return raw(String(first));
  const middle = Math.ceil((first + last) / 2);
  return sql`case when a.timestamp < ${starts[middle] ?? ''} then ${bucketOf(starts, first, middle - 1)} else ${bucketOf(starts, middle, last)} end`;
}
