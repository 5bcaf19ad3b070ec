import { raw, type Sql } from 'sql-template-tag';
import { number, numberOrNull, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { UserRow } from './entity.js';

/** Columns of users called `x`. */
export const userColumns: Sql = raw(`x.id as id, x.company_id as company_id, x.partner_id as partner_id, x.active as active,
  x.first_name as first_name, x.last_name as last_name, x.email as email`);

export function decodeUser(row: Row): UserRow {
  return {
    id: number(row, 'id'),
    companyId: numberOrNull(row, 'company_id'),
    partnerId: numberOrNull(row, 'partner_id'),
    active: number(row, 'active'),
    firstName: textOrNull(row, 'first_name'),
    lastName: textOrNull(row, 'last_name'),
    email: textOrNull(row, 'email'),
  };
}
