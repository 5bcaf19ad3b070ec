import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { instantOrNull } from '../../db/decode.js';
import { readPage, readPages, type Page, type PageOrder, type PageQuery } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { AuditFilter } from '../../graphql.generated.js';
import { decodeEntry, entryColumns, type AuditEntryRow } from './entry.js';
import { auditConditions } from './filter.js';

/** Which page of a history. */
export interface HistoryArgs {
  first?: number | null;
  after?: string | null;
}

/** The order of recording: of one thing, the true order of its changes. An index on what the entries are of has it too. */
const lastRecorded: PageOrder = { name: 'audit.ID', key: raw('a.id'), direction: 'DESC' };

/** The order of the instants shown, along the index that ranges of days use. */
const latest: PageOrder = {
  name: 'audit.AT', key: raw('a.at'), direction: 'DESC',
  keyOf: (value) => (instantOrNull(value) ?? '').replace('T', ' ').replace('Z', ''),
};

/** One page of the log, the latest first. */
export function auditPage(context: Context, args: HistoryArgs & { filter?: AuditFilter | null }): Promise<Page<AuditEntryRow>> {
  const filter = args.filter ?? {};
  const narrow = filter.entityId != null || filter.importId != null;
  return readPage({ ...pageQuery(context, args), where: auditConditions(context, filter), order: narrow ? lastRecorded : latest });
}

/** A page of the changes of one thing, the latest first; all things of the request share the statement. */
export function loadHistory(context: Context, entity: string, id: number, args: HistoryArgs): Promise<Page<AuditEntryRow>> {
  return context.loaders.load(`history of ${entity} ${JSON.stringify(args)}`, id, (ids) => readPages(
    { ...pageQuery(context, args), where: [sql`a.entity = ${entity}`], order: lastRecorded }, raw('a.entity_id'), ids.map(String),
  ));
}

function pageQuery({ db }: Context, { first, after }: HistoryArgs): Omit<PageQuery<AuditEntryRow>, 'where' | 'order'> {
  return { db, source: db.table('audit', 'a'), alias: 'a', first, after, columns: entryColumns, decode: decodeEntry };
}

/** One change of one thing, or null when it is not of that thing. */
export async function entryOf(db: ScopedTables, entity: string, id: number, entryId: number): Promise<AuditEntryRow | null> {
  const [row] = await db.read(sql`
    select ${entryColumns} from ${db.table('audit', 'x')} where x.id = ${entryId} and x.entity = ${entity} and x.entity_id = ${String(id)}`);
  return row === undefined ? null : decodeEntry(row);
}

/** The last change of one thing. */
export async function lastEntry(db: ScopedTables, entity: string, id: number): Promise<AuditEntryRow | null> {
  const [row] = await db.read(sql`
    select ${entryColumns} from ${db.table('audit', 'x')} where x.entity = ${entity} and x.entity_id = ${String(id)} order by x.id desc limit 1`);
  return row === undefined ? null : decodeEntry(row);
}

/** Locks one entry until the transaction ends: of several who act upon it, one at a time goes on. By its id, so that no gap is locked. */
export async function lockEntry(tx: ScopedTables, entryId: number): Promise<void> {
  await tx.read(sql`select x.id as id from ${tx.table('audit', 'x')} where x.id = ${entryId} ${tx.dialect.lockRows}`);
}
