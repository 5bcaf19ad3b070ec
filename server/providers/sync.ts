import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/database.js';
import { dayOf } from '../reports/shapes/days.js';
import { ProviderFailure } from './failure.js';
import { applyAnswers, type Tally } from './mirror.js';
import type { Answer, Call, ExternalLicenseProvider, Page } from './provider.js';
import { beginRun, endPass, endRun, leaveRun, mustStillRun, notePage, noteWaiting, restart, Superseded, type Run, type SyncState } from './state.js';

/** What was deleted at a provider only shows in a complete reading. */
const FULL_EVERY_MS = 24 * 60 * 60 * 1000;
/** The first wait after a failed run; it doubles up to the interval. */
const FIRST_RETRY_MS = 30_000;
/** A page of so many rows none of which can be read is a change of format, not so many wrong rows. */
const HOPELESS_PAGE = 5;

interface SyncOptions {
  database: Database;
  provider: ExternalLicenseProvider;
  log: FastifyBaseLogger | undefined;
  signal: AbortSignal;
  /** Read everything again instead of what changed. */
  full: boolean;
  /** Milliseconds from one run to the next; null: there is no schedule. */
  interval: number | null;
  /** Called once the state says that it runs. */
  begun?(): void;
}

/**
 * One synchronisation, by whoever holds the provider's lock. Each page and the cursor behind it are one transaction: a stop
 * at any moment loses no page and applies none twice. Never throws for what the provider does; it is in the state.
 */
export async function synchronise(options: SyncOptions): Promise<void> {
  const { database, provider, log, signal } = options;
  const { name } = provider.settings;
  const begun = await beginRun(database, name, { id: randomUUID(), now: new Date(), isFull: (state) => options.full || isFullDue(state) });
  options.begun?.();
  try {
    await readPages(options, begun.run, begun.state);
    log?.info({ provider: name }, 'licences of the provider are synchronised');
  } catch (error) {
    if (signal.aborted || error instanceof Superseded) return leaveRun(database, begun.run, new Date());
    const failure = error instanceof ProviderFailure ? error : null;
    if (failure === null) log?.error({ provider: name, err: error }, 'the synchronisation failed');
    else log?.warn({ provider: name, failure: failure.message }, 'the provider failed');
    await noteFailure(options, begun.run, begun.state.failures + 1, failure);
  }
}

/** True when the next run reads everything: the first one, one that goes on reading everything, and one a day. */
function isFullDue({ cursor, fullSince, lastFullAt }: SyncState): boolean {
  if (cursor === null) return true;
  return fullSince === null && (lastFullAt === null || Date.now() - lastFullAt.getTime() > FULL_EVERY_MS);
}

async function readPages(options: SyncOptions, run: Run, begun: SyncState): Promise<void> {
  const { database, provider } = options;
  const { call, noted } = notedCall(options, run);
  const visited = new Set<string>();
  let state = begun;
  let read = 0;
  let isWhole = state.cursor === null;
  let mayRestart = true;
  for (;;) {
    const page = await pageOrNull(provider, state.cursor, call, mayRestart && state.cursor !== null).finally(noted);
    if (page === null) {
      // Its cursor has expired: once, everything is read again.
      state = await restart(database, run, state, new Date());
      [mayRestart, isWhole, read] = [false, true, 0];
      visited.clear();
      continue;
    }
    check(page, visited);
    read += page.answers.length;
    // A provider that announces more than it lists has not listed everything.
    const judgesMissing = provider.listsAll && (!isWhole || page.total === null || read >= page.total);
    await store(options, run, state, page, judgesMissing);
    if (page.isLast) return;
    state = { ...state, cursor: page.cursor };
  }
}

async function pageOrNull(provider: ExternalLicenseProvider, cursor: string | null, call: Call, mayRestart: boolean): Promise<Page | null> {
  try {
    return await provider.page(cursor, call);
  } catch (error) {
    if (error instanceof ProviderFailure && error.cursorExpired && mayRestart) return null;
    throw error;
  }
}

/** Refuses pages that would lead nowhere. */
function check({ answers, cursor, isLast }: Page, visited: Set<string>): void {
  const wrong = answers.filter((answer): answer is Answer & { kind: 'rejected' } => answer.kind === 'rejected');
  if (wrong.length === answers.length && wrong.length >= HOPELESS_PAGE) {
    throw new ProviderFailure(`None of the ${wrong.length} licences of a page can be read: ${wrong[0]?.reason}`);
  }
  if (isLast || cursor === null) return;
  if (visited.has(cursor)) throw new ProviderFailure("The provider's pages lead in a circle");
  visited.add(cursor);
}

async function store({ database, provider, interval }: SyncOptions, run: Run, state: SyncState, page: Page, judgesMissing: boolean): Promise<Tally> {
  const now = new Date();
  return database.transaction(async (tx) => {
    await mustStillRun(tx, database, run);
    const reading = { provider: run.provider, pass: state.pass, now, today: dayOf(now, database.config.REPORT_TIMEZONE) };
    const tally = await applyAnswers(tx, database.dialect, reading, page.answers);
    await notePage(tx, run, page, tally, now);
    if (page.isLast) {
      if (state.fullSince !== null) await endPass(tx, provider.settings.name, state.pass, now, judgesMissing);
      await endRun(tx, run, { now, error: null, failures: 0, nextAttemptAt: interval === null ? null : soon(now, interval) });
    }
    return tally;
  });
}

async function noteFailure({ database, interval }: SyncOptions, run: Run, failures: number, failure: ProviderFailure | null): Promise<void> {
  const now = new Date();
  const wait = Math.max(Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), interval ?? 0), failure?.retryAfterMs ?? 0);
  await database.transaction(async (tx) => {
    await mustStillRun(tx, database, run);
    const error = failure?.message ?? 'Seatwise failed while storing what the provider sent; its log says why';
    await endRun(tx, run, { now, error, failures, nextAttemptAt: interval === null ? null : soon(now, wait) });
  });
}

/** Up to a tenth earlier, so that many installations do not call at the same moment. */
function soon(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds * (1 - Math.random() / 10));
}

/**
 * Notes when the provider is waited for. Pages are rare and waits rarer, so each change is a statement. One after the other,
 * and `noted` waits for all of them: a note that came late would hide the next, or what the page or the end of the run says.
 */
function notedCall({ database, signal, log }: SyncOptions, run: Run): { call: Call; noted(): Promise<void> } {
  let waiting: string | null = null;
  let notes = Promise.resolve();
  const call: Call = {
    signal,
    waiting: (failure) => {
      if (failure === waiting) return;
      waiting = failure;
      notes = notes
        .then(() => noteWaiting(database, run, failure, new Date()))
        .catch((error: unknown) => log?.warn({ err: error }, 'the state of a synchronisation was not noted'));
    },
  };
  return { call, noted: () => notes };
}
