import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { closedAccounts } from '../../auth/demo-accounts.js';
import type { Context } from '../../context.js';
import { containsText, isOneOf } from '../../db/filter.js';
import { padded, readPage, type Page } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { AccountFilter } from '../../graphql.generated.js';
import { accountColumns, decodeAccount, type ListedAccount } from './entity.js';

/** Arguments of the list of accounts. */
export interface AccountListArgs {
  first?: number | null;
  after?: string | null;
  filter?: AccountFilter | null;
}

/** One page of the accounts, by e-mail address. */
export function accountPage(context: Context, { first, after, filter }: AccountListArgs): Promise<Page<ListedAccount>> {
  const { db } = context;
  return readPage({
    db,
    source: db.table('account', 'a'),
    alias: 'a',
    where: accountConditions(context, filter ?? {}),
    order: { name: 'account.EMAIL', key: db.dialect.foldCase(raw('a.email')), direction: 'ASC' },
    first,
    after,
    columns: accountColumns,
    decode: (row) => decodeAccount(context, row),
  });
}

function accountConditions({ config }: Context, { search, roles, disabled }: AccountFilter): Sql[] {
  const conditions: Sql[] = [];
  const wanted = search?.trim();
  if (wanted) conditions.push(sql`${containsText(raw('a.email'), wanted, 'filter.search')} or ${containsText(raw('a.display_name'), wanted, 'filter.search')}`);
  if (roles != null) conditions.push(isOneOf(raw('a.role'), roles, 'filter.roles'));
  if (disabled != null) conditions.push(sql`${isOff(closedAccounts(config))} = ${Number(disabled)}`);
  return conditions;
}

/** 1 for an account that cannot sign in, else 0. */
function isOff(closed: readonly string[]): Sql {
  const among = closed.length === 0 ? empty : sql` or a.email in (${join(closed)})`;
  return sql`(case when a.disabled <> 0${among} then 1 else 0 end)`;
}

/** One account, locked until the transaction ends where asked to; null when there is none. */
export async function accountById(context: Context, db: ScopedTables, id: number, lock = false): Promise<ListedAccount | null> {
  const [row] = await db.read(sql`select ${accountColumns} from ${db.table('account', 'x')} where x.id = ${id} ${lock ? db.dialect.lockRows : empty}`);
  return row === undefined ? null : decodeAccount(context, row);
}

/** An account by its id, several of a request with one statement; null when there is none. */
export function loadAccount(context: Context, id: number): Promise<ListedAccount | null> {
  return context.loaders.load('accounts', id, async (ids) => {
    const rows = await context.db.read(sql`select ${accountColumns} from ${context.db.table('account', 'x')} where x.id in (${join(padded(ids))})`);
    const accounts = new Map(rows.map((row) => decodeAccount(context, row)).map((account) => [account.id, account]));
    return ids.map((wanted) => accounts.get(wanted) ?? null);
  });
}

/** True when an account has this address, as the database compares addresses. */
export async function emailIsTaken(db: ScopedTables, email: string): Promise<boolean> {
  return (await db.read(sql`select 1 as found from ${db.table('account', 'x')} where x.email = ${email}`)).length > 0;
}
