import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { apiTokenColumns, isOpenToken } from '../../auth/api-token-store.js';
import { closedAccounts } from '../../auth/demo-accounts.js';
import type { Context } from '../../context.js';
import { containsText, parseId } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type { ApiTokenFilter } from '../../graphql.generated.js';
import { decodeApiToken, type ListedApiToken } from './entity.js';

/** Arguments of the list of all tokens. */
export interface ApiTokenListArgs {
  first?: number | null;
  after?: string | null;
  filter?: ApiTokenFilter | null;
}

/** One page of the tokens of all accounts, the latest first. */
export function apiTokenPage(context: Context, { first, after, filter }: ApiTokenListArgs): Promise<Page<ListedApiToken>> {
  const { db, config } = context;
  const closed = closedAccounts(config);
  const isClosed = closed.length === 0 ? empty : sql` or m.email in (${join(closed)})`;
  return readPage({
    db,
    source: db.table('apiToken', 't'),
    alias: 't',
    where: conditions(context, filter ?? {}),
    order: { name: 'apiToken.ID', key: raw('t.id'), direction: 'DESC' },
    first,
    after,
    columns: sql`${apiTokenColumns}, (case when m.id is null or m.disabled <> 0${isClosed} then 1 else 0 end) as suspended`,
    joins: sql`left join ${db.table('account', 'm')} on m.id = x.account_id`,
    decode: decodeApiToken,
  });
}

function conditions({ db, now }: Context, { search, accountId, open }: ApiTokenFilter): Sql[] {
  const wanted = search?.trim();
  const found: Sql[] = [];
  if (wanted) {
    const ofAccount = sql`select s.id from ${db.table('account', 's')} where ${containsText(raw('s.email'), wanted, 'filter.search')}`;
    found.push(sql`(${containsText(raw('t.name'), wanted, 'filter.search')} or t.account_id in (${ofAccount}))`);
  }
  if (accountId != null) found.push(sql`t.account_id = ${parseId(accountId, 'filter.accountId')}`);
  if (open != null) found.push(open ? isOpenToken(now) : sql`not ${isOpenToken(now)}`);
  return found;
}
