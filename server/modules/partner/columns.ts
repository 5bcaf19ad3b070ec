import sql, { raw, type Sql } from 'sql-template-tag';
import { number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { PartnerRow } from './entity.js';

/** The columns of a partner under an alias, named with a prefix so that several tables fit in one row. */
export function partnerColumns(alias: string, prefix = ''): Sql {
  return sql`${raw(alias)}.id as ${raw(prefix)}id, ${raw(alias)}.partner_name as ${raw(prefix)}name`;
}

export function decodePartner(row: Row, prefix = ''): PartnerRow {
  return { id: number(row, `${prefix}id`), name: text(row, `${prefix}name`) };
}
