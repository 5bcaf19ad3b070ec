import sql, { raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import { keptWhole } from '../../db/kept-whole.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import { zonedDay } from '../../modules/unified/zoned-day.js';
import type { ReclamationQuestion } from './question.js';
import { activityClass, isSilent, latestSinceStart, ownerActive, usedBeforeStart, wholeReason } from './rules.js';

const columns = [
  'id', 'company_id', 'partner_id', 'product_key', 'site_url', 'license_key', 'quantity', 'is_unlimited', 'currency', 'arr', 'start_date', 'end_date',
  'last_checked_in_at', 'status', 'is_enabled', 'is_superseded',
] as const;

const kept = raw('k.id, k.quantity, k.is_unlimited, k.currency, k.arr, k.end_date, k.after_as_of');

/**
 * The external licences in force that are shown, judged: a derived table `k` as `judgedLicenses` describes it. A provider tells
 * the latest check-in alone: where that is after asOf, it is not known what went before, and the licence is held back.
 */
export async function judgedExternals(question: ReclamationQuestion, shown: Sql): Promise<Sql> {
  const silent = await question.silent();
  const { context, asOf, window } = question;
  const { db, config } = context;
  const checkedIn = sql`select k.id, k.quantity, k.is_unlimited, k.currency, k.arr, k.start_date, k.end_date, k.product_key, ${ownerActive(context)} as owner_active,
      case when k.last_checked_in_at >= ${window.endsBefore} then 1 else 0 end as after_as_of,
      case when k.last_checked_in_at < ${window.endsBefore} then k.last_checked_in_at end as latest,
      case when k.last_checked_in_at < ${window.endsBefore}
        then ${zonedDay(db.dialect, raw('k.last_checked_in_at'), config.REPORT_TIMEZONE, asOf)} end as latest_day
    from ${unifiedSource(context, 'EXTERNAL', asOf, columns)}
    where ${all([licenceInForce, shown])}`;
  const heldBack = sql`k.after_as_of = 1 or ${isSilent(silent.EXTERNAL)}`;
  const classed = sql`select ${kept}, ${latestSinceStart} as latest, k.latest_day, k.owner_active,
      case when ${usedBeforeStart} then 1 else 0 end as before_start, ${activityClass(question, heldBack)} as class
    from (${checkedIn}) k ${keptWhole}`;
  const reasoned = sql`select ${kept}, k.latest, k.before_start, k.class, ${wholeReason(question)} as reason from (${classed}) k`;
  return sql`(select k.id, k.currency, k.quantity, k.end_date, k.latest, k.before_start, k.after_as_of, k.class, k.reason, null as active,
      case when k.reason is null then 0 else k.quantity end as seats, case when k.reason is not null then k.arr end as saving,
      case when k.reason is not null and k.quantity = 0 and k.is_unlimited = 0 then 1 else 0 end as unknown_quantity
    from (${reasoned}) k) k`;
}
