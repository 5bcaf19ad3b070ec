import sql, { raw, type Sql } from 'sql-template-tag';
import { number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { ProductRow } from './entity.js';

/** The columns of a product under an alias, named with a prefix so that several tables fit in one row. */
export function productColumns(alias: string, prefix = ''): Sql {
  const a = raw(alias);
  const p = raw(prefix);
  return sql`${a}.id as ${p}id, ${a}.code as ${p}code, ${a}.label as ${p}label`;
}

export function decodeProduct(row: Row, prefix = ''): ProductRow {
  return { id: number(row, `${prefix}id`), code: text(row, `${prefix}code`), label: text(row, `${prefix}label`) };
}
