import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../db/database.js';
import { isOutage } from '../errors.js';
import { followLog, USUAL, type Manner } from './follow.js';
import { newestId } from './fold.js';
import { readWatermark, type Watermark } from './watermark.js';

/** How often the log is looked at for new entries. Answers do not wait for it: they add what is newer themselves. */
const LOOK_AGAIN_MS = 5000;
/** How long a watermark is remembered: an older one is as right, with more of the log to add. */
const REMEMBERED_MS = 1000;

/** What answers take from the roll-up, and from where on they read the log themselves. */
export interface RolledUp {
  /** All entries up to this id are in it. */
  settledThrough: number;
  /** The latest activity in it, as the log has it; null when there is none. */
  latestAt: string | null;
}

/** What the roll-up tells of its failures and of its first reading. */
interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Follows the activity log, one instance at a time, and knows how far it has come. */
export class ActivityRollup {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** What was read last; during an outage it is as right as ever. */
  private latest: Watermark | null | undefined;
  private remembered: { at: number; mark: Promise<Watermark | null | undefined> } | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: () => Date,
    private readonly manner: Manner = USUAL,
  ) {}

  start(log: Log): void {
    if (this.database.config.ACTIVITY_ROLLUP) this.running = this.follow(log);
  }

  /** Resolves when nothing of it uses the database any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** What answers may use; null where the roll-up is switched off, not complete, or of days of another time zone. */
  async current(): Promise<RolledUp | null> {
    const { config } = this.database;
    if (!config.ACTIVITY_ROLLUP) return null;
    const mark = await this.mark();
    return mark?.completeSince == null || mark.zone !== config.REPORT_TIMEZONE ? null : { settledThrough: mark.settledThrough, latestAt: mark.latestAt };
  }

  /** How far the log has been read, and its newest id. Without a mark nothing was read; undefined: there are no tables to read it into. */
  async progress(): Promise<{ mark: Watermark | null | undefined; newest: number }> {
    const [mark, newest] = await Promise.all([this.mark(), newestId(this.database)]);
    return { mark, newest };
  }

  /** Undefined where there is no such table: installations that may write nothing have none. */
  private mark(): Promise<Watermark | null | undefined> {
    const now = performance.now();
    if (this.remembered === null || now - this.remembered.at > REMEMBERED_MS) {
      this.remembered = { at: now, mark: readWatermark(this.database).then((mark) => (this.latest = mark), (error: unknown) => (isOutage(error) ? this.latest : undefined)) };
    }
    return this.remembered.mark;
  }

  private async follow(log: Log): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.database.whileAlone('seatwise activity roll-up', (lost) => this.followAlone(AbortSignal.any([signal, lost]), log));
      } catch (error) {
        if (!signal.aborted) log.warn({ error }, 'The activity log could not be followed');
      }
      await pause(LOOK_AGAIN_MS, signal);
    }
  }

  private async followAlone(signal: AbortSignal, log: Log): Promise<void> {
    let incomplete = (await this.mark())?.completeSince == null;
    while (!signal.aborted) {
      for await (const { mark, atEnd, milliseconds } of followLog(this.database, this.manner, this.clock)) {
        if (signal.aborted) return;
        if (!atEnd) await pause(milliseconds * this.restShare, signal);
        else if (incomplete) {
          incomplete = false;
          log.info({ entries: mark.entriesRead, seconds: Math.round(mark.workingMs / 1000) }, 'The activity log is rolled up');
        }
      }
      await pause(LOOK_AGAIN_MS, signal);
    }
  }

  /** How long to rest after work of a length, so that the work takes its share of the time. */
  private get restShare(): number {
    return 1 / this.database.config.ACTIVITY_ROLLUP_SHARE - 1;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
