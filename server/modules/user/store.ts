import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { combine, idConditions, searchCondition, textConditions } from '../../db/filter.js';
import { padded, readPage, readPages, type Page, type PageQuery } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { OwnerType, UserFilter, UserOrder, UserOrderField } from '../../graphql.generated.js';
import { decodeAskedUser, userColumns, type UserColumn } from './columns.js';
import type { UserRow } from './entity.js';

/** Arguments of every list of users. */
export interface UserListArgs {
  first?: number | null;
  /** Largest page allowed, where it is not a client that asks. */
  maximum?: number;
  after?: string | null;
  filter?: UserFilter | null;
  orderBy?: UserOrder | null;
}

/**
 * The partner that user `u` counts for: the reseller of the user's company, or the partner the user is attached to. A
 * user with a company belongs to it, whatever partner_id says.
 */
export function partnerOfUser(db: ScopedTables): Sql {
  return sql`case when u.company_id is null then u.partner_id
    else (select c.partner_id from ${db.table('company', 'c')} where c.id = u.company_id) end`;
}

/**
 * Rows (owner_id, id, active) of the users that count for owners of a kind, as `partnerOfUser` has it. Each way to belong
 * is a part of its own, which finds its users by the index of its column.
 */
export function usersOfOwners(db: ScopedTables, ownerType: OwnerType, ids?: readonly number[]): Sql {
  const among = (owner: Sql) => (ids === undefined ? sql`${owner} is not null` : sql`${owner} in (${join(padded(ids))})`);
  const users = db.table('user', 'u');
  if (ownerType === 'COMPANY') {
    return sql`select u.company_id as owner_id, u.id as id, u.active as active from ${users} where ${among(raw('u.company_id'))}`;
  }
  return sql`
    select c.partner_id as owner_id, u.id as id, u.active as active
    from ${db.table('company', 'c')} join ${users} on u.company_id = c.id where ${among(raw('c.partner_id'))}
    union all
    select u.partner_id as owner_id, u.id as id, u.active as active
    from ${users} where u.company_id is null and ${among(raw('u.partner_id'))}`;
}

const parents = {
  company: () => raw('u.company_id'),
  partner: (db: ScopedTables) => partnerOfUser(db),
};
export type UserParent = keyof typeof parents;

/** A page of the users of one owner; all owners of the request share the statement. */
export function loadUsersOf(context: Context, parent: UserParent, id: number, args: UserListArgs, columns: readonly UserColumn[]): Promise<Page<UserRow>> {
  const name = `users of ${parent} ${JSON.stringify([args, columns])}`;
  return context.loaders.load(name, id, (ids) => readPages(pageQuery(context.db, args, columns), parents[parent](context.db), ids));
}

/** One page of all users in scope. */
export function userPage({ db }: Context, args: UserListArgs, columns: readonly UserColumn[]): Promise<Page<UserRow>> {
  return readPage(pageQuery(db, args, columns));
}

function pageQuery(db: ScopedTables, args: UserListArgs, columns: readonly UserColumn[]): PageQuery<UserRow> {
  const field = args.orderBy?.field ?? 'ID';
  return {
    db,
    source: db.table('user', 'u'),
    alias: 'u',
    where: args.filter == null ? [] : [userCondition(db, args.filter)],
    order: { name: `user.${field}`, key: orderKey(db, field), direction: args.orderBy?.direction ?? 'ASC' },
    first: args.first,
    maximum: args.maximum,
    after: args.after,
    columns: userColumns(columns),
    decode: decodeAskedUser,
  };
}

/** A filter on users as a condition on alias `u`. */
function userCondition(db: ScopedTables, filter: UserFilter): Sql {
  const columns = ['u.first_name', 'u.last_name', 'u.email'].map((column) => raw(column));
  return combine(filter, 'filter', (level, at) => [
    ...(level.id ? idConditions(raw('u.id'), level.id, `${at}.id`) : []),
    ...(level.active == null ? [] : [sql`u.active = ${Number(level.active)}`]),
    ...(level.email ? textConditions(db.dialect, raw('u.email'), level.email, `${at}.email`) : []),
    ...(level.company ? idConditions(raw('u.company_id'), level.company, `${at}.company`) : []),
    ...(level.search?.trim() ? [searchCondition(raw('u.id'), columns, level.search)] : []),
  ]);
}

function orderKey(db: ScopedTables, field: UserOrderField): Sql {
  switch (field) {
    case 'ID':
      return raw('u.id');
    case 'EMAIL':
      return db.dialect.foldCase(raw(`coalesce(u.email, '')`));
    case 'NAME':
      return db.dialect.foldCase(db.dialect.concat([raw(`coalesce(u.last_name, '')`), raw(`' '`), raw(`coalesce(u.first_name, '')`)]));
  }
}
