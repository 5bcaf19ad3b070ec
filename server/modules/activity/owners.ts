import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, textOrNull } from '../../db/decode.js';
import { all } from '../../db/filter.js';
import { keptWhole } from '../../db/kept-whole.js';
import type { DayWindow } from '../../reports/shapes/days.js';
import type { MetricsScope } from '../metrics/filter.js';
import { aboutEverybody, activeUsersByOwner } from './everybody.js';
import { owned, ownerNumber } from './owner-number.js';
import { activeByRollup, isActiveByRollup, latestByRollup } from './rolled-up.js';

/**
 * Activity of the owners of rounds, each with its own users: those of a company, or those attached to a partner directly.
 * A user belongs to one owner, so that users of several owners may be added up.
 */

/**
 * A derived table (owner, latest, active): the latest activity before the window's end, however long ago, and the users
 * active within the window. An owner without users is not in it. It is read here and now, so that several statements can share
 * it: 20,000 owners are less than a megabyte. Everybody is read in two halves, which the database works on side by side.
 */
export async function readActivityByOwner(context: Context, window: DayWindow, scope: MetricsScope): Promise<Sql> {
  const { db, activityIndexed } = context;
  const halves = activityIndexed && context.rolledUp == null && aboutEverybody(context, scope) ? await halvesOfUsers(db) : [raw('1 = 1')];
  const parts = await Promise.all(halves.map((half) => db.read(activityOf(context, window, all([scope.users, half])))));
  const owners = new Map<number, [owner: number, latest: string | null, active: number]>();
  for (const row of parts.flat()) {
    const [owner, latest, active] = [number(row, 'owner'), textOrNull(row, 'latest'), number(row, 'active')];
    const [, other, others] = owners.get(owner) ?? [owner, null, 0];
    owners.set(owner, [owner, (latest ?? '') > (other ?? '') ? latest : other, active + others]);
  }
  return db.dialect.keyedRowsOf(JSON.stringify([...owners.values()]), [['owner', 'whole'], ['latest', 'instant'], ['active', 'whole']]);
}

/** Conditions on `u` that each about half of all users pass. */
async function halvesOfUsers(db: Context['db']): Promise<Sql[]> {
  const [row] = await db.read(sql`select min(u.id) as first, max(u.id) as last from ${db.table('user', 'u')}`);
  const middle = row === undefined ? 0 : Math.floor((number(row, 'first') + number(row, 'last')) / 2);
  return [sql`u.id <= ${middle}`, sql`u.id > ${middle}`];
}

/** Rows (owner, latest as text, active) of the users `u` that pass. */
function activityOf(context: Context, { startsAt, endsBefore }: DayWindow, users: Sql): Sql {
  const { db, activityIndexed } = context;
  const rolledUp = latestByRollup(context, endsBefore);
  const [user, log] = [db.table('user', 'u'), db.table('activity', 'a')];
  // One step into the index a user took 1.8 seconds for 500,000 users and 5 million rows on MariaDB; grouping the log by
  // user along the index, which the optimiser also offers, and joining the users then, 5. It does not grow with the log.
  const latest = rolledUp !== null
    ? sql`select ${ownerNumber('u')} as owner, ${rolledUp.latest} as latest from ${user} ${rolledUp.joined} where ${all([owned, users])} ${keptWhole}`
    : activityIndexed
    ? sql`select ${ownerNumber('u')} as owner, (select a.timestamp from ${log}
        where a.user_id = u.id and a.timestamp < ${endsBefore} order by a.timestamp desc limit 1) as latest
      from ${user} where ${all([owned, users])} ${keptWhole}`
    : sql`select ${ownerNumber('u')} as owner, w.latest as latest from ${user} left join (
        select a.user_id as user_id, max(a.timestamp) as latest from ${log}
        where a.user_id is not null and a.timestamp < ${endsBefore} group by a.user_id
      ) w on w.user_id = u.id where ${all([owned, users])}`;
  return sql`select s.owner as owner, ${db.dialect.asText(raw('max(s.latest)'))} as latest, count(case when s.latest >= ${startsAt} then 1 end) as active
    from (${latest}) s group by s.owner`;
}

/** A derived table (owner, active): the users active within the window, of owners that have any. */
export function activeByOwner(context: Context, window: DayWindow, scope: MetricsScope): Sql {
  const { db, activityIndexed } = context;
  const { startsAt, endsBefore } = window;
  const [user, log] = [db.table('user', 'u'), db.table('activity', 'a')];
  if (activityIndexed && !aboutEverybody(context, scope)) {
    return sql`(select ${ownerNumber('u')} as owner, count(*) as active from ${user} where ${all([owned, scope.users])} and (
      select a.timestamp from ${log} where a.user_id = u.id and a.timestamp < ${endsBefore} order by a.timestamp desc limit 1) >= ${startsAt}
      group by ${ownerNumber('u')})`;
  }
  const rolledUp = aboutEverybody(context, scope) ? null : activeByRollup(context, window);
  if (rolledUp === null) return sql`(${activeUsersByOwner(context, window, scope.users)})`;
  return sql`(select ${ownerNumber('u')} as owner, count(*) as active from ${user} ${rolledUp.joined} where ${all([owned, scope.users, rolledUp.flag])} group by ${ownerNumber('u')})`;
}

/**
 * A condition on `k` (company_id, partner_id): a user of the owner was active within the window. It stops at the first one
 * found, so it is cheap where somebody is.
 */
export function ownerSeenWithin(context: Context, window: DayWindow): { company: Sql; partner: Sql } {
  const { db, activityIndexed } = context;
  const { startsAt, endsBefore } = window;
  const [user, log] = [db.table('user', 'u'), db.table('activity', 'a')];
  const seen = activityIndexed
    ? sql`(select a.timestamp from ${log} where a.user_id = u.id and a.timestamp < ${endsBefore} order by a.timestamp desc limit 1) >= ${startsAt}`
    : isActiveByRollup(context, window)
      ?? sql`u.id in (select a.user_id from ${log} where a.user_id is not null and a.timestamp >= ${startsAt} and a.timestamp < ${endsBefore})`;
  return {
    company: sql`join ${user} on u.company_id = k.company_id and ${seen}`,
    partner: sql`join ${user} on u.company_id is null and u.partner_id = k.partner_id and ${seen}`,
  };
}
