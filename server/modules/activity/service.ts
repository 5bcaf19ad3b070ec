import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, text } from '../../db/decode.js';
import { badInput } from '../../errors.js';
import { once } from '../../db/page.js';
import type {
  ActiveUserStats, ActivityInterval, ActivityPoint, DateRange, MetricsFilter, OwnerActiveUsers, OwnerType, ReportMeta,
} from '../../graphql.generated.js';
import { addDays, intervalsOf, startOfDay, daysBetween, type DayWindow } from '../../reports/shapes/days.js';
import { ratio } from '../../reports/shapes/ratio.js';
import { metricsScope } from '../metrics/filter.js';
import { reportMeta } from '../metrics/meta.js';
import { activityWindow, type WindowArgs } from '../metrics/window.js';
import { countUsers, loadActivityOverTime, loadUserCounts, usersByOwner, type UserCounts } from './store.js';

/** Active users of a set of owners: each part is computed when it is asked for. */
export interface ActiveUserTotalsModel {
  total: () => Promise<ActiveUserStats>;
  byOwner: (ownerType: OwnerType, first: number) => Promise<OwnerActiveUsers[]>;
  meta: ReportMeta;
}

/** Counts as the API shows them. */
export function activeUserStats({ registered, active }: UserCounts, window: DayWindow): ActiveUserStats {
  return {
    registeredUsers: registered,
    activeUsers: active,
    activeShare: ratio(active, registered),
    windowDays: window.days,
    asOf: window.to,
  };
}

/** Registered and active users of one owner. */
export async function ownerActiveUsers(context: Context, ownerType: OwnerType, id: number, args: WindowArgs): Promise<ActiveUserStats> {
  const window = activityWindow(context, args);
  return activeUserStats(await loadUserCounts(context, ownerType, id, window), window);
}

/** Registered and active users of any set of owners. */
export function activeUserTotals(context: Context, filter: MetricsFilter | null | undefined, args: WindowArgs): ActiveUserTotalsModel {
  const window = activityWindow(context, args);
  const scope = metricsScope(context, filter, window.to);
  return {
    total: once(async () => activeUserStats(await countUsers(context, window, scope), window)),
    byOwner: (ownerType, first) => statsByOwner(context, ownerType, first, window, scope),
    meta: reportMeta(context, window),
  };
}

const MAX_OWNERS = 50_000;

async function statsByOwner(
  context: Context,
  ownerType: OwnerType,
  first: number,
  window: DayWindow,
  scope: ReturnType<typeof metricsScope>,
): Promise<OwnerActiveUsers[]> {
  if (first < 1 || first > MAX_OWNERS) throw badInput('first', `must be from 1 to ${MAX_OWNERS}, not ${first}`);
  const { db } = context;
  const owners = ownerType === 'COMPANY'
    ? sql`select c.id as id, c.company_name as name from ${db.table('company', 'c')} where ${scope.companies}`
    : sql`select p.id as id, p.partner_name as name from ${db.table('partner', 'p')} where ${scope.partners}`;
  const rows = await db.read(sql`
    select o.id as id, o.name as name, coalesce(s.registered, 0) as registered, coalesce(s.active, 0) as active
    from (${owners}) o left join ${await usersByOwner(context, ownerType, window)} s on s.owner_id = o.id
    order by active desc, o.id limit ${raw(String(first))}`);
  return rows.map((row) => ({
    ownerType,
    ownerId: number(row, 'id'),
    ownerName: text(row, 'name'),
    stats: activeUserStats({ registered: number(row, 'registered'), active: number(row, 'active') }, window),
  }));
}

const DEFAULT_RANGE_DAYS = 90;
const MAX_RANGE_DAYS = 3660;
const MAX_INTERVALS = 400;

/** Distinct active users of one owner per interval of a range, zeros included. */
export async function activityOverTime(
  context: Context,
  ownerType: OwnerType,
  id: number,
  range: DateRange | null | undefined,
  interval: ActivityInterval,
): Promise<ActivityPoint[]> {
  const to = range?.to ?? context.today;
  const from = range?.from ?? addDays(to, 1 - DEFAULT_RANGE_DAYS);
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw badInput('range', 'ends before it begins');
  if (days > MAX_RANGE_DAYS) throw badInput('range', `is longer than ${MAX_RANGE_DAYS} days`);
  const intervals = intervalsOf(from, to, interval);
  if (intervals.length > MAX_INTERVALS) {
    throw badInput('range', `has ${intervals.length} intervals, more than ${MAX_INTERVALS}; choose a longer interval`);
  }
  const endsBefore = startOfDay(addDays(to, 1), context.config.REPORT_TIMEZONE);
  const active = await loadActivityOverTime(context, ownerType, id, intervals, endsBefore);
  return intervals.map((bounds, index) => ({ ...bounds, activeUsers: active[index] ?? 0 }));
}
