import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { hasDueCheckIns, reportCheckIns } from './check-ins.js';
import { FluentProvider } from './fluent.js';
import { HttpJsonProvider } from './http-json.js';
import { knownLicenses } from './known.js';
import type { ExternalLicenseProvider } from './provider.js';
import { readState } from './state.js';
import { synchronise } from './sync.js';

/** How soon another instance's end of a run is noticed, and how soon we try again when the database was away. */
const LOOK_AGAIN_MS = 30_000;
/** Instances that start together do not all ask at once. */
const FIRST_LOOK_MS = 300;
const MS_PER_MINUTE = 60_000;

/** What came of asking for a synchronisation. */
export type Started = 'started' | 'running' | 'unknown';

/**
 * The background work for the outside providers: synchronisations on schedule and by hand, and reports of check-ins. Every
 * instance runs it; what must happen once is done by the one that gets the provider's lock.
 */
export class Providers {
  readonly providers: readonly ExternalLicenseProvider[];
  private readonly stopped = new AbortController();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly work = new Set<Promise<unknown>>();
  private readonly interval: number | null;
  private log: FastifyBaseLogger | undefined;

  constructor(
    private readonly database: Database,
    config: Config,
  ) {
    const known = knownLicenses(database);
    this.interval = config.SYNC_INTERVAL_MINUTES === 0 ? null : config.SYNC_INTERVAL_MINUTES * MS_PER_MINUTE;
    this.providers = config.PROVIDERS.map((settings) =>
      settings.kind === 'fluent' ? new FluentProvider(settings, config.REPORT_TIMEZONE, known) : new HttpJsonProvider(settings, config.REPORT_TIMEZONE),
    );
  }

  /** Begins the schedules. */
  start(log: FastifyBaseLogger): void {
    this.log = log;
    for (const provider of this.providers) {
      if (this.interval !== null) this.later(Math.random() * FIRST_LOOK_MS, () => this.syncWhenDue(provider));
      this.later(provider.settings.reportEverySeconds * 1000, () => this.report(provider));
    }
  }

  /** Ends everything: what is under way stops at the next page, which the next start goes on from. */
  async stop(): Promise<void> {
    this.stopped.abort();
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.allSettled(this.work);
  }

  /** Starts a synchronisation now and returns; `before` runs when nothing speaks against it, ahead of the first request. */
  async sync(name: string, full: boolean, before: () => Promise<void> = async () => {}): Promise<Started> {
    const provider = this.providers.find(({ settings }) => settings.name === name);
    if (provider === undefined) return 'unknown';
    return new Promise<Started>((resolve, reject) => {
      this.run(async () => {
        const held = await this.alone(`sync ${name}`, async (signal) => {
          await before();
          await synchronise({
            database: this.database, provider, log: this.log, signal, full, interval: this.interval, begun: () => resolve('started'),
          });
        });
        if (!held) resolve('running');
      }, reject);
    });
  }

  /** Looks whether a synchronisation is due, and when to look again. */
  private async syncWhenDue(provider: ExternalLicenseProvider): Promise<void> {
    let wait = LOOK_AGAIN_MS;
    try {
      if (await this.isDue(provider)) {
        await this.alone(`sync ${provider.settings.name}`, async (signal) => {
          // Another instance may have done it while we were on our way.
          if (!(await this.isDue(provider))) return;
          await synchronise({ database: this.database, provider, log: this.log, signal, full: false, interval: this.interval });
        });
      }
      const next = (await readState(this.database, provider.settings.name))?.nextAttemptAt;
      if (next != null) wait = Math.min(LOOK_AGAIN_MS, Math.max(1000, next.getTime() - Date.now()));
    } finally {
      this.later(wait, () => this.syncWhenDue(provider));
    }
  }

  private async isDue(provider: ExternalLicenseProvider): Promise<boolean> {
    const next = (await readState(this.database, provider.settings.name))?.nextAttemptAt ?? null;
    return next === null || next.getTime() <= Date.now();
  }

  private async report(provider: ExternalLicenseProvider): Promise<void> {
    const { name, reportEverySeconds } = provider.settings;
    try {
      if (await hasDueCheckIns(this.database, provider)) {
        await this.alone(`check-ins ${name}`, (signal) => reportCheckIns({ database: this.database, provider, log: this.log, signal }));
      }
    } finally {
      this.later(reportEverySeconds * 1000, () => this.report(provider));
    }
  }

  /** False when another instance is at it. The signal is that of the stop or of a lost lock. */
  private async alone(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const held = await this.database.whileAlone(name, (lost) => work(AbortSignal.any([this.stopped.signal, lost])));
    return held !== null;
  }

  private later(milliseconds: number, work: () => Promise<void>): void {
    if (this.stopped.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.run(work);
    }, milliseconds);
    this.timers.add(timer);
  }

  /** Keeps hold of background work, so that a stop waits for it; its failures are the log's unless someone waits. */
  private run(work: () => Promise<void>, failed?: (error: unknown) => void): void {
    const running = work().catch((error: unknown) => {
      if (!this.stopped.signal.aborted) this.log?.error({ err: error }, 'background work for a provider failed');
      failed?.(error);
    });
    this.work.add(running);
    void running.finally(() => this.work.delete(running));
  }
}
