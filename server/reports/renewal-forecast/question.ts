import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { badInput } from '../../errors.js';
import type { LicenseSource, ReportFilter } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { allSources } from '../../modules/unified/relation.js';
import { reportScope } from '../filter.js';
import { addDays } from '../shapes/days.js';

const MAX_HORIZON = 180;

export interface RenewalArgs {
  filter?: ReportFilter | null;
  asOf?: string | null;
  horizonDays: number;
  includeTrials: boolean;
}

/** A forecast as it was asked for. */
export interface RenewalQuestion {
  context: Context;
  asOf: string;
  horizonDays: number;
  /** Last day of the horizon. */
  lastDay: string;
  sources: readonly LicenseSource[];
  /** On `k`: the licence passes the filter. */
  passes: Sql;
  /** On `k`: the licence passes as far as its owner and product go, which those that continue it share. */
  shares: Sql;
  /** On `k`: it expires within the horizon or is in grace. */
  expires: Sql;
  /** Columns that the three conditions read. */
  columns: readonly UnifiedColumn[];
}

const withoutTrials: readonly LicenseSource[] = allSources.filter((source) => source !== 'TRIAL');

/** Checks the arguments. */
export function renewalQuestion(context: Context, { filter, asOf, horizonDays, includeTrials }: RenewalArgs): RenewalQuestion {
  if (horizonDays < 1 || horizonDays > MAX_HORIZON) throw badInput('horizonDays', `must be from 1 to ${MAX_HORIZON}, not ${horizonDays}`);
  const day = asOf ?? context.today;
  const lastDay = addDays(day, horizonDays);
  const scope = reportScope(context, filter, day, includeTrials ? allSources : withoutTrials);
  return {
    context,
    asOf: day,
    horizonDays,
    lastDay,
    sources: scope.sources,
    passes: scope.licenses,
    shares: reportScope(context, { ...filter, currencies: null }, day).licenses,
    expires: all([sql`k.end_date <= ${lastDay}`, notOver(day), raw(`k.status in ('ACTIVE', 'EXPIRES_TODAY', 'IN_GRACE')`), raw('k.is_enabled = 1 and k.is_superseded = 0')]),
    columns: [
      'end_date', 'grace_end_date', 'status', 'is_enabled', 'is_superseded', 'company_id', 'partner_id',
      ...(filter?.products == null ? [] : (['product_key'] as const)),
      ...(filter?.currencies == null ? [] : (['currency'] as const)),
    ],
  };
}

/**
 * On `k`: it has not ended, or its grace has not. The status says so too, at a price: over 200,000 trials of MariaDB the days
 * alone are compared first, and the status of the few that are left is worked out.
 */
export function notOver(day: string): Sql {
  return sql`k.end_date >= ${day} or k.grace_end_date >= ${day}`;
}
