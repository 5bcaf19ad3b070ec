import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/database.js';
import { DatabaseError } from '../errors.js';
import { writePremiumCheckIns, writeTrialCheckIns, type PremiumCheckIn, type TrialCheckIn } from './check-ins.js';

/** How long a check-in waits for others to be written with: with the time of writing it stays below a second. */
const GATHER_MS = 400;
/** So many are written at once, without waiting any longer. */
const FULL = 2000;
/** While the database is away checks fail by themselves; more than this is never held in memory. */
const MOST = 50_000;
const RETRY_MS = 1000;
const STOP_WITHIN_MS = 4000;

/**
 * Gathers check-ins in memory and writes them in few statements. Of a licence at a site only the latest is kept, so that any
 * number of checks costs one row. A crash loses the last second at most: what must not be lost goes through the ledger.
 */
export class CheckInWriter {
  #trials = new Map<number, TrialCheckIn>();
  #premium = new Map<string, PremiumCheckIn>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  log: FastifyBaseLogger | undefined;

  constructor(
    private readonly database: Database,
    private readonly ontoTrials: boolean,
  ) {}

  trial(checkIn: TrialCheckIn): void {
    this.#expectRoom();
    later(this.#trials, checkIn.trialId, checkIn);
    this.#schedule();
  }

  premium(checkIn: PremiumCheckIn): void {
    this.#expectRoom();
    later(this.#premium, `${checkIn.licenseId}\n${checkIn.host}`, checkIn);
    this.#schedule();
  }

  /** Writes everything that is held. */
  async stop(): Promise<void> {
    const until = performance.now() + STOP_WITHIN_MS;
    while (this.#size > 0 || this.#writing !== null) {
      await this.#flush();
      if (performance.now() > until && this.#size > 0) {
        this.log?.error({ checkIns: this.#size }, 'check-ins of the last seconds could not be written');
        break;
      }
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  get #size(): number {
    return this.#trials.size + this.#premium.size;
  }

  #expectRoom(): void {
    if (this.#size >= MOST) throw new DatabaseError('unavailable', new Error('Too many check-ins wait for the database.'));
  }

  #schedule(delay = GATHER_MS): void {
    if (this.#size >= FULL && this.#writing === null && delay === GATHER_MS) void this.#flush();
    else this.#timer ??= setTimeout(() => this.#due(), delay);
  }

  /** A timer that has gone off is none: one left standing while a write is under way would keep the next from being set. */
  #due(): void {
    this.#timer = null;
    void this.#flush();
  }

  #flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const [trials, premium] = [[...this.#trials.values()], [...this.#premium.values()]];
    this.#trials = new Map();
    this.#premium = new Map();
    try {
      await writeTrialCheckIns(this.database, trials, this.ontoTrials);
      trials.length = 0;
      await writePremiumCheckIns(this.database, premium);
      if (this.#size > 0) this.#schedule();
    } catch (error) {
      this.log?.warn({ err: error }, 'check-ins wait for the database');
      // What came meanwhile is newer.
      for (const checkIn of trials) later(this.#trials, checkIn.trialId, checkIn);
      for (const checkIn of premium) later(this.#premium, `${checkIn.licenseId}\n${checkIn.host}`, checkIn);
      this.#schedule(RETRY_MS);
    }
  }
}

/** Keeps the later one. */
function later<K, V extends { at: Date }>(held: Map<K, V>, key: K, checkIn: V): void {
  const known = held.get(key);
  if (known === undefined || known.at < checkIn.at) held.set(key, checkIn);
}
