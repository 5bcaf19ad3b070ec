import sql, { join, raw } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import { deleteRows } from '../../db/many-rows.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { recordImported, type ImportedBy } from '../audit/many.js';
import { actorOf } from './commit.js';
import { HeldReferences } from './held-references.js';
import { changeJob } from './job-store.js';
import { FIRST_NEW_ID } from './references.js';
import { ImportFailure, pause, type Run } from './run.js';
import { countBatches, readBatch, type BatchKind } from './staging.js';
import { sameValues, type ImportTable, type Value } from './subjects/table.js';
import { importTables } from './subjects/tables.js';
import { changeRows, lockRows, recordRows, withIds, type WrittenRow } from './write-batch.js';

/** Takes a committed import back, the last rows first, in one transaction. A row that is not as the import left it stops it. */
export async function runUndo(run: Run): Promise<void> {
  const { db, job } = run;
  await db.transaction(async (tx) => {
    const undo = new Undo(run, tx);
    await undo.batches(importTables[job.subject], 'ROWS');
    await undo.batches(importTables.COMPANIES, 'COMPANIES');
    await undo.end();
  });
}

class Undo {
  private readonly by: ImportedBy;
  private readonly total: number;
  private done = 0;
  private companies: number[] | undefined;
  private readonly references: HeldReferences;

  constructor(
    private readonly run: Run,
    private readonly tx: ScopedTransaction,
  ) {
    this.by = actorOf(run);
    this.references = new HeldReferences(tx);
    const { check } = run.job;
    this.total = check === null ? 0 : check.new + check.changed + check.newCompanies;
  }

  async batches(table: ImportTable, kind: BatchKind): Promise<void> {
    const { tx, run } = this;
    for (let number_ = (await countBatches(tx, run.job.id, kind)) - 1; number_ >= 0; number_ -= 1) {
      const batch = await readBatch(tx, run.job.id, kind, number_);
      if (batch === null) throw new ImportFailure('What the import wrote is not known any more.');
      const rows = withIds(batch.rows, batch.firstId, batch.idStep);
      await this.takeBack(table, await Promise.all(rows.map((row) => this.withCompany(table, row))));
      this.done += rows.length;
      run.report(this.done, this.total, this.total === 0 ? 1 : this.done / this.total);
      await pause(run);
    }
  }

  async end(): Promise<void> {
    const { job } = this.run;
    const done = await changeJob(this.tx, job.id, ['UNDOING'], { state: 'UNDONE', failure: null }, this.run.now());
    if (!done) throw new ImportFailure('It was stopped.');
    await recordImported(this.tx, this.by, 'Import', [{ id: job.id, before: { fileName: job.fileName, state: 'COMMITTED' }, after: { fileName: job.fileName, state: 'UNDONE' } }]);
  }

  private async takeBack(table: ImportTable, rows: readonly WrittenRow[]): Promise<void> {
    const { tx } = this;
    const stored = await lockRows(tx, table, rows.map(({ id }) => id));
    for (const { row, id, after } of rows) {
      const now = stored.get(id);
      const where = `The ${table.label} ${id}${row === 0 ? '' : ` (row ${row})`}`;
      if (now === undefined) throw new ImportFailure(`${where} was deleted since the import.`);
      if (!sameValues(table, now, after)) throw new ImportFailure(`${where} was changed since the import.`);
    }
    await this.refuseGone(table, rows);
    const created = rows.filter((row) => row.created).map(({ id }) => id);
    await this.refuseUsed(table, created);
    await deleteRows(tx, tx.writable(table.table), created);
    await changeRows(tx, table, rows.flatMap(({ id, before, after }) => (before === null ? [] : [{ id, from: after, to: before }])));
    await recordRows(tx, this.by, table, rows, true);
  }

  /** A row that goes back to an owner or product which is not there any more would belong to nobody. */
  private async refuseGone(table: ImportTable, rows: readonly WrittenRow[]): Promise<void> {
    const gone = await this.references.firstGone(table, rows.flatMap(({ row, before, after }) => (before === null ? [] : [{ row, from: after, to: before }])));
    if (gone !== null) throw new ImportFailure(`The ${gone.kind} ${gone.id}, to which row ${gone.row} would go back, was deleted since the import.`);
  }

  private async refuseUsed(table: ImportTable, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    for (const [other, column, what] of table.referredBy) {
      const [row] = await this.tx.read(sql`select min(r.${raw(column)}) as id from ${this.tx.table(other, 'r')} where r.${raw(column)} in (${join(ids)})`);
      if (row?.['id'] != null) throw new ImportFailure(`The ${table.label} ${number(row, 'id')} has ${what} now that the import did not bring.`);
    }
  }

  /** Companies that the import created stand in its rows by their place in the file. */
  private async withCompany(table: ImportTable, row: WrittenRow): Promise<WrittenRow> {
    const index = table.properties.indexOf('companyId');
    const stand = Number(row.after[index] ?? 0);
    if (index < 0 || stand < FIRST_NEW_ID) return row;
    this.companies ??= await this.createdCompanies();
    const after: Value[] = [...row.after];
    after[index] = this.companies[stand - FIRST_NEW_ID] ?? null;
    return { ...row, after };
  }

  private async createdCompanies(): Promise<number[]> {
    const ids: number[] = [];
    for (let batch = 0; ; batch += 1) {
      const read = await readBatch(this.tx, this.run.job.id, 'COMPANIES', batch);
      if (read === null) return ids;
      ids.push(...withIds(read.rows, read.firstId, read.idStep).map(({ id }) => id));
    }
  }
}
