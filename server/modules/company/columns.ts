import sql, { raw, type Sql } from 'sql-template-tag';
import { number, numberOrNull, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { CompanyRow } from './entity.js';

/** The columns of a company under an alias, named with a prefix so that several tables fit in one row. */
export function companyColumns(alias: string, prefix = ''): Sql {
  const a = raw(alias);
  const p = raw(prefix);
  return sql`${a}.id as ${p}id, ${a}.company_name as ${p}name, ${a}.active as ${p}active, ${a}.partner_id as ${p}partner_id`;
}

export function decodeCompany(row: Row, prefix = ''): CompanyRow {
  return {
    id: number(row, `${prefix}id`),
    name: text(row, `${prefix}name`),
    active: number(row, `${prefix}active`),
    partnerId: numberOrNull(row, `${prefix}partner_id`),
  };
}
