import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { SqlValue } from '../../db/dialect/dialect.js';
import { execute, insertRows, own } from '../../db/many-rows.js';
import { readPage, type Page } from '../../db/page.js';
import type { ScopedDatabase, ScopedTables, ScopedTransaction } from '../../db/scoped.js';
import type { ImportState, ImportSubject } from '../../graphql.generated.js';
import { decodeJob, runningStates, type ImportJobRow } from './job.js';

/** Columns of a job that change, by their names in the table. */
export type JobChange = Partial<Record<
  | 'state' | 'byte_size' | 'create_missing' | 'reading_json' | 'columns_json' | 'sample_json' | 'replacements_json' | 'check_json' | 'failure' | 'committed_at' | 'request_id',
  SqlValue
>>;

/** A new job whose file is about to come in; its id. */
export async function insertJob(
  db: ScopedDatabase, values: { subject: ImportSubject; fileName: string; accountId: number; accountEmail: string; requestId: string }, now: Date,
): Promise<number> {
  const columns = ['subject', 'state', 'file_name', 'account_id', 'account_email', 'request_id', 'created_at', 'changed_at'];
  const { subject, fileName, accountId, accountEmail, requestId } = values;
  return db.transaction(async (tx) => {
    const at = storedAt(now);
    const { firstId } = await insertRows(tx, own('sw_import_jobs'), columns, [[subject, 'UPLOADING', fileName, accountId, accountEmail, requestId, at, at]]);
    await insertRows(tx, own('sw_import_progress'), ['job_id'], [[firstId]]);
    return firstId;
  });
}

/** One import; null when there is none with this id. */
export async function readJob(db: ScopedTables, id: number): Promise<ImportJobRow | null> {
  const [row] = await db.read(sql`select j.* from ${db.sharedTable('sw_import_jobs', 'j')} where j.id = ${id}`);
  return row === undefined ? null : decodeJob(row);
}

/** Imports, the latest first. */
export function jobPage(db: ScopedTables, args: { first?: number | null; after?: string | null }): Promise<Page<ImportJobRow>> {
  return readPage({
    db, source: db.sharedTable('sw_import_jobs', 'j'), alias: 'j', where: [],
    order: { name: 'import.ID', key: raw('j.id'), direction: 'DESC' },
    first: args.first, after: args.after, columns: raw('x.*'), decode: decodeJob,
  });
}

/** Jobs of which a step or the upload is noted as under way. */
export async function unfinishedJobs(db: ScopedTables): Promise<{ id: number; state: ImportState; changedAt: string }[]> {
  const states = ['UPLOADING', ...runningStates];
  const rows = await db.read(sql`select j.id as id, j.state as state, j.changed_at as changed_at, j.file_name as file_name, j.subject as subject
    from ${db.sharedTable('sw_import_jobs', 'j')} where j.state in (${join(states)}) order by j.id`);
  return rows.map((row) => decodeJob(row));
}

/** Changes a job that is in one of the states, and at the revision when one is given; false when it is not, and nothing happened. */
export async function changeJob(
  tx: ScopedTransaction, id: number, from: readonly ImportState[], change: JobChange, now: Date, revision?: number,
): Promise<boolean> {
  const sets: Sql[] = Object.entries(change).map(([column, value]) => sql`${raw(column)} = ${value}`);
  const changed = await execute(tx, sql`
    update sw_import_jobs set ${join([...sets, sql`changed_at = ${storedAt(now)}`, raw('revision = revision + 1')])}
    where id = ${id} and state in (${join(from)}) ${revision === undefined ? raw('') : sql`and revision = ${revision}`}`);
  return changed === 1;
}

/** How far a step is. */
export interface Progress {
  rows: number;
  totalRows: number | null;
  share: number | null;
  secondsLeft: number | null;
}

/** Notes how far a step is, for other instances. */
export async function noteProgress(db: ScopedDatabase, id: number, { rows, totalRows, share, secondsLeft }: Progress): Promise<void> {
  await db.transaction((tx) => execute(tx, sql`
    update sw_import_progress set done_rows = ${rows}, total_rows = ${totalRows}, done_share = ${share}, seconds_left = ${secondsLeft} where job_id = ${id}`));
}

/** How far the step is as another instance noted it. */
export async function readProgress(db: ScopedTables, id: number): Promise<Progress & { cancelled: boolean }> {
  const [row = {}] = await db.read(sql`select p.* from ${db.sharedTable('sw_import_progress', 'p')} where p.job_id = ${id}`);
  const whole = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    rows: whole(row['done_rows']) ?? 0, totalRows: whole(row['total_rows']), share: whole(row['done_share']),
    secondsLeft: whole(row['seconds_left']), cancelled: whole(row['cancelled']) === 1,
  };
}

/** Begins the progress of a step anew. */
export function resetProgress(tx: ScopedTransaction, id: number): Promise<number> {
  return execute(tx, sql`
    update sw_import_progress set done_rows = 0, total_rows = null, done_share = null, seconds_left = null, cancelled = 0 where job_id = ${id}`);
}

/** Asks whichever instance runs the step to stop it. */
export async function askToStop(db: ScopedDatabase, id: number): Promise<void> {
  await db.transaction((tx) => execute(tx, sql`update sw_import_progress set cancelled = 1 where job_id = ${id}`));
}

/** An instant as both databases store it, to the second. */
export function storedAt(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ');
}
