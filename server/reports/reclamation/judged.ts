import type { Sql } from 'sql-template-tag';
import { judgedExternals } from './external.js';
import { judgedRounds } from './portal.js';
import type { ReclamationQuestion } from './question.js';
import type { PremiumSource } from './telemetry.js';

const judged: Record<PremiumSource, (question: ReclamationQuestion, shown: Sql) => Promise<Sql>> = {
  PORTAL: judgedRounds,
  EXTERNAL: judgedExternals,
};

/**
 * The premium licences in force of one source that are shown, judged: a derived table `k` with id, quantity, currency, end_date, and
 *
 * - class, reason (null: nothing to reclaim), seats (to reclaim), saving (1/60 minor units; null: no price, or no reason),
 * - latest (the latest activity that counts), active (users of the owner within the window; null for external licences),
 * - before_start, after_as_of, unknown_quantity: 1 where the warning of that name applies.
 *
 * `shown` is a condition on `k` with the columns that a ReportFilter
 * and a search look at.
 */
export function judgedLicenses(question: ReclamationQuestion, source: PremiumSource, shown: Sql): Promise<Sql> {
  return judged[source](question, shown);
}
