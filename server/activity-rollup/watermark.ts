import sql, { empty } from 'sql-template-tag';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../db/decode.js';
import type { Database, Transaction } from '../db/database.js';
import type { Row } from '../db/dialect/dialect.js';
import { upsert } from '../db/upsert.js';

/** How far the log has been read. Ids are those of its entries. */
export interface Watermark {
  /** The time zone whose days the bits are. */
  zone: string;
  /** Entries up to here were read, as far as they were there at that time. */
  readThrough: number;
  /** Entries up to here are in the roll-up for sure: whatever wrote them has committed long since. Never goes back. */
  settledThrough: number;
  /** The newest id at `candidateAt`: settled once entries have had time to commit since. */
  candidateThrough: number | null;
  candidateAt: string | null;
  /** When the log was first read to its end; null until then, and nothing is answered from the roll-up. */
  completeSince: string | null;
  /** The latest moment of activity that was read, as the log has it. */
  latestAt: string | null;
  startedAt: string;
  /** Entries of users that were read, those read again included, and the time that took. */
  entriesRead: number;
  workingMs: number;
  /** When it was last read. */
  readAt: string | null;
}

const TABLE = 'sw_activity_watermark';
const columns = [
  'id', 'zone', 'read_through', 'settled_through', 'candidate_through', 'candidate_at', 'complete_since', 'latest_at', 'started_at', 'entries_read',
  'working_ms', 'read_at',
] as const;

type Reader = Pick<Transaction, 'read'> & Pick<Database, 'dialect'>;

/** The one row; null before anything was read. `locked`: nobody else writes it before the transaction ends. */
export async function readWatermark(reader: Reader, { locked = false } = {}): Promise<Watermark | null> {
  const { dialect } = reader;
  const latest = dialect.asText(sql`w.latest_at`);
  const [row] = await reader.read(sql`select w.zone as zone, w.read_through as read_through, w.settled_through as settled_through,
    w.candidate_through as candidate_through, w.candidate_at as candidate_at, w.complete_since as complete_since, ${latest} as latest_at,
    w.started_at as started_at, w.entries_read as entries_read, w.working_ms as working_ms, w.read_at as read_at from sw_activity_watermark w where w.id = 1
    ${locked ? dialect.lockRows : empty}`);
  return row === undefined ? null : decode(row);
}

function decode(row: Row): Watermark {
  return {
    zone: text(row, 'zone'), readThrough: number(row, 'read_through'), settledThrough: number(row, 'settled_through'),
    candidateThrough: numberOrNull(row, 'candidate_through'), candidateAt: instantOrNull(row['candidate_at']),
    completeSince: instantOrNull(row['complete_since']), latestAt: textOrNull(row, 'latest_at'), startedAt: instantOrNull(row['started_at']) ?? '',
    entriesRead: number(row, 'entries_read'), workingMs: number(row, 'working_ms'), readAt: instantOrNull(row['read_at']),
  };
}

/** Writes the one row. */
export async function writeWatermark(transaction: Transaction, database: Pick<Database, 'dialect'>, mark: Watermark): Promise<void> {
  const at = (instant: string | null) => (instant === null ? null : instant.slice(0, 19).replace('T', ' '));
  await upsert(transaction, database.dialect, { table: TABLE, columns, unique: ['id'] }, [[
    1, mark.zone, mark.readThrough, mark.settledThrough, mark.candidateThrough, at(mark.candidateAt), at(mark.completeSince), mark.latestAt,
    at(mark.startedAt), mark.entriesRead, mark.workingMs, at(mark.readAt),
  ]]);
}
