import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { LicenseSource } from '../../graphql.generated.js';
import { mixedTexts, type Ending, type UnifiedColumn, type UnifiedSourceSql } from './columns.js';
import { externalSource } from './external.js';
import { portalSource } from './portal.js';
import { trialSource } from './trial.js';

export const allSources: readonly LicenseSource[] = ['PORTAL', 'TRIAL', 'EXTERNAL'];

const sources: Record<LicenseSource, (context: Context, asOf: string, ending?: Ending) => UnifiedSourceSql> = {
  PORTAL: portalSource,
  TRIAL: trialSource,
  EXTERNAL: externalSource,
};

/**
 * One source of the unified relation as a derived table `k` with the columns asked for, judged at asOf, within the viewer's
 * scope. Both databases merge it into the statement around it, so that conditions on `k` reach the table itself.
 */
export function unifiedSource(context: Context, source: LicenseSource, asOf: string, columns: readonly UnifiedColumn[]): Sql {
  return sql`(${selectFrom(sources[source](context, asOf), columns)}) k`;
}

/**
 * Licences of one source that end, as `unifiedSource` has them, for conditions that begin with `k.may_end`: it compares the columns of the
 * table as they stand, so that the others, which work out days and statuses, are asked about few rows only.
 */
export function endingSource(context: Context, source: LicenseSource, asOf: string, ending: Ending, columns: readonly UnifiedColumn[]): Sql {
  const table = sources[source](context, asOf, ending);
  return sql`(${selectFrom(table, columns, sql`, case when ${table.mayEnd} then 1 else 0 end as may_end`)}) k`;
}

/**
 * Several sources as one derived table `k`. It is built in full before it is read: where a report can aggregate each source
 * by itself, it takes `unifiedSource` and joins the small results. `where` holds for a row `k` of its source.
 */
export function unifiedRelation(
  context: Context,
  asOf: string,
  columns: readonly UnifiedColumn[],
  among: readonly LicenseSource[] = allSources,
  where: (source: LicenseSource) => Sql = () => raw('1 = 1'),
): Sql {
  const parts = (among.length === 0 ? allSources : among).map((source) => {
    const condition = among.length === 0 ? raw('1 = 0') : where(source);
    return sql`select ${join(columns.map((column) => sql`${listed(context, column)} as ${raw(column)}`))} from ${unifiedSource(context, source, asOf, columns)} where ${condition}`;
  });
  return sql`(${join(parts, ' union all ')}) k`;
}

/** Texts of several tables in one column: the tables need not have been created with one collation. */
function listed({ db }: Context, column: UnifiedColumn): Sql {
  const value = raw(`k.${column}`);
  return mixedTexts.has(column) ? db.dialect.neutralText(value) : value;
}

function selectFrom({ columns: expressions, from, joins }: UnifiedSourceSql, wanted: readonly UnifiedColumn[], more: Sql = empty): Sql {
  const columns = [...new Set(wanted)];
  const needed = joins.filter(({ needs }) => needs.some((column) => columns.includes(column)));
  return sql`select ${join(columns.map((column) => sql`${expressions[column]} as ${raw(column)}`))} ${more}
    from ${from} ${needed.length === 0 ? empty : join(needed.map(({ join: clause }) => clause), ' ')}`;
}

/** The licence is in force: by its dates, switched on, and not counted elsewhere. Over `k` with status, is_enabled, is_superseded. */
export const licenceInForce: Sql = raw(`k.status in ('PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY') and k.is_enabled = 1 and k.is_superseded = 0`);

/** The licence is in grace, switched on, and not counted elsewhere. Over `k` with status, is_enabled, is_superseded. */
export const licenceInGrace: Sql = raw(`k.status = 'IN_GRACE' and k.is_enabled = 1 and k.is_superseded = 0`);
