import sql, { join, raw, type Sql } from 'sql-template-tag';
import { seesEverything } from '../../auth/row-scope.js';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { sharedSums, type SharedSums } from '../../db/shared-sums.js';
import type { OwnerType } from '../../graphql.generated.js';
import type { DayWindow } from '../../reports/shapes/days.js';
import type { MetricsScope } from '../metrics/filter.js';
import { owned, ownerNumber } from './owner-number.js';
import { activeUsersByRollup, type Source } from './rolled-up.js';

/** Questions about everybody: one pass over those who were active is cheaper than looking users up one by one. */

/** True where a question is about all users that there are. */
export function aboutEverybody(context: Context, { unfiltered }: Pick<MetricsScope, 'unfiltered'>): boolean {
  return unfiltered && seesEverything(context.signedIn().scope);
}

/** Those who may sign in; the flag may be of any type that compares with 1. */
export const registered = raw('count(case when u.active = 1 then 1 end)');

/** A statement for the numbers `user_id` of all who were active in the window, each once, as the log has it. */
export function activeIdsByLog({ db }: Context, { startsAt, endsBefore }: DayWindow): Sql {
  return sql`select distinct a.user_id as user_id from ${db.table('activity', 'a')}
    where a.user_id is not null and a.timestamp >= ${startsAt} and a.timestamp < ${endsBefore}`;
}

/**
 * Rows (owner, active): how many users of each owner were active in the window, of those who pass. One statement, so that it is of one
 * moment: the roll-up takes users over from the log all the time.
 */
export function activeUsersByOwner(context: Context, window: DayWindow, passes: Sql): Sql {
  const { db } = context;
  const counted = (users: string, owner: Sql, { from, where }: Source, having: Sql): Sql =>
    sql`select ${owner} as owner, ${raw(users)} as active from ${from} where ${all([where, having, passes])} group by ${owner}`;
  const rolledUp = activeUsersByRollup(context, window);
  if (rolledUp === null) {
    const seen = sql`(${activeIdsByLog(context, window)}) w ${db.dialect.joinInOrder} ${db.table('user', 'u')} on u.id = w.user_id`;
    return counted('count(*)', ownerNumber('u'), { from: seen, where: raw('1 = 1') }, owned);
  }
  const parts = [
    // Owners of each kind by themselves: an index on company_id has all that is asked for, and few users are attached to partners.
    counted('count(*)', raw('u.company_id'), rolledUp.all, raw('u.company_id is not null')),
    counted('count(*)', raw('-u.partner_id'), rolledUp.some, raw('u.company_id is null and u.partner_id is not null')),
    counted('count(distinct u.id)', ownerNumber('u'), rolledUp.recent, owned),
  ];
  return sql`select k.owner as owner, sum(k.active) as active from (${join(parts, ' union all ')}) k group by k.owner`;
}

/** Sums (owner, registered, active) of all users by the owner they belong to: worked out once in a request, whatever is asked of them. */
export function usersOfEverybody(context: Context, window: DayWindow): Promise<SharedSums> {
  const { db, loaders } = context;
  const owner = ownerNumber('u');
  return loaders.readOnce(`users of everybody ${window.from} ${window.to}`, () => sharedSums(db, 'owner', ['registered', 'active'], [
    sql`select ${owner} as owner, ${registered} as registered, 0 as active from ${db.table('user', 'u')} where ${owned} group by ${owner}`,
    sql`select k.owner as owner, 0 as registered, k.active as active from (${activeUsersByOwner(context, window, raw('1 = 1'))}) k`,
  ]));
}

/** A derived table (owner_id, registered, active) of all users by the owner they count for, partners by way of their companies. */
export async function everybodyByOwner(context: Context, ownerType: OwnerType, window: DayWindow): Promise<Sql> {
  const { table } = await usersOfEverybody(context, window);
  if (ownerType === 'COMPANY') return sql`(select h.owner as owner_id, h.registered as registered, h.active as active from ${table} h where h.owner > 0)`;
  // A number by its type: SQLite would not make an index on what has none.
  const partner = context.db.dialect.integerOf(raw('case when h.owner < 0 then -h.owner else c.partner_id end'));
  return sql`(select k.owner_id as owner_id, sum(k.registered) as registered, sum(k.active) as active from (
      select ${partner} as owner_id, h.registered as registered, h.active as active
      from ${table} h left join ${context.db.table('company', 'c')} on c.id = h.owner) k
    where k.owner_id is not null group by k.owner_id)`;
}

/** All users, each counted once. */
export async function countEverybody(context: Context, window: DayWindow): Promise<{ registered: number; active: number }> {
  const { total } = await usersOfEverybody(context, window);
  return { registered: await total('registered'), active: await total('active') };
}
