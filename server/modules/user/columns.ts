import type { Sql } from 'sql-template-tag';
import { askedColumns, column, decodeAsked, decodeEvery, everyColumn, selected, type Columns, type ReadByField } from '../../db/columns.js';
import { number, numberOrNull, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { Selection } from '../../db/selection.js';
import type { User } from '../../graphql.generated.js';
import type { UserRow } from './entity.js';

export type UserColumn = keyof UserRow;

const columns: Columns<UserRow> = {
  id: column('id', number),
  companyId: column('company_id', numberOrNull),
  partnerId: column('partner_id', numberOrNull),
  active: column('active', number),
  firstName: column('first_name', textOrNull),
  lastName: column('last_name', textOrNull),
  email: column('email', textOrNull),
};

const readBy: ReadByField<User, UserRow> = {
  id: [],
  firstName: ['firstName'],
  lastName: ['lastName'],
  email: ['email'],
  active: ['active'],
  company: ['companyId'],
  partner: ['companyId', 'partnerId'],
  lastActivityAt: [],
};

export const everyUserColumn: readonly UserColumn[] = everyColumn(columns);

/** The columns that a selection on users asks for. */
export function userColumnsAsked(selection: Selection): UserColumn[] {
  return askedColumns(columns, 'id', readBy, selection);
}

/** Columns of users called `x`. */
export function userColumns(asked: readonly UserColumn[]): Sql {
  return selected(columns, asked, 'x');
}

/** A row of every column as a user. */
export const decodeUser: (row: Row) => UserRow = decodeEvery(columns);

/** A row of some columns as a user. */
export const decodeAskedUser: (row: Row) => UserRow = decodeAsked(columns);
