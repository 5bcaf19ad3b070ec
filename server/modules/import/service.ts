import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { DatabaseError } from '../../errors.js';
import { parseId } from '../../db/filter.js';
import { execute } from '../../db/many-rows.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { ConfigureImportInput, ImportState, ReplaceImportValueInput, UserError, UserErrorCode } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { checkText } from '../change/checks.js';
import { Faults, Refusal } from '../change/refusal.js';
import { refusable } from '../change/change.js';
import { LONGEST_VALUE } from './cells.js';
import { configure } from './configure.js';
import { missingFields } from './fields/index.js';
import { deleteFile } from './file-store.js';
import { openStates, runningStates, type ImportJobRow } from './job.js';
import { changeJob, readJob, resetProgress, type JobChange } from './job-store.js';
import { deleteMapping, readMapping, replaceMapping, type MappingRow } from './mapping-store.js';
import type { Step } from './settle.js';
import { deleteFindings } from './staging.js';
import { importTables } from './subjects/tables.js';

/** The import as it now is, or why not. */
export interface ImportOutcome {
  job: ImportJobRow | null;
  userErrors: UserError[];
}

const MOST_REPLACEMENTS = 1000;
const MAX_NAME_LENGTH = 100;

export async function configureImport(context: Context, id: number, input: ConfigureImportInput): Promise<ImportOutcome> {
  return changing(context, id, openStates, 'configured', async (job) => {
    const mapping = input.mappingId == null ? null : await readMapping(own(context), parseId(input.mappingId, 'input.mappingId'));
    if (input.mappingId != null && mapping?.subject !== job.subject) refuse(['input', 'mappingId'], 'NOT_FOUND', 'There is no mapping with this id for files of this kind.');
    const record = (tx: ScopedTransaction, before: object, after: object) => recordStep(context, tx, job, { ...before, state: job.state }, { ...after, state: 'READY' });
    if (!(await configure(own(context), job, input, mapping, context.now, record))) conflict();
  });
}

export async function checkImport(context: Context, id: number): Promise<ImportOutcome> {
  return changing(context, id, openStates, 'checked', async (job) => {
    refuseUnready(job);
    await begin(context, job, openStates, 'CHECKING', { check_json: null, failure: null });
  });
}

export async function commitImport(context: Context, id: number): Promise<ImportOutcome> {
  // What a crash undid can be written again: rows that changed since the check stop it all the same.
  return changing(context, id, ['CHECKED', 'FAILED'], 'committed', async (job) => {
    if (job.check === null) refuse([], 'INVALID', 'Check the file first.');
    const wrong = job.check.errorRows;
    if (wrong > 0) refuse([], 'INVALID', `${wrong} rows have errors. Correct them in the file or replace their values, and check again.`);
    await refuseReadOnly(context, job);
    await begin(context, job, ['CHECKED', 'FAILED'], 'COMMITTING', { failure: null });
  });
}

export async function undoImport(context: Context, id: number): Promise<ImportOutcome> {
  return changing(context, id, ['COMMITTED'], 'undone', async (job) => {
    await refuseReadOnly(context, job);
    await begin(context, job, ['COMMITTED'], 'UNDOING', { failure: null });
  });
}

export async function cancelImport(context: Context, id: number): Promise<ImportOutcome> {
  return changing(context, id, ['UPLOADING', ...openStates, ...runningStates], 'cancelled', async (job) => {
    if (runningStates.includes(job.state)) {
      await context.imports.cancel(id);
      const now = await readJob(own(context), id);
      await own(context).transaction((tx) => recordStep(context, tx, job, { state: job.state }, { state: now?.state ?? 'CANCELLED', asked: 'to stop' }));
      return;
    }
    await own(context).transaction(async (tx) => {
      if (!(await changeJob(tx, id, ['UPLOADING', ...openStates], { state: 'CANCELLED', failure: null }, context.now))) conflict();
      await deleteFindings(tx, id);
      await deleteFile(tx, id);
      const { fileName, state } = job;
      await recordChange(context, tx, { action: 'update', entity: 'Import', entityId: id, before: { fileName, state }, after: { fileName, state: 'CANCELLED' } });
    });
  });
}

export async function replaceImportValue(context: Context, id: number, { column, value, replacement }: ReplaceImportValueInput): Promise<ImportOutcome> {
  return changing(context, id, openStates, 'changed', async (job) => {
    if (!job.columns.some(({ name }) => name === column)) refuse(['input', 'column'], 'NOT_FOUND', 'There is no column of this name.');
    const replacements = { ...job.replacements, [column]: { ...job.replacements[column], [value.slice(0, LONGEST_VALUE)]: replacement } };
    const count = Object.values(replacements).reduce((sum, values) => sum + Object.keys(values).length, 0);
    if (count > MOST_REPLACEMENTS) refuse(['input', 'value'], 'INVALID', `At most ${MOST_REPLACEMENTS} values are replaced. Correct the file instead.`);
    refuseUnready(job);
    const replaced = { column: column.slice(0, LONGEST_VALUE), value: value.slice(0, LONGEST_VALUE), replacement: replacement.slice(0, LONGEST_VALUE) };
    await begin(context, { ...job, replacements }, openStates, 'CHECKING', { check_json: null, failure: null, replacements_json: JSON.stringify(replacements) }, replaced);
  });
}

/** Keeps the columns of an import under a name. */
export async function saveMapping(context: Context, name: string, importId: number): Promise<{ mapping: MappingRow | null; userErrors: UserError[] }> {
  const { row, userErrors } = await refusable(context, async (tx) => {
    const job = await readJob(tx, importId);
    if (job === null) refuse(['importId'], 'NOT_FOUND', 'There is no import with this id.');
    const faults = new Faults([]);
    const label = checkText(faults, 'name', 'Name', name, MAX_NAME_LENGTH);
    const columns = job.columns.flatMap(({ name: column, field, dateFormat, numberFormat }) => (field === null ? [] : [{ name: column, field, dateFormat, numberFormat }]));
    if (columns.length === 0) faults.add('importId', 'INVALID', 'No column of this import fills a field.');
    faults.refuseIfAny();
    const id = await replaceMapping(tx, job.subject, label, columns, context.now);
    await recordChange(context, tx, { action: 'create', entity: 'ImportMapping', entityId: id, before: null, after: { name: label, subject: job.subject } });
    return readMapping(tx, id);
  });
  return { mapping: row, userErrors };
}

export async function dropMapping(context: Context, id: number): Promise<UserError[]> {
  const { userErrors } = await refusable(context, async (tx) => {
    const mapping = await readMapping(tx, id);
    if (mapping === null) refuse(['id'], 'NOT_FOUND', 'There is no mapping with this id.');
    await deleteMapping(tx, id);
    const { name, subject } = mapping;
    await recordChange(context, tx, { action: 'delete', entity: 'ImportMapping', entityId: id, before: { name, subject }, after: null });
    return mapping;
  });
  return userErrors;
}

const own = ({ imports }: Context) => imports.own;

/** Work on an import that is in one of the states; what it refuses becomes `userErrors`. */
async function changing(context: Context, id: number, states: readonly ImportState[], done: string, work: (job: ImportJobRow) => Promise<void>): Promise<ImportOutcome> {
  let userErrors: UserError[] = [];
  try {
    const job = await readJob(own(context), id);
    if (job === null) refuse(['id'], 'NOT_FOUND', 'There is no import with this id.');
    if (!states.includes(job.state)) refuse([], 'CONFLICT', `An import that is ${job.state} cannot be ${done}.`);
    await work(job);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    userErrors = error.errors;
  }
  return { job: await readJob(own(context), id), userErrors };
}

/** Says in the job that the step runs, then runs it. */
async function begin(context: Context, job: ImportJobRow, from: readonly ImportState[], step: Step, change: JobChange, logged: object = {}): Promise<void> {
  await own(context).transaction(async (tx) => {
    if (!(await changeJob(tx, job.id, from, { ...change, state: step, request_id: context.requestId }, context.now, job.revision))) conflict();
    await resetProgress(tx, job.id);
    // The other steps are recorded with what they did, once it is done.
    if (step === 'CHECKING') await recordStep(context, tx, job, { state: job.state }, { state: step, ...logged });
  });
  context.imports.launch(context, job, step);
}

/** Notes a step of preparing in the audit log. */
function recordStep(context: Context, tx: ScopedTransaction, { id, fileName }: ImportJobRow, before: object, after: object): Promise<void> {
  return recordChange(context, tx, { action: 'update', entity: 'Import', entityId: id, before: { fileName, ...before }, after: { fileName, ...after } });
}

function refuseUnready({ subject, columns, failure }: ImportJobRow): void {
  if (columns.length === 0) refuse([], 'INVALID', failure ?? 'The file has no columns.');
  const missing = missingFields(subject, columns);
  if (missing.length > 0) refuse(['columns'], 'REQUIRED', `No column fills ${missing.map(({ label }) => label).join(', ')}.`);
  const ambiguous = columns.filter((column) => column.ambiguous && column.field !== null);
  if (ambiguous.length > 0) refuse(['columns'], 'REQUIRED', `Choose the format of ${ambiguous.map(({ name }) => name).join(', ')}: its values can be read in several ways.`);
}

/** Asks the database at once whether the tables may be written: a step in the background could only fail. */
async function refuseReadOnly(context: Context, { subject, check }: ImportJobRow): Promise<void> {
  const tables = [importTables[subject], ...((check?.newCompanies ?? 0) > 0 ? [importTables.COMPANIES] : [])];
  try {
    await context.db.transaction(async (tx) => {
      for (const { table, columns: [[column] = ['id']] } of tables) {
        const name = tx.writable(table);
        await execute(tx, sql`update ${name} set ${raw(column)} = ${raw(column)} where 1 = 0`);
      }
    });
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.fault !== 'readOnly') throw error;
    refuse([], 'READ_ONLY', 'The database allows Seatwise to read this table, not to change it.');
  }
}

function conflict(): never {
  return refuse([], 'CONFLICT', 'Somebody else has changed this import meanwhile. Look at it again.');
}

function refuse(field: string[], code: UserErrorCode, message: string): never {
  throw new Refusal([{ field, code, message }]);
}
