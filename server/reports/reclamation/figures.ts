import sql, { raw } from 'sql-template-tag';
import { number, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { ActivityClass, ReclamationReason } from '../../graphql.generated.js';
import { judgedLicenses } from './judged.js';
import type { ReclamationQuestion } from './question.js';
import type { PremiumSource } from './telemetry.js';

/** Licences of one class; candidates also of one reason, currency and month. */
export interface ReclamationGroup {
  class: ActivityClass;
  /** Null: nothing to reclaim; then currency and month are null too. */
  reason: ReclamationReason | null;
  currency: string | null;
  /** Month of the last day as `YYYY-MM`; null: perpetual. */
  month: string | null;
  licenses: number;
  quantity: number;
  /** Seats to reclaim. */
  seats: number;
  /** 1/60 minor units of those with a price. */
  parts: string;
  unpriced: number;
  unknownQuantity: number;
  beforeStart: number;
  afterAsOf: number;
}

/** The judged licences in groups, from which every figure follows: one statement for each source. */
export async function reclamationGroups(question: ReclamationQuestion): Promise<ReclamationGroup[]> {
  const groups = await Promise.all(question.sources.map((source) => groupsOf(question, source)));
  return groups.flat();
}

async function groupsOf(question: ReclamationQuestion, source: PremiumSource): Promise<ReclamationGroup[]> {
  const { db } = question.context;
  const judged = await judgedLicenses(question, source, question.scope.licenses);
  const rows = await db.read(sql`
    select g.class as class, g.reason as reason, g.currency as currency, g.month as month, count(*) as licenses,
      sum(g.quantity) as quantity, sum(g.seats) as seats, ${db.dialect.exactInteger(raw('sum(coalesce(g.saving, 0))'))} as parts,
      sum(g.unpriced) as unpriced, sum(g.unknown_quantity) as unknown_quantity, sum(g.before_start) as before_start, sum(g.after_as_of) as after_as_of
    from (
      select k.class, k.reason, k.quantity, k.seats, k.saving, k.unknown_quantity, k.before_start, k.after_as_of,
        case when k.reason is not null then k.currency end as currency,
        case when k.reason is not null then substr(${db.dialect.asText(raw('k.end_date'))}, 1, 7) end as month,
        case when k.reason is not null and k.saving is null then 1 else 0 end as unpriced
      from ${judged}
    ) g group by g.class, g.reason, g.currency, g.month`);
  return rows.map(decode);
}

function decode(row: Row): ReclamationGroup {
  return {
    class: text(row, 'class') as ActivityClass,
    reason: textOrNull(row, 'reason') as ReclamationReason | null,
    currency: textOrNull(row, 'currency'),
    month: textOrNull(row, 'month'),
    licenses: number(row, 'licenses'),
    quantity: number(row, 'quantity'),
    seats: number(row, 'seats'),
    parts: text(row, 'parts'),
    unpriced: number(row, 'unpriced'),
    unknownQuantity: number(row, 'unknown_quantity'),
    beforeStart: number(row, 'before_start'),
    afterAsOf: number(row, 'after_as_of'),
  };
}
