import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { AnalyzeMeasure } from '../../graphql.generated.js';
import { groupColumns, groupedBy } from './dimensions.js';
import { licenceFact, noFact } from './facts.js';
import { readingOf, type FactColumn, type Reading } from './measures.js';
import { keptOwners, ownersFact, usersFact } from './owners.js';
import type { AnalyzeQuestion } from './question.js';

/** Groups with their figures, as a statement. */
export interface Lines extends Pick<Reading, 'counts' | 'amounts'> {
  statement: Sql;
}

/**
 * The groups of a question, or with `whole` everything as one group. Licences, owners and users are each added up by group before they
 * meet, so that none multiplies another. With `whole` nothing of one group enters into another's count: the totals are read anew.
 */
export function linesOf(question: AnalyzeQuestion, measures: ReadonlySet<AnalyzeMeasure>, currencies: readonly string[], whole: boolean): Lines {
  const dims = whole ? [] : groupedBy(question.dimensions);
  const { needs: counted, sums, counts, amounts } = readingOf(measures, currencies);
  const told = dims.some(({ lookedUp }) => lookedUp !== undefined);
  const needs = new Set<FactColumn>([...counted, ...(told ? (['licence_id'] as const) : [])]);
  const facts = factsOf(question, dims, needs);
  const groups = groupColumns(dims);
  const everything = facts.length === 0 ? [noFact(question, dims, needs)] : facts;
  // One group has a column of its own too: sums without groups over a derived table fail when MariaDB runs them again.
  const grouped = groups.length === 0 ? raw('g.sw_one') : join(groups.map((column) => raw(`g.${column}`)));
  const rows = sql`select f.*, 1 as sw_one from (${join(everything, ' union all ')}) f`;
  return {
    counts, amounts,
    statement: sql`select ${join([...groups.map((column) => raw(`g.${column} as ${column}`)), ...sums, ...(told ? [raw('min(g.licence_id) as licence_id')] : []), raw('max(g.sw_one) as sw_one')])} from (${rows}) g group by ${grouped}`,
  };
}

/** The facts that the question is about. Licences make the groups even where only users or owners are counted. */
function factsOf(question: AnalyzeQuestion, dims: ReturnType<typeof groupedBy>, needs: Reading['needs']): Sql[] {
  const { scope, ofHoldersOnly } = question;
  const ofLicences: readonly FactColumn[] = ['n', 'quantity', 'arr'];
  const counted = dims.length > 0 || ofLicences.some((column) => needs.has(column));
  const kept = dims.some(({ ofOwner }) => ofOwner) && !ofHoldersOnly;
  const owners = needs.has('owners') && (scope.sources.length > 0 || !ofHoldersOnly);
  const users = (needs.has('registered') || needs.has('active')) && scope.sources.includes('PORTAL');
  return [
    ...(counted ? scope.sources.map((source) => licenceFact(question, dims, needs, source)) : []),
    ...(kept ? [keptOwners(question, dims, needs)] : []),
    ...(owners ? [ownersFact(question, dims, needs)] : []),
    ...(users ? [usersFact(question, dims, needs)] : []),
  ];
}
