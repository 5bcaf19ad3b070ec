import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { instantOrNull, number, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { containsText } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { SavedQueryFilter, SavedQueryView } from '../../graphql.generated.js';
import type { SavedQueryRow } from './entity.js';

/** Arguments of the list of kept queries. */
export interface SavedQueryListArgs {
  first?: number | null;
  after?: string | null;
  filter?: SavedQueryFilter | null;
}

/** One page of the queries that the viewer may see, by name. */
export function savedQueryPage(context: Context, { first, after, filter }: SavedQueryListArgs): Promise<Page<SavedQueryRow>> {
  const { db } = context;
  const { accountId } = context.signedIn();
  const wanted = filter?.search?.trim() ?? '';
  const own = filter?.own ?? null;
  return readPage({
    db,
    source: db.table('savedQuery', 'q'),
    alias: 'q',
    where: [
      visible('q', accountId),
      ...(wanted === '' ? [] : [sql`${containsText(raw('q.name'), wanted, 'filter.search')} or ${containsText(raw('q.description'), wanted, 'filter.search')}`]),
      ...(own === null ? [] : [own ? sql`q.owner_id = ${accountId}` : sql`q.owner_id <> ${accountId}`]),
    ],
    order: { name: 'savedQuery.NAME', key: db.dialect.foldCase(raw('q.name')), direction: 'ASC' },
    first,
    after,
    columns,
    decode,
  });
}

/** One query that the viewer may see, locked until the transaction ends where asked to; null when there is none. */
export async function savedQueryById(db: ScopedTables, accountId: number, id: number, lock = false): Promise<SavedQueryRow | null> {
  const [row] = await db.read(sql`
    select ${columns} from ${db.table('savedQuery', 'x')} where x.id = ${id} and ${visible('x', accountId)} ${lock ? db.dialect.lockRows : empty}`);
  return row === undefined ? null : decode(row);
}

/** How many queries an account keeps. */
export async function countOwn(db: ScopedTables, accountId: number): Promise<number> {
  const [row] = await db.read(sql`select count(*) as n from ${db.table('savedQuery', 'x')} where x.owner_id = ${accountId}`);
  return Number(row?.['n'] ?? 0);
}

/** What others keep for themselves is nobody else's business, not even an administrator's. */
function visible(alias: 'q' | 'x', accountId: number): Sql {
  return sql`(${raw(alias)}.owner_id = ${accountId} or ${raw(alias)}.shared = 1)`;
}

const columns = raw(`x.id as id, x.owner_id as owner_id, x.name as name, x.description as description, x.document as document, x.variables as variables,
  x.shared as shared, x.view as view, x.rows_path as rows_path, x.chart_json as chart_json, x.created_at as created_at, x.changed_at as changed_at`);

function decode(row: Row): SavedQueryRow {
  return {
    id: number(row, 'id'),
    ownerId: number(row, 'owner_id'),
    name: text(row, 'name'),
    description: textOrNull(row, 'description'),
    document: text(row, 'document'),
    variables: textOrNull(row, 'variables'),
    shared: number(row, 'shared'),
    view: text(row, 'view') as SavedQueryView,
    rowsPath: textOrNull(row, 'rows_path'),
    chartJson: textOrNull(row, 'chart_json'),
    createdAt: new Date(instantOrNull(row['created_at']) ?? 0),
    changedAt: new Date(instantOrNull(row['changed_at']) ?? 0),
  };
}
