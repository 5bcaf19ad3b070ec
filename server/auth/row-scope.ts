import sql, { join, type Sql } from 'sql-template-tag';
import type { Dialect } from '../db/dialect/dialect.js';
import type { ScopedTable } from '../db/tables.js';
import { auditScope, type OwnedWithin } from './audit-scope.js';
import type { RowScope } from './viewer.js';

/** Unscoped references to the tables, from which the scope builds its conditions. */
export type TableReferences = Readonly<Record<ScopedTable, Sql>>;

/**
 * The condition under which a row of a table (alias `t`) is visible; null: every row. One rule runs through all tables:
 * a row is visible when it names at least one owner and every owner it names is within the scope. So a round that
 * names two owners is not seen by either stranger.
 */
export function visibleWhen(scope: RowScope, table: ScopedTable, tables: TableReferences, dialect: Dialect): Sql | null {
  if (table === 'audit') return seesEverything(scope) ? null : auditScope.condition(dialect, ownedWithin(scope, tables));
  switch (scope.kind) {
    case 'everything':
      return null;
    case 'partner':
      return partnerRules[table](scope.partnerId, tables);
    case 'company':
      return companyRules[table](scope.companyId, tables);
    case 'all-of':
      return allOf(scope.scopes.flatMap((part) => visibleWhen(part, table, tables, dialect) ?? []));
  }
}

/** The columns of `t` that are visible: all of them, but for the audit log, whose rows hold two states that may be of two tenants. */
export function visibleColumns(scope: RowScope, table: ScopedTable, tables: TableReferences, dialect: Dialect): Sql {
  return table !== 'audit' || seesEverything(scope) ? sql`t.*` : auditScope.columns(dialect, ownedWithin(scope, tables));
}

/** True when no row is hidden from the scope. */
export function seesEverything(scope: RowScope): boolean {
  return scope.kind === 'everything' || (scope.kind === 'all-of' && scope.scopes.every(seesEverything));
}

/** The partner and the company that a scope is confined to; null: to none. */
export function tenantsOf(scope: RowScope): { partnerId: number | null; companyId: number | null } {
  switch (scope.kind) {
    case 'everything':
      return { partnerId: null, companyId: null };
    case 'partner':
      return { partnerId: scope.partnerId, companyId: null };
    case 'company':
      return { partnerId: null, companyId: scope.companyId };
    case 'all-of': {
      const [token, maker] = scope.scopes.map(tenantsOf);
      return { partnerId: token?.partnerId ?? maker?.partnerId ?? null, companyId: token?.companyId ?? maker?.companyId ?? null };
    }
  }
}

/** The rule for rounds, over any two expressions for their owners. */
function ownedWithin(scope: RowScope, tables: TableReferences): OwnedWithin {
  return (company, partner) => {
    switch (scope.kind) {
      case 'everything':
        return sql`1 = 1`;
      case 'partner':
        return ownedByPartner(scope.partnerId, tables, company, partner);
      case 'company':
        return ownedByCompany(scope.companyId, company, partner);
      case 'all-of':
        return allOf(scope.scopes.map((part) => ownedWithin(part, tables)(company, partner))) ?? sql`1 = 1`;
    }
  };
}

function allOf(conditions: readonly Sql[]): Sql | null {
  return conditions.length === 0 ? null : sql`((${join(conditions, ') and (')}))`;
}

function ownedByPartner(id: number, tables: TableReferences, company: Sql, partner: Sql): Sql {
  return sql`
    (${partner} = ${id} or ${partner} is null)
    and (${company} in ${companiesOf(id, tables)} or ${company} is null)
    and (${company} is not null or ${partner} is not null)`;
}

function ownedByCompany(id: number, company: Sql, partner: Sql): Sql {
  return sql`${company} = ${id} and ${partner} is null`;
}

const [companyId, partnerId] = [sql`t.company_id`, sql`t.partner_id`];

type Rule = (id: number, tables: TableReferences) => Sql | null;
/** The audit log has two states a row, see `auditScope`. */
type RuledTable = Exclude<ScopedTable, 'audit'>;

/** Trials, and what is recorded of them, name no owner: no partner and no company sees them. */
const trials = {
  trial: () => sql`1 = 0`,
  trialUnit: () => sql`1 = 0`,
  trialEvent: () => sql`1 = 0`,
  checkIn: () => sql`1 = 0`,
};

/** Accounts, their tokens and kept queries are the installation's: the names in them are for those who see everything. */
const accounts = { account: () => sql`1 = 0`, apiToken: () => sql`1 = 0`, savedQuery: () => sql`1 = 0` };

/** A partner sees itself, its companies, and the rounds and users of both. */
const partnerRules: Record<RuledTable, Rule> = {
  partner: (id) => sql`t.id = ${id}`,
  branding: (id) => sql`t.partner_id = ${id}`,
  company: (id) => sql`t.partner_id = ${id}`,
  license: (id, tables) => ownedByPartner(id, tables, companyId, partnerId),
  // A user with a company belongs to the company, whatever partner_id says.
  user: (id, tables) => sql`
    (t.company_id in ${companiesOf(id, tables)} or (t.company_id is null and t.partner_id = ${id}))`,
  product: () => null,
  activity: (id, tables) => sql`
    t.user_id in (select u.id from ${tables.user} u
      where u.company_id in ${companiesOf(id, tables)} or (u.company_id is null and u.partner_id = ${id}))`,
  ...trials,
  ...accounts,
  externalLicense: (id, tables) => ownedByPartner(id, tables, companyId, partnerId),
  externalActivation: (id, tables) => ofVisibleLicense('partner', id, tables),
  externalTerm: (id, tables) => ofVisibleLicense('partner', id, tables),
};

/** A company sees itself, its rounds and its users; no partner, not even its reseller. */
const companyRules: Record<RuledTable, Rule> = {
  partner: () => sql`1 = 0`,
  // A name and a logo tell who the reseller is.
  branding: () => sql`1 = 0`,
  company: (id) => sql`t.id = ${id}`,
  license: (id) => ownedByCompany(id, companyId, partnerId),
  user: (id) => sql`t.company_id = ${id}`,
  product: () => null,
  activity: (id, tables) => sql`t.user_id in (select u.id from ${tables.user} u where u.company_id = ${id})`,
  ...trials,
  ...accounts,
  externalLicense: (id) => ownedByCompany(id, companyId, partnerId),
  externalActivation: (id, tables) => ofVisibleLicense('company', id, tables),
  externalTerm: (id, tables) => ofVisibleLicense('company', id, tables),
};

/** Activations and terms are visible with their licence. */
function ofVisibleLicense(kind: 'partner' | 'company', id: number, tables: TableReferences): Sql {
  const rule = (kind === 'partner' ? partnerRules : companyRules).externalLicense(id, tables);
  return sql`t.license_id in (select t.id from ${tables.externalLicense} t where ${rule ?? sql`1 = 1`})`;
}

function companiesOf(partnerId: number, tables: TableReferences): Sql {
  return sql`(select s.id from ${tables.company} s where s.partner_id = ${partnerId})`;
}
