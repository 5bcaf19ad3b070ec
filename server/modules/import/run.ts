import { setImmediate } from 'node:timers/promises';
import type { SignedInViewer } from '../../auth/viewer.js';
import type { ScopedDatabase } from '../../db/scoped.js';
import type { ImportJobRow } from './job.js';

/** One step of an import in the background, on behalf of the person who asked for it. */
export interface Run {
  job: ImportJobRow;
  /** The tables as that person may see them. */
  db: ScopedDatabase;
  viewer: SignedInViewer;
  requestId: string;
  /** Aborted when somebody stops the step, the server stops, or the lock of the step is lost. */
  signal: AbortSignal;
  now(): Date;
  /** Work at a moment at which no import is writing: what one writes is not seen before it is all there. */
  whileNobodyWrites<T>(work: () => Promise<T>): Promise<T>;
  /** Tells how far the step is. */
  report(rows: number, totalRows: number | null, share: number | null): void;
}

/** Something that stops a step, in words for the person who brought the file: what is wrong, and what to do. */
export class ImportFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportFailure';
  }
}

/** Lets other requests have their turn, and ends a step that is to stop. */
export async function pause({ signal }: Pick<Run, 'signal'>): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
