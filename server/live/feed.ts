import sql, { raw, type Sql } from 'sql-template-tag';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../db/database.js';
import { number } from '../db/decode.js';
import { tableReference } from '../db/tables.js';
import { advanced, nextFrom, stillKnown, unknown, type IdRange, type Seen } from './newest.js';

/** What has come since the tick before; with nothing new it says that there was a look. Whoever looks into the same of it looks once for all. */
export interface Tick {
  at: Date;
  /** New entries of the activity log. */
  activity: readonly IdRange[];
  /** New entries of the audit log, which has every change made through Seatwise. */
  changes: readonly IdRange[];
  /** The answer to a question about this tick, asked once for all who ask under the same key. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T>;
}

/** How often the database is asked for what is new, while anybody wants to know. */
const EVERY_MS = 500;
/** The logs that are watched. */
type Log = 'activity' | 'audit';

interface Look {
  seen: Seen;
  added: readonly IdRange[];
}

type Listener = (tick: Tick) => void;

/**
 * Notices what any program adds to the logs, by asking for the newest ids twice a second while somebody listens: instances need no
 * broker between them, and at rest it is one statement each time, however many listen.
 */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  readonly #watches = new Set<Promise<void>>();
  #seen: Record<Log, Seen> | null = null;
  #watch = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly clock: () => Date,
  ) {}

  /** Tells of every tick, the first as soon as later ones will have all that comes after it; the result ends that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#begin();
    else if (this.#seen !== null) listener(this.#tick([], []));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#watch.abort();
    };
  }

  /** Resolves when nothing of it uses the database any more. */
  async stop(): Promise<void> {
    this.#listeners.clear();
    this.#watch.abort();
    await Promise.all(this.#watches);
  }

  #begin(): void {
    // Nobody has looked for a while: what came meanwhile is no news.
    this.#seen = null;
    this.#watch = new AbortController();
    const watching: Promise<void> = this.#watchUntil(this.#watch.signal).finally(() => this.#watches.delete(watching));
    this.#watches.add(watching);
  }

  async #watchUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // An outage ends nothing: what came meanwhile is noticed afterwards.
      const found = await this.#look().catch(() => null);
      if (signal.aborted) return;
      if (found !== null) {
        this.#seen = { activity: found.activity.seen, audit: found.audit.seen };
        const tick = this.#tick(found.activity.added, found.audit.added);
        for (const listener of this.#listeners) listener(tick);
      }
      await wait(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  #tick(activity: readonly IdRange[], changes: readonly IdRange[]): Tick {
    return { at: this.clock(), activity, changes, once: answeredOnce() };
  }

  async #look(): Promise<Record<Log, Look>> {
    const before = this.#seen;
    const newest = await this.#newest(before);
    const of = async (log: Log): Promise<Look> => {
      const { latest, known } = newest[log];
      if (before === null) {
        const seen = unknown(latest);
        return { ...advanced(seen, latest, await this.#ids(log, seen, latest)), added: [] };
      }
      if (latest === before[log].latest && known === before[log].ids.size) return { seen: before[log], added: [] };
      const seen = stillKnown(before[log], latest);
      return advanced(seen, latest, await this.#ids(log, seen, latest));
    };
    return { activity: await of('activity'), audit: await of('audit') };
  }

  /** The newest id of each log, and how many there are where it is known which were: all that is asked at rest, in one statement. */
  async #newest(seen: Record<Log, Seen> | null): Promise<Record<Log, { latest: number; known: number }>> {
    const of = (log: Log) => {
      const { from, latest } = seen?.[log] ?? { from: 0, latest: 0 };
      return sql`select ${raw(`'${log}'`)} as log, (select max(n.id) from ${this.#table(log)} n) as latest,
        (select count(*) from ${this.#table(log)} k where k.id > ${from} and k.id <= ${latest}) as known`;
    };
    const rows = await this.database.read(sql`${of('activity')} union all ${of('audit')}`);
    const found = (log: Log) => {
      const row = rows.find((each) => each['log'] === log) ?? {};
      return { latest: row['latest'] == null ? 0 : number(row, 'latest'), known: number(row, 'known') };
    };
    return { activity: found('activity'), audit: found('audit') };
  }

  /** A few thousand ids from the end of a log, however many are new. */
  async #ids(log: Log, seen: Seen, newest: number): Promise<number[]> {
    const rows = await this.database.read(sql`select n.id as id from ${this.#table(log)} n where n.id > ${seen.from} and (n.id <= ${seen.latest} or n.id > ${nextFrom(seen, newest)})`);
    return rows.map((row) => number(row, 'id'));
  }

  #table(log: Log): Sql {
    return tableReference(this.database.tables[log]);
  }
}

/** Remembers the answer to each key. */
export function answeredOnce(): Tick['once'] {
  const answers = new Map<string, Promise<unknown>>();
  return <T>(key: string, ask: () => Promise<T>) => {
    const answer = answers.get(key) ?? ask();
    answers.set(key, answer);
    return answer as Promise<T>;
  };
}
