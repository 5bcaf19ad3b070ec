import type { ImportState, ImportSubject, ImportErrorCode } from '../../graphql.generated.js';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { FieldChange } from '../audit/fields.js';
import type { ColumnPlan } from './columns/plan.js';
import type { Reading } from './reading/reading.js';

/** Errors of one column and reason. */
export interface Reason {
  column: string | null;
  code: ImportErrorCode;
  message: string;
  count: number;
  values: { value: string; count: number; suggestions: { id: string; name: string }[] }[];
}

/** What the dry run found, as it is stored with the job. */
export interface CheckResult {
  rows: number;
  new: number;
  changed: number;
  unchanged: number;
  duplicates: number;
  errorRows: number;
  newCompanies: number;
  /** Annual values in minor units, as digits. */
  money: { currency: string; before: string; after: string }[];
  reasons: Reason[];
  preview: { row: number; targetId: string | null; changes: FieldChange[] }[];
  /** The latest row and audit entry that there were when the check began: what came after is looked at before anything is written. */
  latestRow: number;
  latestEntry: number;
}

/** Values of a column that are read as something else: the texts of the file, cut as errors show them. */
export type Replacements = Record<string, Record<string, string>>;

/** One import. */
export interface ImportJobRow {
  id: number;
  subject: ImportSubject;
  state: ImportState;
  fileName: string;
  byteSize: number;
  accountId: number;
  accountEmail: string;
  requestId: string;
  createdAt: string;
  changedAt: string;
  /** Counts what was changed in the configuration, so that two people do not undo each other's. */
  revision: number;
  createMissing: boolean;
  reading: Reading | null;
  columns: ColumnPlan[];
  sample: string[][];
  replacements: Replacements;
  check: CheckResult | null;
  failure: string | null;
  committedAt: string | null;
}

/** States in which a step is under way. */
export const runningStates: readonly ImportState[] = ['CHECKING', 'COMMITTING', 'UNDOING'];

/** States in which the file is here and nothing of it was written. */
export const openStates: readonly ImportState[] = ['READY', 'CHECKED', 'FAILED'];

export function decodeJob(row: Row): ImportJobRow {
  return {
    id: number(row, 'id'),
    subject: text(row, 'subject') as ImportSubject,
    state: text(row, 'state') as ImportState,
    fileName: text(row, 'file_name'),
    byteSize: number(row, 'byte_size'),
    accountId: number(row, 'account_id'),
    accountEmail: text(row, 'account_email'),
    requestId: text(row, 'request_id'),
    createdAt: instantOrNull(row['created_at']) ?? '',
    changedAt: instantOrNull(row['changed_at']) ?? '',
    revision: number(row, 'revision'),
    createMissing: numberOrNull(row, 'create_missing') === 1,
    reading: parsed<Reading | null>(row, 'reading_json', null),
    columns: parsed<ColumnPlan[]>(row, 'columns_json', []),
    sample: parsed<string[][]>(row, 'sample_json', []),
    replacements: parsed<Replacements>(row, 'replacements_json', {}),
    check: parsed<CheckResult | null>(row, 'check_json', null),
    failure: textOrNull(row, 'failure'),
    committedAt: instantOrNull(row['committed_at']),
  };
}

function parsed<T>(row: Row, column: string, absent: T): T {
  const json = textOrNull(row, column);
  return json === null ? absent : (JSON.parse(json) as T);
}
