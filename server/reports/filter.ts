import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../context.js';
import { all, never, parseId } from '../db/filter.js';
import { badInput } from '../errors.js';
import type { LicenseSource, ReportFilter } from '../graphql.generated.js';
import { metricsScope, type MetricsScope } from '../modules/metrics/filter.js';
import { allSources } from '../modules/unified/relation.js';

/** Which licences, users and owners a report covers. */
export interface ReportScope {
  /** The sources to read: those of the report that pass the filter. */
  sources: readonly LicenseSource[];
  /** On unified licences `k` with company_id, partner_id, product_key and currency. */
  licenses: Sql;
  /** On portal rounds `l`, users `u`, companies `c` and partners `p`, by partnerIds and companyIds alone. */
  owners: MetricsScope;
  /** True when the filter says nothing of products and currencies, which users do not have. */
  ofOwnersOnly: boolean;
}

const MAX_VALUES = 1000;

/** The filter of a report that covers `among`. Lists of owners are looked up within the viewer's scope. */
export function reportScope(
  context: Context,
  filter: ReportFilter | null | undefined,
  asOf: string,
  among: readonly LicenseSource[] = allSources,
): ReportScope {
  const conditions: Sql[] = [];
  if (filter?.partnerIds != null) conditions.push(ofPartners(context, filter.partnerIds));
  if (filter?.companyIds != null) conditions.push(sql`k.company_id in ${ids(filter.companyIds, 'filter.companyIds')}`);
  if (filter?.products != null) conditions.push(oneOf('k.product_key', filter.products.map((slug) => slug.trim().toLowerCase()), 'filter.products'));
  if (filter?.currencies != null) conditions.push(oneOf('k.currency', filter.currencies, 'filter.currencies'));
  return {
    sources: among.filter((source) => filter?.sources == null || filter.sources.includes(source)),
    licenses: all(conditions),
    owners: metricsScope(context, { partnerIds: filter?.partnerIds ?? null, companyIds: filter?.companyIds ?? null }, asOf),
    ofOwnersOnly: filter?.products == null && filter?.currencies == null,
  };
}

function ofPartners({ db }: Context, partnerIds: readonly (string | number)[]): Sql {
  const partners = sql`(select fp.id from ${db.table('partner', 'fp')} where fp.id in ${ids(partnerIds, 'filter.partnerIds')})`;
  return sql`k.partner_id in ${partners} or k.company_id in (select fc.id from ${db.table('company', 'fc')} where fc.partner_id in ${partners})`;
}

function ids(list: readonly (string | number)[], field: string): Sql {
  if (list.length > MAX_VALUES) throw badInput(field, `lists more than ${MAX_VALUES} values`);
  return list.length === 0 ? raw('(null)') : sql`(${join(list.map((id) => parseId(id, field)))})`;
}

function oneOf(column: string, values: readonly string[], field: string): Sql {
  if (values.length > MAX_VALUES) throw badInput(field, `lists more than ${MAX_VALUES} values`);
  return values.length === 0 ? never : sql`${raw(column)} in (${join(values)})`;
}
