import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { addDays, startOfDay } from '../shapes/days.js';
import type { FunnelQuestion } from './question.js';

/** What is told of a unit. */
export type UnitColumn =
  /** First start. */
  | 'started_at'
  /** When the latest term began, its last day, its last day of grace: 19 + 10 + 10 characters, no end being 9999-12-31. */
  | 'term'
  /** First check-in after the start. */
  | 'activated_at'
  /** 0: never converted; 1: with dates; 2: at an unknown time, at least once. */
  | 'conversion'
  /** First conversion. */
  | 'converted_at'
  /** First conversion with an estimated date. */
  | 'estimated_at'
  /** From when on the latest conversion and the latest deactivation count. */
  | 'confirmed_at' | 'reverted_at'
  /** Deactivations in the range. */
  | 'reversals';

/**
 * A derived table (unit_id, …): what was known of each unit by the end of asOf. An event counts from `known_at` on, and
 * not from when it happened: what is learned later leaves the answers for earlier days as they were given.
 */
export function unitColumns({ db, config }: Context, { knownBefore, products, from, to }: FunnelQuestion, columns: ReadonlySet<UnitColumn>): Sql {
  const { dialect } = db;
  const [startsAt, endsBefore] = [from, addDays(to, 1)].map((day) => startOfDay(day, config.REPORT_TIMEZONE));
  // The latest by when it began: what it holds is put behind, so that the greatest text is the latest term. Without casts and
  // with as few choices as possible: they took MariaDB longer than all else together.
  const grace = sql`coalesce(e.grace_until, ${dialect.addDays(raw('e.expires_on'), config.GRACE_DAYS_TRIAL)})`;
  const term = sql`case when e.expires_on is null then ${dialect.concat([raw('e.occurred_at'), raw(`'9999-12-319999-12-31'`)])}
    else ${dialect.concat([raw('e.occurred_at'), raw('e.expires_on'), grace])} end`;
  const expressions: Record<UnitColumn, Sql> = {
    started_at: raw(`min(case when e.kind = 'STARTED' then e.occurred_at end)`),
    term: sql`max(case when e.kind in ('STARTED', 'EXTENDED') then ${term} end)`,
    activated_at: raw(`min(case when e.kind = 'ACTIVATED' then e.occurred_at end)`),
    conversion: raw(`max(case when e.kind <> 'CONVERTED' then 0 when e.occurred_at is null then 2 else 1 end)`),
    converted_at: raw(`min(case when e.kind = 'CONVERTED' then e.occurred_at end)`),
    estimated_at: raw(`min(case when e.kind = 'CONVERTED' and e.estimated = 1 then e.occurred_at end)`),
    confirmed_at: raw(`max(case when e.kind = 'CONVERTED' then e.known_at end)`),
    reverted_at: raw(`max(case when e.kind = 'REVERTED' then e.known_at end)`),
    reversals: sql`sum(case when e.kind = 'REVERTED' and e.occurred_at >= ${startsAt} and e.occurred_at < ${endsBefore} then 1 else 0 end)`,
  };
  const conditions = [raw('e.unit_id is not null'), sql`e.known_at < ${knownBefore}`];
  if (products !== null) {
    conditions.push(sql`e.unit_id in (select n.id from ${db.table('trialUnit', 'n')} where n.product_slug in (${join(products)}))`);
  }
  return sql`(
    select e.unit_id as unit_id, ${join([...columns].sort().map((column) => sql`${expressions[column]} as ${raw(column)}`))}
    from ${db.table('trialEvent', 'e')} where ${all(conditions)} group by e.unit_id)`;
}
