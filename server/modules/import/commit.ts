import { idStep } from '../../db/many-rows.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { recordImported, type ImportedBy } from '../audit/many.js';
import { deleteFile } from './file-store.js';
import type { CheckResult } from './job.js';
import { changeJob, storedAt } from './job-store.js';
import { HeldReferences } from './held-references.js';
import type { KeySet } from './key-set.js';
import { FIRST_NEW_ID, References } from './references.js';
import { ImportFailure, pause, type Run } from './run.js';
import { keysSince } from './since-check.js';
import { type Batch, type BatchKind, noteIds, readBatch } from './staging.js';
import { sameValues, type ImportTable, type StagedRow } from './subjects/table.js';
import { importTables } from './subjects/tables.js';
import { changeRows, insertNew, lockRows, recordRows, withIds, type WrittenRow } from './write-batch.js';

const CHECK_AGAIN = 'Nothing was written. Check the file again, look at the result, and commit it.';

/**
 * Writes everything that the check has laid aside, in one transaction with its entries in the audit log and the state of the
 * job: whatever stops it, all of it is there or nothing. What changed since the check stops it.
 */
export async function runCommit(run: Run): Promise<void> {
  const { db, job } = run;
  const { check } = job;
  if (check === null) throw new ImportFailure(`The file has not been checked. ${CHECK_AGAIN}`);
  await db.pipelined(async (tx) => {
    const commit = new Commit(run, tx, check, await known(run, tx, check));
    await commit.companies();
    await commit.rows();
    await commit.end();
  });
  // The transaction stands: that the file is still there harms nobody.
  await db.transaction((tx) => deleteFile(tx, job.id)).catch(() => undefined);
}

/** Who acts, for the audit log. */
export function actorOf({ job, viewer, requestId, now }: Run): ImportedBy {
  return { importId: job.id, accountId: viewer.accountId, email: viewer.email, requestId, credential: viewer.credential, now: now() };
}

interface Known {
  /** Names of companies, where the import creates some. */
  companies: References | null;
  /** Keys of rows that came since the check; null: no row is to be created. */
  since: KeySet | null;
}

/** A promise that is waited for later: until then its failure is none that nobody heard of. */
function heardLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** What is to be created may be there since the check. */
async function known(run: Run, tx: ScopedTransaction, check: CheckResult): Promise<Known> {
  const companies = check.newCompanies === 0 ? null : await References.read(tx, 'company');
  return { companies, since: check.new === 0 ? null : await keysSince(run, tx, importTables[run.job.subject], check) };
}

class Commit {
  private readonly table: ImportTable;
  private readonly by: ImportedBy;
  private readonly total: number;
  private done = 0;
  private idStep = 1;
  /** Ids of the companies that the import creates, in the order of their stand-ins. */
  private readonly created: number[] = [];
  private readonly references: HeldReferences;
  /** The latest batch, whose entries of the audit log are made while the database inserts the next one. */
  private unrecorded: { table: ImportTable; rows: readonly WrittenRow[] } | null = null;
  private recording: Promise<void> = Promise.resolve();
  /** The first ids that batches got, noted at the end: a statement in between costs as much as a tenth of a batch. */
  private readonly firstIds: { kind: BatchKind; batch: number; firstId: number }[] = [];

  constructor(
    private readonly run: Run,
    private readonly tx: ScopedTransaction,
    check: CheckResult,
    private readonly known: Known,
  ) {
    this.table = importTables[run.job.subject];
    this.by = actorOf(run);
    this.references = new HeldReferences(tx);
    this.total = check.new + check.changed + check.newCompanies;
  }

  async companies(): Promise<void> {
    this.idStep = await idStep(this.tx);
    const { COMPANIES: table } = importTables;
    await this.batches('COMPANIES', async (rows, batch) => {
      for (const { after: [name] } of rows) {
        if (this.known.companies?.named(String(name)).length !== 0) throw new ImportFailure(`The company “${String(name)}” was created by somebody else since the check. ${CHECK_AGAIN}`);
      }
      const written = await this.write(table, 'COMPANIES', batch, rows);
      this.created.push(...written.map(({ id }) => id));
    });
  }

  async rows(): Promise<void> {
    await this.batches('ROWS', async (staged, batch) => {
      await this.refuseGone(staged);
      const rows = staged.map((row) => this.withCreated(row));
      await this.refuseChanged(rows);
      await this.write(this.table, 'ROWS', batch, rows);
    });
  }

  /** The last statement but the commit itself: another instance that has given this job up wins. */
  async end(): Promise<void> {
    await this.recordLatest();
    await this.recording;
    const { job } = this.run;
    if (this.done !== this.total) throw new ImportFailure(`Only ${this.done} of ${this.total} rows were there to be written. ${CHECK_AGAIN}`);
    for (const { kind, batch, firstId } of this.firstIds) await noteIds(this.tx, job.id, kind, batch, firstId, this.idStep);
    const now = this.run.now();
    const done = await changeJob(this.tx, job.id, ['COMMITTING'], { state: 'COMMITTED', committed_at: storedAt(now), failure: null }, now);
    if (!done) throw new ImportFailure(`The import was stopped. ${CHECK_AGAIN}`);
    await recordImported(this.tx, this.by, 'Import', [{ id: job.id, before: { fileName: job.fileName, state: 'CHECKED' }, after: { fileName: job.fileName, state: 'COMMITTED' } }]);
  }

  /** Each batch is read while the one before is written, on a connection of its own: the database and this process work side by side. */
  private async batches(kind: BatchKind, take: (rows: StagedRow[], batch: number) => Promise<void>): Promise<void> {
    let next = this.readAhead(kind, 0);
    for (let batch = 0; ; batch += 1) {
      const read = await next;
      if (read === null) return;
      next = this.readAhead(kind, batch + 1);
      await take(read.rows, batch);
      this.done += read.rows.length;
      this.run.report(this.done, this.total, this.total === 0 ? 1 : this.done / this.total);
      await pause(this.run);
    }
  }

  private readAhead(kind: BatchKind, batch: number): Promise<Batch | null> {
    return heardLater(readBatch(this.run.db, this.run.job.id, kind, batch));
  }

  private async write(table: ImportTable, kind: BatchKind, batch: number, rows: readonly StagedRow[]) {
    const inserting = heardLater(insertNew(this.tx, table, rows));
    await this.recordLatest();
    const inserted = await inserting;
    if (inserted !== null) this.firstIds.push({ kind, batch, firstId: inserted.firstId });
    await changeRows(this.tx, table, rows.flatMap(({ id, before, after }) => (id === null || before === null ? [] : [{ id, from: before, to: after }])));
    const written = withIds(rows, inserted?.firstId ?? null, this.idStep);
    this.unrecorded = { table, rows: written };
    return written;
  }

  /** Begins to record the latest batch, once the one before is recorded. */
  private async recordLatest(): Promise<void> {
    const { unrecorded } = this;
    this.unrecorded = null;
    await this.recording;
    if (unrecorded !== null) this.recording = heardLater(recordRows(this.tx, this.by, unrecorded.table, unrecorded.rows));
  }

  /** The row with the ids of companies that the import created. */
  private withCreated(row: StagedRow): StagedRow {
    const index = this.table.properties.indexOf('companyId');
    const stand = Number(row.after[index] ?? 0);
    return index < 0 || stand < FIRST_NEW_ID ? row : { ...row, after: row.after.with(index, this.created[stand - FIRST_NEW_ID] ?? null) };
  }

  private async refuseGone(rows: readonly StagedRow[]): Promise<void> {
    const gone = await this.references.firstGone(this.table, rows.map(({ row, before, after }) => ({ row, from: before, to: after })));
    if (gone !== null) throw new ImportFailure(`The ${gone.kind} ${gone.id}, which row ${gone.row} refers to, was deleted since the check. ${CHECK_AGAIN}`);
  }

  private async refuseChanged(rows: readonly StagedRow[]): Promise<void> {
    const stored = await lockRows(this.tx, this.table, rows.flatMap(({ id }) => id ?? []));
    for (const { row, id, before, after } of rows) {
      if (id === null || before === null) {
        if (this.known.since?.has(this.table.keyOf(after)) === true) throw new ImportFailure(`Row ${row} is there already: somebody created it since the check. ${CHECK_AGAIN}`);
        continue;
      }
      const now = stored.get(id);
      if (now === undefined) throw new ImportFailure(`The ${this.table.label} ${id} (row ${row}) was deleted since the check. ${CHECK_AGAIN}`);
      if (!sameValues(this.table, now, before)) throw new ImportFailure(`The ${this.table.label} ${id} (row ${row}) was changed since the check. ${CHECK_AGAIN}`);
    }
  }
}
