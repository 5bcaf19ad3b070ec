import type { Database } from '../db/database.js';
import { observeTrials } from './observe.js';

/** How often trials are compared with their history: conversions are seen this late where no check of a licence tells of them. */
const EVERY_MS = 5 * 60_000;

/** What the watch tells of its failures. */
interface Log {
  warn(details: object, message: string): void;
}

/** Observes trials from now on. A failure is logged and made up for by the next time. */
export class TrialWatch {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running = this.observe();
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.observe());
    }, EVERY_MS);
    this.timer.unref();
  }

  /** Resolves when nothing of it uses the database any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  private async observe(): Promise<void> {
    const { signal } = this.stopping;
    try {
      if (!signal.aborted) await observeTrials(this.database, new Date(), { signal });
    } catch (error) {
      if (!signal.aborted) this.log.warn({ error }, 'Trials could not be observed');
    }
  }
}
