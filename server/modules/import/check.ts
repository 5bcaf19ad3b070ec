import sql from 'sql-template-tag';
import { number } from '../../db/decode.js';
import type { ImportSubject } from '../../graphql.generated.js';
import { checkText } from '../change/checks.js';
import { Faults } from '../change/refusal.js';
import { AnnualValues } from './annual-values.js';
import { FieldColumns } from './cells.js';
import { fileBytes } from './file-store.js';
import { Findings, type CellError } from './findings.js';
import type { CheckResult } from './job.js';
import { changeJob } from './job-store.js';
import { KeySet } from './key-set.js';
import { previewOf } from './preview.js';
import { readRecords } from './reading/records.js';
import type { SourceRow } from './reading/reading.js';
import { FIRST_NEW_ID, References, type ReferenceKind } from './references.js';
import { ImportFailure, pause, type Run } from './run.js';
import { BATCH_ROWS, deleteFindings, writeBatch, type BatchKind } from './staging.js';
import { LicenseJudge } from './subjects/licenses.js';
import { OwnerJudge } from './subjects/owners.js';
import { sameValues, type ImportTable, type StagedRow } from './subjects/table.js';
import { importTables } from './subjects/tables.js';
import { importCode, type Fault, type Judge, type Verdict } from './subjects/verdict.js';
import type { Parsed } from './values/parsed.js';
import { raggedness } from './values/text.js';

const MOST_PREVIEWED = 50;
const MAX_NAME_LENGTH = 255;

/** What the rows of each kind of file refer to. */
const referred: Readonly<Record<ImportSubject, readonly ReferenceKind[]>> = {
  LICENSES: ['company', 'partner', 'product'], COMPANIES: ['company', 'partner'], PARTNERS: ['partner'],
};

/**
 * The dry run: the file streams past, and what it would write is laid aside in batches. Nothing holds the whole file; what grows
 * with it is 16 to 32 bytes a row.
 */
export async function runCheck(run: Run): Promise<void> {
  const { db, job } = run;
  if (job.reading === null) throw new ImportFailure('The file has not come in.');
  await db.transaction((tx) => deleteFindings(tx, job.id));
  const dryRun = await DryRun.begin(run);
  let bytesRead = 0;
  const bytes = async function* () {
    for await (const chunk of fileBytes(db, job.id, run.signal)) {
      yield chunk;
      bytesRead += chunk.byteLength;
    }
  };
  try {
    await readRecords(bytes(), job.reading, async (rows) => {
      await dryRun.take(rows);
      run.report(dryRun.result.rows, null, job.byteSize === 0 ? null : Math.min(1, bytesRead / job.byteSize));
      await pause(run);
    }, run.signal);
    await dryRun.end();
  } finally {
    await dryRun.quiet();
  }
}

class DryRun {
  readonly result: CheckResult;
  private readonly table: ImportTable;
  private readonly columns: FieldColumns;
  private readonly judge: Judge;
  private readonly keys = new KeySet();
  private readonly findings = new Findings();
  private readonly values = new AnnualValues();
  private readonly newCompanies = new Map<string, number>();
  private staged: StagedRow[] = [];
  private batches = 0;
  /** What the database lays aside while the rows after it are judged. */
  private laying: Promise<void> = Promise.resolve();

  private constructor(
    private readonly run: Run,
    references: Partial<Record<ReferenceKind, References>>,
    latest: Pick<CheckResult, 'latestRow' | 'latestEntry'>,
  ) {
    const { db, job } = run;
    this.result = { rows: 0, new: 0, changed: 0, unchanged: 0, duplicates: 0, errorRows: 0, newCompanies: 0, money: [], reasons: [], preview: [], ...latest };
    this.table = importTables[job.subject];
    this.columns = new FieldColumns(job.columns, job.replacements);
    const options = {
      db, columns: this.columns, references: references as Record<ReferenceKind, References>,
      newCompany: job.createMissing ? (name: string) => this.newCompany(name) : null,
    };
    this.judge = job.subject === 'LICENSES' ? new LicenseJudge(options) : new OwnerJudge(job.subject, options);
  }

  static async begin(run: Run): Promise<DryRun> {
    const { db, job } = run;
    // Noted before anything is read: what comes after may not have been seen.
    const [row, entry] = await run.whileNobodyWrites(async () => [
      (await db.read(sql`select coalesce(max(x.id), 0) as latest from ${db.table(importTables[job.subject].table, 'x')}`))[0] ?? {},
      (await db.read(sql`select coalesce(max(a.id), 0) as latest from ${db.table('audit', 'a')}`))[0] ?? {},
    ] as const);
    const references: Partial<Record<ReferenceKind, References>> = {};
    for (const kind of referred[job.subject]) references[kind] = await References.read(db, kind);
    return new DryRun(run, references, { latestRow: number(row, 'latest'), latestEntry: number(entry, 'latest') });
  }

  async take(rows: readonly SourceRow[]): Promise<void> {
    const width = this.run.job.columns.length;
    const ragged = new Map<SourceRow, string>();
    for (const row of rows) {
      const message = raggedness(row.cells, width);
      if (message !== null) ragged.set(row, message);
    }
    const verdicts = (await this.judge.judge(ragged.size === 0 ? rows : rows.filter((row) => !ragged.has(row)))).values();
    for (const row of rows) {
      const message = ragged.get(row);
      const verdict = message === undefined ? verdicts.next().value : { row: row.row, faults: [raggedRow(message)] };
      if (verdict !== undefined) this.count(verdict);
    }
    this.result.rows += rows.length;
    if (this.staged.length >= BATCH_ROWS || this.findings.isWaiting) await this.flush();
  }

  /** Lays the rest aside and notes what was found, in one transaction. */
  async end(): Promise<void> {
    const { db, job } = this.run;
    await this.flush();
    await this.laying;
    const companies: StagedRow[] = [...this.newCompanies.keys()].map((name) => ({ row: 0, id: null, before: null, after: [name, 1, null] }));
    for (let from = 0, batch = 0; from < companies.length; from += BATCH_ROWS, batch += 1) {
      await this.write('COMPANIES', batch, companies.slice(from, from + BATCH_ROWS));
    }
    Object.assign(this.result, {
      errorRows: this.findings.errorRows, newCompanies: companies.length, money: this.values.byCurrency(),
      reasons: this.findings.summary((field) => this.judge.referencesOf(field)),
    });
    await db.transaction(async (tx) => {
      const done = await changeJob(tx, job.id, ['CHECKING'], { state: 'CHECKED', check_json: JSON.stringify(this.result), failure: null }, this.run.now());
      if (!done) throw new ImportFailure('The check was taken over.');
    });
  }

  private count(verdict: Verdict): void {
    if ('faults' in verdict) return this.refuse(verdict.row, verdict.faults);
    const { row, id, before, after } = verdict;
    const met = this.keys.add(id === null ? this.table.keyOf(after) : `#${id}`, after.join('\n'), row);
    if (met.kind === 'repeated') this.result.duplicates += 1;
    else if (met.kind === 'contradicted') this.refuse(row, [contradiction(this.table, id, met.row)]);
    else if (before !== null && (before === after || sameValues(this.table, before, after))) this.result.unchanged += 1;
    else this.stage({ row, id, before, after });
  }

  private stage(staged: StagedRow): void {
    this.result[staged.id === null ? 'new' : 'changed'] += 1;
    this.staged.push(staged);
    if (this.table.table === 'license') this.values.add(staged.before, staged.after);
    if (this.result.preview.length >= MOST_PREVIEWED) return;
    this.result.preview.push(previewOf(this.table, staged, (standIn) => [...this.newCompanies.keys()][standIn - FIRST_NEW_ID] ?? null));
  }

  private refuse(row: number, faults: readonly Fault[]): void {
    this.findings.add(faults.map(({ field, value, code, message }): CellError => ({
      row, field, column: field === null ? null : this.columns.nameOf(field), value, code, message,
    })));
  }

  /** The same name is the same new company throughout the file. */
  private newCompany(name: string): Parsed<number> {
    const known = this.newCompanies.get(name);
    if (known !== undefined) return { value: known };
    const faults = new Faults([]);
    checkText(faults, 'name', 'The name of the company', name, MAX_NAME_LENGTH);
    const [fault] = faults.errors;
    if (fault !== undefined) return { code: importCode(fault.code), message: fault.message };
    const id = FIRST_NEW_ID + this.newCompanies.size;
    this.newCompanies.set(name, id);
    return { value: id };
  }

  /** Resolves when nothing is written any more, be it that it failed. */
  quiet(): Promise<void> {
    return this.laying.catch(() => undefined);
  }

  /** Begins to lay aside what has been judged, once everything before it is. */
  private async flush(): Promise<void> {
    await this.laying;
    const { staged } = this;
    this.staged = [];
    this.laying = this.layAside(staged);
    // Whoever waits for it is told; until then it is no failure that nobody heard of.
    this.laying.catch(() => undefined);
  }

  private async layAside(staged: readonly StagedRow[]): Promise<void> {
    for (let from = 0; from < staged.length; from += BATCH_ROWS) {
      await this.write('ROWS', this.batches, staged.slice(from, from + BATCH_ROWS));
      this.batches += 1;
    }
    if (this.findings.isWaiting) await this.run.db.transaction((tx) => this.findings.flush(tx, this.run.job.id));
  }

  private write(kind: BatchKind, batch: number, rows: readonly StagedRow[]): Promise<void> {
    return this.run.db.transaction((tx) => writeBatch(tx, this.run.job.id, kind, batch, rows));
  }
}

function raggedRow(message: string): Fault {
  return { field: null, value: null, code: 'RAGGED', message };
}

function contradiction({ label, table }: ImportTable, id: number | null, earlier: number): Fault {
  const thing = id !== null ? `the ${label} with the id ${id}` : table === 'license' ? 'a licence of this owner and product from this day on' : `a ${label} of this name`;
  return { field: null, value: null, code: 'CONFLICTING', message: `Row ${earlier} is about ${thing} too and says something else. Keep one of them.` };
}
