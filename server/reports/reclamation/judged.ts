import type { Sql } from 'sql-template-tag';
import { judgedExternals } from './external.js';
import { judgedRounds } from './portal.js';
import type { ReclamationQuestion } from './question.js';
import type { PremiumSource } from './telemetry.js';

const judged: Record<PremiumSource, (question: ReclamationQuestion, silent: readonly string[]) => Sql> = {
  PORTAL: judgedRounds,
  EXTERNAL: judgedExternals,
};

/**
 * The premium licences in force of one source and of the owners in question, judged: a derived table `k` with id, company_id,
 * partner_id, product_key, site_url, license_key, quantity, currency, end_date, and
 *
 * - class, reason (null: nothing to reclaim), seats (to reclaim), saving (1/60 minor units; null: no price, or no reason),
 * - latest (the latest activity that counts), active (users of the owner within the window; null for external licences),
 * - before_start, after_as_of, unknown_quantity: 1 where the warning of that name applies.
 *
 * `silent` are the products of the source that are held back.
 */
export function judgedLicenses(question: ReclamationQuestion, source: PremiumSource, silent: readonly string[]): Sql {
  return judged[source](question, silent);
}
