import sql, { raw, type Sql } from 'sql-template-tag';
import type { Config } from '../config.js';

/** The existing tables, by what they hold. */
export const existingTables = ['license', 'company', 'partner', 'product', 'user', 'activity'] as const;
export type ExistingTable = (typeof existingTables)[number];

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

/** Where a table is: its schema (null: the schema of the connection) and its name. Both are checked identifiers. */
export interface TableLocation {
  schema: string | null;
  name: string;
}

export type TableMap = Readonly<Record<ExistingTable, TableLocation>>;

/** The configured location of every existing table. */
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
