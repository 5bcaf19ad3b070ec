import type { Import } from './queries';
import { toWrite } from './words';

/** The steps of an import, in their order. */
export const stepNames = ['file', 'read', 'columns', 'check', 'commit', 'done'] as const;
export type StepName = (typeof stepNames)[number];

export const stepWord: Record<StepName, string> = { file: 'File', read: 'Read', columns: 'Columns', check: 'Check', commit: 'Commit', done: 'Done' };

/** The step that an import is at when nobody asks for another. */
export function stepOf(job: Import): StepName {
  switch (job.state) {
    case 'UPLOADING': return 'file';
    case 'READY': return 'read';
    case 'COMMITTING': return 'commit';
    case 'COMMITTED': case 'UNDOING': case 'UNDONE': return 'done';
    case 'CANCELLED': return 'file';
    case 'FAILED': return job.reading == null ? 'file' : 'check';
    default: return 'check';
  }
}

/** True when every required field has a column, and every column says how its values are written. */
export function isMapped({ columns, missingFields }: Pick<Import, 'columns' | 'missingFields'>): boolean {
  return columns.length > 0 && missingFields.length === 0 && !columns.some(({ field, ambiguous }) => field != null && ambiguous);
}

/** True when all rows may be written. */
export const isCommittable = ({ state, check }: Pick<Import, 'state' | 'check'>): boolean =>
  state === 'CHECKED' && check != null && check.errorRows === 0 && toWrite(check) > 0;

/** Whether a step can be looked at. */
export function isReachable(job: Import, step: StepName): boolean {
  const written = ['COMMITTED', 'UNDOING', 'UNDONE'].includes(job.state);
  switch (step) {
    case 'file': return true;
    case 'read': return job.reading != null;
    case 'columns': return job.columns.length > 0;
    case 'check': return (job.check != null && job.state !== 'CANCELLED') || ['CHECKING', 'FAILED'].includes(job.state) || (job.state === 'READY' && isMapped(job));
    case 'commit': return isCommittable(job) || job.state === 'COMMITTING';
    case 'done': return written;
  }
}
