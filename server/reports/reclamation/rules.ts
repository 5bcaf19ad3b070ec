import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { never } from '../../db/filter.js';
import type { ActivityClass, ReclamationReason } from '../../graphql.generated.js';
import { addDays } from '../shapes/days.js';
import type { ReclamationQuestion } from './question.js';
import { productOf } from './telemetry.js';

/** Every class, in the order of the SDL. */
export const activityClasses: readonly ActivityClass[] = ['ACTIVE', 'DORMANT', 'INACTIVE', 'NEVER_USED', 'TOO_NEW', 'NO_TELEMETRY'];

/** Every reason, the first that applies first. */
export const reclamationReasons: readonly ReclamationReason[] = ['OWNER_INACTIVE', 'NEVER_USED', 'STALE', 'UNDERUSED'];

/** Days without activity from which a licence is dormant, and inactive. Fixed, whatever the threshold is. */
const DORMANT_DAYS = 30;
const INACTIVE_DAYS = 90;

/** Activity since the licence started. Over `k` with start_date and latest_day; without a first day any activity counts. */
const usedSinceStart = raw('(k.latest_day is not null and (k.start_date is null or k.latest_day >= k.start_date))');

/** Activity only before the licence started. */
export const usedBeforeStart = raw('(k.latest_day < k.start_date)');

/** The latest activity that counts; null when there is none. */
export const latestSinceStart = sql`case when ${usedSinceStart} then k.latest end`;

/** `k` belongs to one of the products that are held back. */
export function isSilent(products: readonly string[]): Sql {
  return products.length === 0 ? never : sql`${productOf} in (${join(products)})`;
}

/** 0 where the owner of `k` is a company that is switched off, else null: the few that are, are looked for in memory. */
export function ownerActive({ db }: Context): Sql {
  return sql`case when k.company_id in (select c.id from ${db.table('company', 'c')} where c.active = 0) then 0 end`;
}

/** The activity class of `k` with start_date, latest_day and what else `heldBack` needs. */
export function activityClass({ asOf, thresholdDays }: ReclamationQuestion, heldBack: Sql): Sql {
  return sql`case
    when k.start_date > ${addDays(asOf, -thresholdDays)} then 'TOO_NEW'
    when ${heldBack} then 'NO_TELEMETRY'
    when not ${usedSinceStart} then 'NEVER_USED'
    when k.latest_day > ${addDays(asOf, -DORMANT_DAYS)} then 'ACTIVE'
    when k.latest_day > ${addDays(asOf, -INACTIVE_DAYS)} then 'DORMANT'
    else 'INACTIVE' end`;
}

/**
 * Why all seats of `k` with class, latest_day and owner_active can be reclaimed; null: they can't. An owner that is switched
 * off needs no telemetry to be known.
 */
export function wholeReason({ asOf, thresholdDays }: ReclamationQuestion): Sql {
  return sql`case
    when k.class = 'TOO_NEW' then null
    when k.owner_active = 0 then 'OWNER_INACTIVE'
    when k.class = 'NEVER_USED' then 'NEVER_USED'
    when k.class <> 'NO_TELEMETRY' and k.latest_day <= ${addDays(asOf, -thresholdDays)} then 'STALE' end`;
}
