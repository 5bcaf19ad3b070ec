import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../context.js';
import type { Database } from '../../db/database.js';
import { ScopedDatabase } from '../../db/scoped.js';
import { runCheck } from './check.js';
import { runCommit } from './commit.js';
import { deleteFile } from './file-store.js';
import { runningStates, type ImportJobRow } from './job.js';
import { askToStop, changeJob, noteProgress, readJob, readProgress, unfinishedJobs, type Progress } from './job-store.js';
import { ImportFailure, type Run } from './run.js';
import { ended, interrupted, settle, type Step, type StopReason } from './settle.js';
import { runUndo } from './undo.js';
import { brokenUpload } from './upload.js';

/** Jobs share so many locks: each is a file or a connection. */
const LOCKS = 8;
const lockOf = (id: number) => `import ${id % LOCKS}`;
const WRITES = 'import writes';
const LOOK_AGAIN_MS = 10_000;
/** A step that another instance has just begun may not have its lock yet. */
const JUST_BEGUN_MS = 2000;
const TRY_AGAIN_MS = 300;
const NOTE_EVERY_MS = 1000;
/** A file that comes in shows every ten seconds that it does. */
const UPLOAD_SILENCE_MS = 60_000;

const steps: Readonly<Record<Step, (run: Run) => Promise<void>>> = { CHECKING: runCheck, COMMITTING: runCommit, UNDOING: runUndo };

interface Running {
  stop: AbortController;
  progress: Progress;
  ended: Promise<void>;
}

/**
 * The steps of imports in the background. Any instance may run them: a job's lock says whether anybody does, and the jobs of an
 * instance that died are found by their locks being free.
 */
export class Imports {
  /** The tables of imports themselves, which belong to no tenant. */
  readonly own: ScopedDatabase;
  private readonly running = new Map<number, Running>();
  private log: FastifyBaseLogger | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    readonly clock: () => Date,
  ) {
    this.own = new ScopedDatabase(database, { kind: 'everything' });
  }

  /** Looks for jobs that an instance left in the middle, now and from time to time. */
  start(log: FastifyBaseLogger): void {
    this.log = log;
    const look = () => {
      let lookAgain = LOOK_AGAIN_MS;
      this.looking = this.endAbandoned().then((hasYoung) => { if (hasYoung) lookAgain = JUST_BEGUN_MS; })
        .catch((error: unknown) => log.warn({ err: error }, 'imports were not looked after'));
      void this.looking.then(() => {
        if (!this.isStopping) this.timer = setTimeout(look, lookAgain).unref();
      });
    };
    look();
  }

  /** Stops what is under way; the jobs say so. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    for (const { stop } of this.running.values()) stop.abort('stopped' satisfies StopReason);
    await Promise.allSettled([this.looking, ...[...this.running.values()].map((running) => running.ended)]);
  }

  /** Runs a step of a job whose state says so already, in the background. */
  launch(context: Context, job: ImportJobRow, step: Step): void {
    const stop = new AbortController();
    const running: Running = { stop, progress: { rows: 0, totalRows: null, share: null, secondsLeft: null }, ended: Promise.resolve() };
    const { db, requestId } = context;
    const run = { job, db, viewer: context.signedIn(), requestId, now: this.clock };
    const work = async (signal: AbortSignal) => {
      // Before it had the lock, another instance may have taken the step for one that nobody runs.
      if ((await readJob(this.own, job.id))?.state !== step) return;
      await steps[step]({ ...run, signal, report: this.reporter(job.id, running), whileNobodyWrites: (reading) => this.whileNobodyWrites(signal, reading) });
    };
    // What writes the customer's tables is done one import at a time.
    const alone = step === 'CHECKING' ? work : (signal: AbortSignal) => this.inLock(WRITES, signal, work);
    running.ended = this.inLock(lockOf(job.id), stop.signal, alone)
      .catch((error: unknown) => this.failed(job.id, step, error, stop.signal))
      // Whoever has just read that the step runs is told its end, not what was noted a second before.
      .then(() => noteProgress(this.own, job.id, running.progress).catch(() => undefined))
      .finally(() => this.running.delete(job.id));
    this.running.set(job.id, running);
  }

  /** How far a job's step is; null when none runs. */
  async progressOf({ id, state }: ImportJobRow): Promise<Progress | null> {
    if (!runningStates.includes(state)) return null;
    return this.running.get(id)?.progress ?? readProgress(this.own, id);
  }

  /** Stops a step wherever it runs; true when it ran here and has ended. */
  async cancel(id: number): Promise<boolean> {
    const running = this.running.get(id);
    if (running === undefined) {
      await askToStop(this.own, id);
      return false;
    }
    running.stop.abort('cancelled' satisfies StopReason);
    await running.ended;
    return true;
  }

  /** Works in a lock of the database's, as soon as nobody else does. */
  private async inLock(name: string, stopped: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    for (;;) {
      stopped.throwIfAborted();
      const held = await this.database.whileAlone(name, (lost) => work(AbortSignal.any([stopped, lost])));
      if (held !== null) return;
      await wait(TRY_AGAIN_MS, undefined, { signal: stopped });
    }
  }

  private async whileNobodyWrites<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    let result: { of: T } | undefined;
    await this.inLock(WRITES, signal, async () => {
      result = { of: await work() };
    });
    if (result === undefined) throw new Error('A lock was held without its work being done.');
    return result.of;
  }

  private reporter(id: number, running: Running): Run['report'] {
    const begun = this.clock().getTime();
    let noted = begun;
    let isNoting = false;
    return (rows, totalRows, share) => {
      const now = this.clock().getTime();
      const secondsLeft = share === null || share === 0 ? null : Math.round(((now - begun) / 1000 / share) * (1 - share));
      running.progress = { rows, totalRows, share, secondsLeft };
      // On the embedded database a note waits for the step's own transaction: one is enough.
      if (isNoting || now - noted < NOTE_EVERY_MS) return;
      [noted, isNoting] = [now, true];
      void this.note(id, running)
        .catch((error: unknown) => this.log?.warn({ err: error }, 'the progress of an import was not noted'))
        .finally(() => { isNoting = false; });
    };
  }

  /** Beside the step's own transaction: other instances see how far it is, and may ask to stop it. */
  private async note(id: number, { progress, stop }: Running): Promise<void> {
    if ((await readProgress(this.own, id)).cancelled) stop.abort('cancelled' satisfies StopReason);
    else await noteProgress(this.own, id, progress);
  }

  private async failed(id: number, step: Step, error: unknown, { aborted, reason }: AbortSignal): Promise<void> {
    const why = aborted ? (reason as StopReason) : null;
    if (why === null && !(error instanceof ImportFailure)) this.log?.error({ err: error, import: id }, 'a step of an import failed');
    try {
      await settle(this.own, id, step, error, why, this.clock());
    } catch (unsettled) {
      // The job is found by its free lock when the database is back.
      this.log?.warn({ err: unsettled, import: id }, 'the end of an import was not noted');
    }
  }

  /**
   * Ends the jobs that nobody runs any more. What they wrote the database has taken back, or the state would say so. True when some began so
   * lately that this cannot be told yet.
   */
  private async endAbandoned(): Promise<boolean> {
    let hasYoung = false;
    for (const { id, state, changedAt } of await unfinishedJobs(this.own)) {
      if (this.running.has(id) || this.isStopping) continue;
      const silence = this.clock().getTime() - Date.parse(changedAt);
      if (state === 'UPLOADING') {
        if (silence > UPLOAD_SILENCE_MS) await this.endUpload(id);
        continue;
      }
      if (silence < JUST_BEGUN_MS) {
        hasYoung = true;
        continue;
      }
      await this.database.whileAlone(lockOf(id), async () => {
        const job = await readJob(this.own, id);
        if (job === null || !runningStates.includes(job.state)) return;
        const step = job.state as Step;
        this.log?.warn({ import: id, state: step }, 'a server stopped in the middle of an import');
        await this.own.transaction((tx) => changeJob(tx, id, [step], ended(step, interrupted(step)), this.clock()));
      });
    }
    return hasYoung;
  }

  private endUpload(id: number): Promise<void> {
    return this.own.transaction(async (tx) => {
      const ended = await changeJob(tx, id, ['UPLOADING'], { state: 'FAILED', failure: brokenUpload }, this.clock());
      if (ended) await deleteFile(tx, id);
    });
  }
}
