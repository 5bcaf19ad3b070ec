import sql, { raw, type Sql } from 'sql-template-tag';
import { all } from '../../db/filter.js';
import { keptWhole } from '../../db/kept-whole.js';
import { ownerNumber } from '../../modules/activity/owner-number.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import { zonedDay } from '../../modules/unified/zoned-day.js';
import type { ReclamationQuestion } from './question.js';
import { activityClass, isSilent, latestSinceStart, ownerActive, usedBeforeStart, wholeReason } from './rules.js';

const columns = [
  'id', 'company_id', 'partner_id', 'product_key', 'site_url', 'license_key', 'quantity', 'currency', 'unit_price', 'start_date', 'end_date',
  'status', 'is_enabled', 'is_superseded',
] as const;

/** Passed on from step to step; texts that only a filter reads are left behind, for they make the steps' tables wide. */
const kept = raw('k.id, k.owner, k.shown, k.quantity, k.currency, k.unit_price, k.end_date, k.active');

/**
 * The portal rounds in force that are shown, judged: a derived table `k` as `judgedLicenses` describes it. The seats of an
 * owner are pooled over all of its rounds, so that a filter hides rounds and changes none.
 */
export async function judgedRounds(question: ReclamationQuestion, shown: Sql): Promise<Sql> {
  const [silent, activity] = await Promise.all([question.silent(), question.activity()]);
  const classed = sql`select ${kept}, ${latestSinceStart} as latest, k.latest_day, k.owner_active,
      case when ${usedBeforeStart} then 1 else 0 end as before_start, ${activityClass(question, isSilent(silent.PORTAL))} as class
    from (${roundsWithActivity(question, activity, shown)}) k`;
  const reasoned = sql`select ${kept}, k.latest, k.before_start, k.class, ${wholeReason(question)} as whole from (${classed}) k ${keptWhole}`;
  // Seats that nobody uses can be taken from rounds that are judged by use and not reclaimed as a whole.
  const shared = sql`select k.*, case when k.whole is null and k.class not in ('TOO_NEW', 'NO_TELEMETRY') then k.quantity else 0 end as takable
    from (${reasoned}) k`;
  const pooled = sql`select k.*, sum(k.quantity) over (partition by k.owner) - k.active as excess,
      sum(k.takable) over (partition by k.owner order by k.end_date is null, k.end_date, k.id rows unbounded preceding) - k.takable as taken_before
    from (${shared}) k`;
  const seats = raw(`case when k.whole is not null then k.quantity when k.excess <= k.taken_before then 0
    when k.excess - k.taken_before < k.takable then k.excess - k.taken_before else k.takable end`);
  const allotted = sql`select ${kept}, k.latest, k.before_start, k.class, k.whole, ${seats} as seats from (${pooled}) k where k.shown = 1`;
  return sql`(select k.*, case when k.whole is not null then k.whole when k.seats > 0 then 'UNDERUSED' end as reason,
      k.seats * k.unit_price as saving, 0 as after_as_of, 0 as unknown_quantity
    from (${allotted}) k) k`;
}

/** The rounds in force of the owners in question, with the activity of those owners. */
function roundsWithActivity({ context, asOf, ofOwners }: ReclamationQuestion, activity: Sql, shown: Sql): Sql {
  const { db, config } = context;
  return sql`select k.id, k.quantity, k.currency, k.unit_price, k.start_date, k.end_date, k.product_key, ${ownerNumber('k')} as owner,
      case when ${shown} then 1 else 0 end as shown, coalesce(o.active, 0) as active, o.latest,
      ${zonedDay(db.dialect, raw('o.latest'), config.REPORT_TIMEZONE, asOf)} as latest_day, ${ownerActive(context)} as owner_active
    from ${unifiedSource(context, 'PORTAL', asOf, columns)}
    left join ${activity} o on o.owner = ${ownerNumber('k')}
    where ${all([licenceInForce, ofOwners.licenses])}`;
}
