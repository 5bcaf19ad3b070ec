import type { ScopedDatabase } from '../../db/scoped.js';
import { DatabaseError, isOutage } from '../../errors.js';
import type { ImportState } from '../../graphql.generated.js';
import { deleteFile } from './file-store.js';
import { changeJob, type JobChange } from './job-store.js';
import { UnreadableFile } from './reading/reading.js';
import { ImportFailure } from './run.js';
import { deleteFindings } from './staging.js';

/** The steps that run in the background, by the state that a job has meanwhile. */
export type Step = Extract<ImportState, 'CHECKING' | 'COMMITTING' | 'UNDOING'>;

/** Why a step was told to stop. */
export type StopReason = 'cancelled' | 'stopped' | 'lost';

const whatToDo: Readonly<Record<Step, string>> = {
  CHECKING: 'Nothing was written. Start the check again.',
  COMMITTING: 'The database has taken back what was written: nothing of the file is there. Commit it again.',
  UNDOING: 'The rows of the import are as they were before. Undo it again.',
};

/** What is said of a step that ended with the server that ran it. */
export function interrupted(step: Step): string {
  return `The server stopped in the middle. ${whatToDo[step]}`;
}

/** Notes how a step ended that did not finish. A commit that has happened after all is left as it is. */
export async function settle(db: ScopedDatabase, id: number, step: Step, error: unknown, reason: StopReason | null, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const change = reason === 'cancelled' ? cancelled[step] : { ...ended(step, failureOf(step, error, reason)), ...(isStale(step, error, reason) ? { check_json: null } : {}) };
    const changed = await changeJob(tx, id, [step], change, now);
    if (!changed || change.state !== 'CANCELLED') return;
    await deleteFindings(tx, id);
    await deleteFile(tx, id);
  });
}

/** What the check found does not hold any more: it must look again. */
function isStale(step: Step, error: unknown, reason: StopReason | null): boolean {
  return reason === null && step === 'COMMITTING' && error instanceof ImportFailure;
}

const cancelled: Readonly<Record<Step, JobChange>> = {
  CHECKING: { state: 'READY', failure: null },
  COMMITTING: { state: 'CANCELLED', failure: null },
  UNDOING: { state: 'COMMITTED', failure: null },
};

/** The state after a failure: an import that could not be taken back is still there. */
export function ended(step: Step, failure: string): JobChange {
  return { state: step === 'UNDOING' ? 'COMMITTED' : 'FAILED', failure };
}

function failureOf(step: Step, error: unknown, reason: StopReason | null): string {
  if (reason !== null) return interrupted(step);
  if (error instanceof ImportFailure) return step === 'UNDOING' ? `${error.message} The import cannot be undone as a whole; nothing was taken back.` : error.message;
  if (error instanceof UnreadableFile) return error.message;
  if (error instanceof DatabaseError && error.fault === 'readOnly') return `The database allows Seatwise to read this table, not to change it. ${whatToDo[step]}`;
  if (error instanceof DatabaseError && error.fault === 'full') return `The disk of the database is full. Make room there first. ${whatToDo[step]}`;
  if (isOutage(error)) return `The database went away or was too slow. ${whatToDo[step]}`;
  return `Seatwise failed, and its log says why. ${whatToDo[step]}`;
}
