import sql from 'sql-template-tag';
import { number, numberOrNull, text } from '../../db/decode.js';
import { execute, insertRows, own } from '../../db/many-rows.js';
import type { ScopedTables, ScopedTransaction } from '../../db/scoped.js';
import type { StagedRow, Value } from './subjects/table.js';

/** Rows written and read at once: enough that statements do not count, few enough that nothing is held up. */
export const BATCH_ROWS = 1000;

/** What a batch holds: companies that the import creates on the way, or the rows of the file. */
export type BatchKind = 'COMPANIES' | 'ROWS';

/** Some rows as they would be written. A batch is one row of one column: staging costs a hundredth of what the rows themselves cost. */
export interface Batch {
  rows: StagedRow[];
  /** The ids that new rows got, in their order; null before they are written. */
  firstId: number | null;
  idStep: number;
}

type Packed = [row: number, id: number | null, before: Value[] | null, after: Value[]];

export async function writeBatch(tx: ScopedTransaction, jobId: number, kind: BatchKind, batch: number, rows: readonly StagedRow[]): Promise<void> {
  const packed: Packed[] = rows.map(({ row, id, before, after }) => [row, id, before, after]);
  const columns = ['job_id', 'kind', 'number', 'row_count', 'rows_json'];
  await insertRows(tx, own('sw_import_batches'), columns, [[jobId, kind, batch, rows.length, JSON.stringify(packed)]]);
}

/** One batch; null after the last. */
export async function readBatch(db: ScopedTables, jobId: number, kind: BatchKind, batch: number): Promise<Batch | null> {
  const [row] = await db.read(sql`
    select b.rows_json as rows_json, b.first_id as first_id, b.id_step as id_step from ${db.sharedTable('sw_import_batches', 'b')}
    where b.job_id = ${jobId} and b.kind = ${kind} and b.number = ${batch}`);
  if (row === undefined) return null;
  const packed = JSON.parse(text(row, 'rows_json')) as Packed[];
  return {
    rows: packed.map(([at, id, before, after]) => ({ row: at, id, before, after })),
    firstId: numberOrNull(row, 'first_id'), idStep: numberOrNull(row, 'id_step') ?? 1,
  };
}

/** Notes the ids that the new rows of a batch got. */
export function noteIds(tx: ScopedTransaction, jobId: number, kind: BatchKind, batch: number, firstId: number, idStep: number): Promise<number> {
  return execute(tx, sql`
    update sw_import_batches set first_id = ${firstId}, id_step = ${idStep} where job_id = ${jobId} and kind = ${kind} and number = ${batch}`);
}

/** Number of batches. */
export async function countBatches(db: ScopedTables, jobId: number, kind: BatchKind): Promise<number> {
  const [row = {}] = await db.read(sql`
    select count(*) as n from ${db.sharedTable('sw_import_batches', 'b')} where b.job_id = ${jobId} and b.kind = ${kind}`);
  return number(row, 'n');
}

/** Forgets what a check has found: the rows that it would write, and its errors. */
export async function deleteFindings(tx: ScopedTransaction, jobId: number): Promise<void> {
  await execute(tx, sql`delete from sw_import_batches where job_id = ${jobId}`);
  await execute(tx, sql`delete from sw_import_errors where job_id = ${jobId}`);
}
