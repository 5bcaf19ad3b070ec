import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all } from '../../db/filter.js';
import { badInput } from '../../errors.js';
import type { AnalyzeDimension, AnalyzeFilter, AnalyzeMeasure, AnalyzeOrder } from '../../graphql.generated.js';
import { activityWindow } from '../../modules/metrics/window.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { unifiedCondition, type ColumnOf } from '../../modules/unified/filter.js';
import { reportScope, type ReportScope } from '../filter.js';
import type { DayWindow } from '../shapes/days.js';

export interface AnalyzeArgs {
  measures: readonly AnalyzeMeasure[];
  groupBy: readonly AnalyzeDimension[];
  filter?: AnalyzeFilter | null | undefined;
  asOf?: string | null | undefined;
  windowDays?: number | null | undefined;
  orderBy?: AnalyzeOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** What is asked. */
export interface AnalyzeQuestion {
  context: Context;
  asOf: string;
  window: DayWindow;
  measures: ReadonlySet<AnalyzeMeasure>;
  dimensions: readonly AnalyzeDimension[];
  scope: ReportScope;
  /** On licences `k` with `filterColumns`: everything that the filter says of them. */
  licences: Sql;
  filterColumns: readonly UnifiedColumn[];
  /** What that condition needs joined to `k`, each row once. */
  filterJoins: Sql;
  /** True when the filter speaks of licences: owners without a passing one are then left out. */
  ofHoldersOnly: boolean;
}

const MAX_DIMENSIONS = 4;

const moneyMeasures: ReadonlySet<AnalyzeMeasure> = new Set(['ANNUAL_VALUE', 'AVERAGE_COST']);

/** True when the measure is an amount of money. */
export const isMoney = (measure: AnalyzeMeasure): boolean => moneyMeasures.has(measure);

/** The arguments, checked. Throws BAD_USER_INPUT, and FORBIDDEN on measures of money without READ_MONEY. */
export function analyzeQuestion(context: Context, { measures, groupBy, filter, asOf: day, windowDays }: AnalyzeArgs): AnalyzeQuestion {
  if (measures.length === 0) throw badInput('measures', 'must name at least one measure');
  distinct(measures, 'measures');
  distinct(groupBy, 'groupBy');
  if (groupBy.length > MAX_DIMENSIONS) throw badInput('groupBy', `must name at most ${MAX_DIMENSIONS} dimensions, not ${groupBy.length}`);
  if (measures.some(isMoney)) context.demand('READ_MONEY');
  const asOf = day ?? context.today;
  const scope = reportScope(context, filter, asOf);
  const columns = new Set<UnifiedColumn>();
  if (filter?.partnerIds != null || filter?.companyIds != null) columns.add('company_id').add('partner_id');
  if (filter?.products != null) columns.add('product_key');
  if (filter?.currencies != null) columns.add('currency');
  const column: ColumnOf = (name) => {
    columns.add(name);
    return raw(`k.${name}`);
  };
  let joins = empty;
  const further = unifiedCondition(context, filter?.licenses, column, {
    path: 'filter.licenses',
    partner: () => {
      columns.add('company_id');
      joins = partnerJoin(context);
      return sql`coalesce(${column('partner_id')}, fr.id)`;
    },
  });
  return {
    context, asOf, scope,
    window: activityWindow(context, { asOf, windowDays: windowDays ?? null }),
    measures: new Set(measures),
    dimensions: groupBy,
    licences: all([scope.licenses, further]),
    filterColumns: [...columns],
    filterJoins: joins,
    ofHoldersOnly: !scope.ofOwnersOnly || filter?.sources != null || filter?.licenses != null,
  };
}

/** The reseller `fr` of the owning company of `k`. Joined: MariaDB loses conditions on correlated subqueries when a grouped statement runs again. */
function partnerJoin({ db }: Context): Sql {
  return sql`left join ${db.table('company', 'fw')} on fw.id = k.company_id left join ${db.table('partner', 'fr')} on fr.id = fw.partner_id`;
}

function distinct(names: readonly string[], field: string): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw badInput(field, `names ${twice} twice`);
}

/** What the rows are ordered by: one of the measures, one of the dimensions, or null where there is but one row. */
export type AnalyzeOrdering =
  | { by: 'measure'; measure: AnalyzeMeasure; currency: string | null; direction: 'ASC' | 'DESC' }
  | { by: 'dimension'; dimension: AnalyzeDimension; direction: 'ASC' | 'DESC' }
  | null;

/** The ordering, checked against what is asked for. Throws BAD_USER_INPUT. */
export function analyzeOrdering({ measures, dimensions }: AnalyzeQuestion, orderBy: AnalyzeOrder | null | undefined): AnalyzeOrdering {
  const { measure, dimension, currency } = orderBy ?? {};
  const direction = orderBy?.direction ?? 'ASC';
  if (measure != null && dimension != null) throw badInput('orderBy', 'must name a measure or a dimension, not both');
  if (orderBy != null && measure == null && dimension == null) throw badInput('orderBy', 'must name a measure or a dimension');
  if (measure != null) {
    if (!measures.has(measure)) throw badInput('orderBy.measure', `${measure} is not among the measures`);
    if (isMoney(measure) && currency == null) throw badInput('orderBy.currency', `is required with ${measure}: amounts of different currencies have no order`);
    return { by: 'measure', measure, currency: currency ?? null, direction };
  }
  if (dimension != null && !dimensions.includes(dimension)) throw badInput('orderBy.dimension', `rows are not grouped by ${dimension}`);
  const [first] = dimensions;
  const chosen = dimension ?? first;
  return chosen === undefined ? null : { by: 'dimension', dimension: chosen, direction };
}
