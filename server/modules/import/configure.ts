import type { ScopedDatabase, ScopedTransaction } from '../../db/scoped.js';
import type { ConfigureImportInput, ImportColumnInput } from '../../graphql.generated.js';
import { Faults } from '../change/refusal.js';
import { withFormats } from './columns/formats.js';
import type { ColumnPlan } from './columns/plan.js';
import { describeFile, headOf } from './describe.js';
import { fieldsOf } from './fields/index.js';
import type { ImportJobRow } from './job.js';
import { openStates } from './job.js';
import { changeJob } from './job-store.js';
import type { MappingRow } from './mapping-store.js';
import { checkReading } from './reading/check.js';
import type { Reading } from './reading/reading.js';
import { deleteFindings } from './staging.js';

/** What the history shows of how a file is read: fields by the columns that fill them. */
export interface Configured {
  encoding: string | null;
  delimiter: string | null;
  quote: string | null;
  headerRow: number | null;
  columns: Record<string, string>;
  createMissingCompanies: boolean;
}

/**
 * Sets how a file is read and what its columns mean; what was found in it before is dropped. `record` notes the change in
 * the same transaction. Throws Refusal with every fault.
 */
export async function configure(
  db: ScopedDatabase, job: ImportJobRow, input: ConfigureImportInput, mapping: MappingRow | null, now: Date,
  record: (tx: ScopedTransaction, before: Configured, after: Configured) => Promise<void>,
): Promise<boolean> {
  const faults = new Faults();
  if (job.reading === null) {
    faults.add('encoding', 'INVALID', 'The file has not come in.');
    faults.refuseIfAny();
    return false;
  }
  const reading = newReading(faults, job.reading, input);
  faults.refuseIfAny();
  const described = reading === job.reading ? { columns: job.columns, sample: job.sample, failure: null } : await describeFile(db, job.id, job.subject, reading);
  const columns = new Columns(faults, job, described.columns, () => textsOf(db, job.id, reading));
  if (mapping !== null) await columns.map(mapping);
  for (const column of input.columns ?? []) await columns.set(column);
  faults.refuseIfAny();
  const createMissing = input.createMissingCompanies ?? job.createMissing;
  return db.transaction(async (tx) => {
    const changed = await changeJob(tx, job.id, openStates, {
      state: 'READY', reading_json: JSON.stringify(reading), columns_json: JSON.stringify(columns.plans), sample_json: JSON.stringify(described.sample),
      create_missing: Number(createMissing), check_json: null,
      failure: reading === job.reading && job.columns.length === 0 ? job.failure : described.failure,
      // Values are replaced in columns by their names, which another reading may change.
      ...(reading === job.reading ? {} : { replacements_json: null }),
    }, now, job.revision);
    if (!changed) return false;
    await deleteFindings(tx, job.id);
    await record(tx, configured(job.reading, job.columns, job.createMissing), configured(reading, columns.plans, createMissing));
    return true;
  });
}

const LONGEST_NAME = 64;

function configured(reading: Reading | null, columns: readonly ColumnPlan[], createMissingCompanies: boolean): Configured {
  const { encoding = null, delimiter = null, quote = null, headerRow = null } = reading ?? {};
  const filled = columns.flatMap(({ field, name }) => (field === null ? [] : [[field, name.slice(0, LONGEST_NAME)] as const]));
  return { encoding, delimiter, quote, headerRow, columns: Object.fromEntries(filled), createMissingCompanies };
}

function newReading(faults: Faults, reading: Reading, input: ConfigureImportInput): Reading {
  const wanted = {
    encoding: input.encoding ?? reading.encoding, delimiter: input.delimiter ?? reading.delimiter,
    quote: input.quote ?? reading.quote, headerRow: input.headerRow ?? reading.headerRow,
  };
  const isSame = wanted.encoding === reading.encoding && wanted.delimiter === reading.delimiter && wanted.quote === reading.quote && wanted.headerRow === reading.headerRow;
  if (isSame) return reading;
  const wrong = checkReading(wanted);
  if (wrong !== null) {
    const field = (['encoding', 'delimiter', 'quote', 'headerRow'] as const).find((name) => checkReading({ ...reading, [name]: wanted[name] }) !== null);
    faults.add(field ?? 'delimiter', 'INVALID', wrong);
    return reading;
  }
  return { ...wanted, encoding: wanted.encoding as Reading['encoding'], doubtful: false };
}

/** The first values of each column, read once when formats are to be found out anew. */
async function textsOf(db: ScopedDatabase, jobId: number, reading: Reading): Promise<(index: number) => string[]> {
  const { sample } = await headOf(db, jobId, reading);
  return (index) => sample.map((row) => row[index] ?? '');
}

class Columns {
  readonly plans: ColumnPlan[];
  private readonly chosen = new Map<string, number>();
  private read: Promise<(index: number) => string[]> | undefined;

  constructor(
    private readonly faults: Faults,
    private readonly job: ImportJobRow,
    plans: readonly ColumnPlan[],
    private readonly texts: () => Promise<(index: number) => string[]>,
  ) {
    this.plans = [...plans];
  }

  /** Takes what a saved mapping says of columns with the same names; columns that it does not name fill nothing. */
  async map({ columns }: MappingRow): Promise<void> {
    for (const plan of [...this.plans]) {
      const saved = columns.find(({ name }) => name === plan.name);
      await this.set({ index: plan.index, field: saved?.field ?? null, dateFormat: saved?.dateFormat ?? null, numberFormat: saved?.numberFormat ?? null });
    }
    this.chosen.clear();
  }

  async set(input: ImportColumnInput): Promise<void> {
    const position = this.plans.findIndex(({ index }) => index === input.index);
    const plan = this.plans[position];
    if (plan === undefined) return this.faults.add('columns', 'NOT_FOUND', `There is no column ${input.index}; the first is 0.`);
    const field = input.field === undefined ? plan.field : input.field;
    const definition = fieldsOf(this.job.subject).find(({ name }) => name === field);
    if (field !== null && definition === undefined) return this.faults.add('columns', 'INVALID', `There is no field ${field.slice(0, 40)}.`);
    if (field !== null) this.take(field, plan.index);
    const kind = definition?.kind ?? null;
    const found = field === plan.field || field === null ? { ...plan, ...(field === null ? noFormats : {}) } : withFormats(plan, kind, (await this.firstTexts())(plan.index));
    this.plans[position] = {
      ...found, field, suggested: false,
      dateFormat: kind === 'DATE' ? (input.dateFormat ?? found.dateFormat) : null,
      numberFormat: kind === 'INTEGER' || kind === 'DECIMAL' ? (input.numberFormat ?? found.numberFormat) : null,
      ambiguous: found.ambiguous && !((kind === 'DATE' && input.dateFormat != null) || (kind !== 'DATE' && input.numberFormat != null)),
    };
  }

  /** No field is filled twice: the column that is chosen for it takes it from the one that had it. */
  private take(field: string, index: number): void {
    const before = this.chosen.get(field);
    if (before !== undefined && before !== index) this.faults.add('columns', 'INVALID', `The field ${field} is chosen for two columns.`);
    this.chosen.set(field, index);
    for (const [position, plan] of this.plans.entries()) {
      if (plan.field === field && plan.index !== index) this.plans[position] = { ...plan, ...noFormats, field: null, suggested: false };
    }
  }

  private firstTexts(): Promise<(index: number) => string[]> {
    return (this.read ??= this.texts());
  }
}

const noFormats = { dateFormat: null, numberFormat: null, ambiguous: false } as const;
