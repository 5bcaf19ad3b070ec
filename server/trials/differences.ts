import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { number, numberOrNull, text, textOrNull } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { tableReference } from '../db/tables.js';
import { isCalendarDay } from '../reports/shapes/days.js';

/** A trial of which something is not in the history yet, and what is. */
export interface Difference {
  trialId: number;
  siteUrl: string;
  productSlug: string;
  createdAt: Date | null;
  updatedAt: Date | null;
  checkedInAt: Date | null;
  /** Last day; null without end. */
  expiresOn: string | null;
  /** Last day of grace where the trial names one. */
  graceUntil: string | null;
  isConverted: boolean;
  /** The key of the premium licence; empty when none is named. */
  premiumId: string;
  recorded: {
    started: boolean;
    activated: boolean;
    unreadable: boolean;
    /** The last of CONVERTED and REVERTED. */
    lastWord: 'CONVERTED' | 'REVERTED' | null;
    /** True when the latest conversion was concluded from the row; false when a check of a licence saw it happen. */
    isConcluded: boolean;
    /** From when on the latest reversal counts. */
    revertedAt: Date | null;
    expiresOn: string | null;
    graceUntil: string | null;
  };
}

/** Stands for a day that is not there where two are compared. */
const NEVER = raw(`'9999-12-31'`);

/**
 * The trials with ids above `after` and up to `until` that differ from their history: the database compares. Where the rows
 * cannot be written, a check of a licence that sees a conversion or a reversal leaves the flag as it is: then the flag is no
 * news until the row changes, or names a licence.
 */
export async function readDifferences(database: Database, columns: ReadonlySet<string>, after: number, until: number): Promise<Difference[]> {
  const { dialect } = database;
  const noEnd = dialect.hasNoEnd(raw('t.expiration_date'));
  const expires = sql`case when ${noEnd} then null else ${dialect.dayOf(raw('t.expiration_date'), 0)} end`;
  const grace = sql`case when ${noEnd} then null else ${dialect.dayOf(raw('t.grace_period_date'), 0)} end`;
  // In the field the column is missing; and where it is there, we may have had to keep check-ins of our own.
  const onRow = columns.has('last_checked_in_at') ? raw('t.last_checked_in_at') : raw('null');
  const rows = await database.read(sql`
    select t.id as id, t.site_url as site_url, t.product_slug as product_slug, t.created_at as created_at, t.updated_at as updated_at,
      ${onRow} as row_check_in, c.checked_in_at as own_check_in, ${expires} as expires_on, ${grace} as grace_until,
      case when t.is_fluent_license_check = 1 then 1 else 0 end as is_converted, t.premium_license_id as premium_id,
      e.started as started, e.activated as activated, e.unreadable as unreadable, e.converted_id as converted_id, e.reverted_id as reverted_id,
      e.concluded_id as concluded_id, e.reverted_at as reverted_at, te.expires_on as known_expires_on, te.grace_until as known_grace_until
    from ${tableReference(database.tables.trial)} t
    left join ${recordedBetween(after, until)} e on e.trial_id = t.id
    left join sw_trial_events te on te.id = e.term_id
    left join (
      select license_id, max(checked_in_at) as checked_in_at from sw_check_ins
      where kind = 'TRIAL' and license_id > ${after} and license_id <= ${until} group by license_id
    ) c on c.license_id = t.id
    where t.id > ${after} and t.id <= ${until} and (
      coalesce(e.started, 0) = 0
      or (e.activated = 0 and (c.checked_in_at > t.created_at ${onRow.sql === 'null' ? empty : sql`or ${onRow} > t.created_at`}))
      or (e.converted_id is null and (t.is_fluent_license_check = 1 or t.premium_license_id <> ''))
      or (t.is_fluent_license_check = 1 and e.reverted_id > e.converted_id and t.updated_at > e.reverted_at)
      or (coalesce(t.is_fluent_license_check, 0) <> 1 and e.converted_id > coalesce(e.reverted_id, 0)
        and (t.premium_license_id <> '' or e.concluded_id = e.converted_id))
      or (e.converted_id is null and (
        coalesce(te.expires_on, ${NEVER}) <> coalesce(${expires}, ${NEVER}) or coalesce(te.grace_until, ${NEVER}) <> coalesce(${grace}, ${NEVER})))
    ) order by t.id`);
  return rows.map(differenceFrom);
}

/** A derived table (trial_id, …): what is recorded of these trials. */
function recordedBetween(after: number, until: number): Sql {
  return sql`(
    select trial_id, max(case when kind = 'STARTED' then 1 else 0 end) as started, max(case when kind = 'ACTIVATED' then 1 else 0 end) as activated,
      max(case when kind = 'UNREADABLE' then 1 else 0 end) as unreadable, max(case when kind in ('STARTED', 'EXTENDED') then id end) as term_id,
      max(case when kind = 'CONVERTED' then id end) as converted_id, max(case when kind = 'REVERTED' then id end) as reverted_id,
      max(case when kind = 'CONVERTED' and (estimated = 1 or occurred_at is null) then id end) as concluded_id,
      max(case when kind = 'REVERTED' then known_at end) as reverted_at
    from sw_trial_events where trial_id > ${after} and trial_id <= ${until} group by trial_id)`;
}

function differenceFrom(row: Row): Difference {
  const checkIns = [instant(row['row_check_in']), instant(row['own_check_in'])].filter((checkIn) => checkIn !== null);
  const [converted, reverted] = [numberOrNull(row, 'converted_id'), numberOrNull(row, 'reverted_id') ?? 0];
  return {
    trialId: number(row, 'id'),
    siteUrl: text(row, 'site_url'),
    productSlug: text(row, 'product_slug'),
    createdAt: instant(row['created_at']),
    updatedAt: instant(row['updated_at']),
    checkedInAt: checkIns.sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
    expiresOn: day(row, 'expires_on'),
    graceUntil: day(row, 'grace_until'),
    isConverted: number(row, 'is_converted') === 1,
    premiumId: text(row, 'premium_id').trim(),
    recorded: {
      started: numberOrNull(row, 'started') === 1,
      activated: numberOrNull(row, 'activated') === 1,
      unreadable: numberOrNull(row, 'unreadable') === 1,
      lastWord: converted === null ? null : reverted > converted ? 'REVERTED' : 'CONVERTED',
      isConcluded: converted !== null && numberOrNull(row, 'concluded_id') === converted,
      revertedAt: instant(row['reverted_at']),
      expiresOn: day(row, 'known_expires_on'),
      graceUntil: day(row, 'known_grace_until'),
    },
  };
}

/** A day of the customer's; one that does not exist, such as MySQL's zero date, is none. */
function day(row: Row, column: string): string | null {
  const value = textOrNull(row, column);
  return value !== null && isCalendarDay(value) ? value : null;
}

/** A date and time of the customer's in UTC; what is none must not end the reading of all the others. */
function instant(value: unknown): Date | null {
  if (value === null || value === undefined) return null;
  const date = value instanceof Date ? value : new Date(`${(value as string).trim().replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1000 ? null : date;
}
