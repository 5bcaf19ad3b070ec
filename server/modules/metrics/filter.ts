import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { all, never, parseId } from '../../db/filter.js';
import { badInput } from '../../errors.js';
import type { MetricsFilter } from '../../graphql.generated.js';
import { licenseCondition, partnerOfRound } from '../license/filter.js';
import { filterContext } from '../license/store.js';
import { partnerOfUser } from '../user/store.js';

/** Rounds, users and owners that pass, each as a condition on its usual alias. */
interface Conditions {
  /** On rounds `l`. */
  rounds: Sql;
  /** On users `u`. */
  users: Sql;
  /** On companies `c`. */
  companies: Sql;
  /** On partners `p`. */
  partners: Sql;
}

/** Which rounds, users and owners a metric covers. */
export interface MetricsScope extends Conditions {
  /** True when nothing that the viewer may see is left out. */
  unfiltered: boolean;
}

/** The filter of a metric, judged at asOf. Every list of owners is looked up within the viewer's scope. */
export function metricsScope(context: Context, filter: MetricsFilter | null | undefined, asOf: string): MetricsScope {
  const owners = [ofPartners(context, filter), ofCompanies(context, filter)].filter((part) => part !== null);
  const holders = holdingRounds(context, filter, asOf, all(owners.map(({ rounds }) => rounds)));
  const parts = holders === null ? owners : [...owners, holders];
  const merged = (name: keyof Conditions) => all(parts.map((part) => part[name]));
  return {
    rounds: merged('rounds'), users: merged('users'), companies: merged('companies'), partners: merged('partners'),
    unfiltered: parts.length === 0,
  };
}

const MAX_IDS = 1000;

function idList(ids: readonly (string | number)[], field: string): Sql {
  if (ids.length > MAX_IDS) throw badInput(field, `lists more than ${MAX_IDS} values`);
  const numbers = ids.map((id) => parseId(id, field));
  return numbers.length === 0 ? raw('(null)') : sql`(${join(numbers)})`;
}

/** Owners that are one of these partners, or companies of one. */
function ofPartners({ db }: Context, filter: MetricsFilter | null | undefined): Conditions | null {
  if (filter?.partnerIds == null) return null;
  const partners = sql`(select fp.id from ${db.table('partner', 'fp')} where fp.id in ${idList(filter.partnerIds, 'filter.partnerIds')})`;
  const companies = sql`(select fc.id from ${db.table('company', 'fc')} where fc.partner_id in ${partners})`;
  return {
    rounds: sql`l.partner_id in ${partners} or l.company_id in ${companies}`,
    users: sql`u.company_id in ${companies} or (u.company_id is null and u.partner_id in ${partners})`,
    companies: sql`c.partner_id in ${partners}`,
    partners: sql`p.id in ${partners}`,
  };
}

/** Owners that are one of these companies. */
function ofCompanies(_context: Context, filter: MetricsFilter | null | undefined): Conditions | null {
  if (filter?.companyIds == null) return null;
  const ids = idList(filter.companyIds, 'filter.companyIds');
  return { rounds: sql`l.company_id in ${ids}`, users: sql`u.company_id in ${ids}`, companies: sql`c.id in ${ids}`, partners: never };
}

/** Owners that hold at least one passing round among the given ones. A round without exactly one owner makes nobody an owner. */
function holdingRounds(
  context: Context,
  filter: MetricsFilter | null | undefined,
  asOf: string,
  among: Sql,
): Conditions | null {
  if (filter?.rounds == null) return null;
  const { db } = context;
  const passing = licenseCondition(filterContext(context, asOf), filter.rounds, 'filter.rounds');
  const holders = (holder: Sql, owned: Sql) => sql`(select ${holder} from ${db.table('license', 'l')} where ${owned} and (${passing}) and (${among}))`;
  const companies = holders(raw('l.company_id'), raw('l.company_id is not null and l.partner_id is null'));
  const partners = holders(raw('l.partner_id'), raw('l.partner_id is not null and l.company_id is null'));
  const served = holders(partnerOfRound(db), raw('(l.company_id is null) <> (l.partner_id is null)'));
  return {
    rounds: passing,
    users: sql`u.company_id in ${companies} or ${partnerOfUser(db)} in ${partners}`,
    companies: sql`c.id in ${companies}`,
    partners: sql`p.id in ${served}`,
  };
}
