import sql, { raw, type Sql } from 'sql-template-tag';
import type { Config } from '../config.js';

/** The existing tables, by what they hold. */
export const existingTables = ['license', 'company', 'partner', 'product', 'user', 'activity'] as const;
export type ExistingTable = (typeof existingTables)[number];

/** Tables whose rows belong to tenants, by what they hold: the existing ones, the trials, and those of ours. */
export const scopedTables = [
  ...existingTables, 'trial', 'externalLicense', 'externalActivation', 'externalTerm', 'trialUnit', 'trialEvent', 'checkIn', 'audit', 'account', 'apiToken',
  'savedQuery', 'branding',
] as const;
export type ScopedTable = (typeof scopedTables)[number];

/** Columns that every existing table must have, as found in the field. */
export const requiredColumns: Record<ExistingTable, readonly string[]> = {
  license: ['id', 'company_id', 'partner_id', 'product_code_id', 'start_date', 'end_date', 'number_of_licenses',
    'cost_per_license', 'total_cost', 'currency', 'status'],
  company: ['id', 'company_name', 'active', 'partner_id'],
  partner: ['id', 'partner_name'],
  product: ['id', 'code', 'label'],
  user: ['id', 'company_id', 'partner_id', 'active', 'first_name', 'last_name', 'email'],
  activity: ['id', 'user_id', 'timestamp'],
};

/** Columns that the table of trials must have where a customer has one; `last_checked_in_at` is missing in the field. */
export const requiredTrialColumns: readonly string[] = [
  'id', 'product_slug', 'site_url', 'license_key', 'expiration_date', 'grace_period_date', 'status', 'is_active',
  'is_fluent_license_check', 'premium_license_id', 'created_at', 'updated_at',
];

/** Where a table is: its schema (null: the schema of the connection) and its name. Both are checked identifiers. */
export interface TableLocation {
  schema: string | null;
  name: string;
}

export type TableMap = Readonly<Record<ScopedTable, TableLocation>>;

const own = (name: string): TableLocation => ({ schema: null, name });

/** The configured location of every table that is scoped. */
export function tableMap(config: Config): TableMap {
  const home = existingSchema(config);
  const locate = (configured: string): TableLocation => {
    const [first = '', second] = configured.split('.');
    return second === undefined ? { schema: home, name: first } : { schema: first, name: second };
  };
  return {
    license: locate(config.LICENSE_TABLE),
    company: locate(config.COMPANY_TABLE),
    partner: locate(config.PARTNER_TABLE),
    product: locate(config.PRODUCT_TABLE),
    user: locate(config.USER_TABLE),
    activity: locate(config.APP_LOG_TABLE),
    trial: locate(config.TRIAL_TABLE),
    externalLicense: own('sw_external_licenses'),
    externalActivation: own('sw_external_activations'),
    externalTerm: own('sw_external_terms'),
    trialUnit: own('sw_trial_units'),
    trialEvent: own('sw_trial_events'),
    checkIn: own('sw_check_ins'),
    audit: own('sw_audit_log'),
    account: own('sw_accounts'),
    apiToken: own('sw_api_tokens'),
    savedQuery: own('sw_saved_queries'),
    branding: own('sw_branding'),
  };
}

/**
 * The schema that unqualified existing tables live in. With OWN_SCHEMA the connection's home is our own schema, so the
 * existing tables must be named in full; on the embedded database everything is at home.
 */
function existingSchema(config: Config): string | null {
  if (config.DATABASE_URL === undefined || config.OWN_SCHEMA === undefined) return null;
  return decodeURIComponent(new URL(config.DATABASE_URL).pathname.slice(1));
}

/** `schema.table` for TypeORM, which quotes each part itself. */
export function qualifiedName(location: TableLocation): string {
  return location.schema === null ? location.name : `${location.schema}.${location.name}`;
}

/** A quoted table reference. Back-ticks quote identifiers on both databases. */
export function tableReference(location: TableLocation): Sql {
  const quoted = [location.schema, location.name].filter((part) => part !== null).map((part) => `\`${part}\``);
  return raw(quoted.join('.'));
}

/** A table or a subquery under an alias. */
export function aliased(source: Sql, alias: string): Sql {
  return sql`${source} ${raw(alias)}`;
}
