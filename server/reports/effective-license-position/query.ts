import type { Context } from '../../context.js';
import type { LicenseSource, PositionGrouping, ReportFilter } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { allSources } from '../../modules/unified/relation.js';
import { reportScope, type ReportScope } from '../filter.js';
import { groupingsOf, type Grouping } from './grouping.js';

export interface PositionArgs {
  by: PositionGrouping;
  filter?: ReportFilter | null;
  asOf?: string | null;
  includeTrials: boolean;
}

/** A position as it was asked for. */
export interface PositionQuery {
  context: Context;
  asOf: string;
  by: PositionGrouping;
  groupings: readonly [Grouping, ...Grouping[]];
  scope: ReportScope;
  /** Products of the filter, in lower case; null: all. */
  products: readonly string[] | null;
  /** Columns of the relation that the filter reads. */
  filterColumns: readonly UnifiedColumn[];
}

const withoutTrials: readonly LicenseSource[] = allSources.filter((source) => source !== 'TRIAL');

/** Checks the arguments. */
export function positionQuery(context: Context, { by, filter, asOf, includeTrials }: PositionArgs): PositionQuery {
  const day = asOf ?? context.today;
  return {
    context,
    asOf: day,
    by,
    groupings: groupingsOf(context, by),
    scope: reportScope(context, filter, day, includeTrials ? allSources : withoutTrials),
    products: filter?.products?.map((slug) => slug.trim().toLowerCase()) ?? null,
    filterColumns: [
      ...(filter?.partnerIds == null && filter?.companyIds == null ? [] : (['company_id', 'partner_id'] as const)),
      ...(filter?.products == null ? [] : (['product_key'] as const)),
      ...(filter?.currencies == null ? [] : (['currency'] as const)),
    ],
  };
}
