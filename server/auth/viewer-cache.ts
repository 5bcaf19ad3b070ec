import { LRUCache } from 'lru-cache';
import type { SignedInViewer } from './viewer.js';

const CACHED_VIEWERS = 10_000;
/** How long another process, or a change in the database, may go unnoticed. */
const CACHE_MS = 2000;

/** A viewer as just read from the database. */
export interface ReadViewer {
  viewer: SignedInViewer;
  /** Milliseconds from which what it was read by opens nothing; Infinity when something else watches that. */
  endsAt: number;
}

/** The viewers of sessions and tokens for two seconds each, so that a page of requests reads the account once. */
export class ViewerCache {
  readonly #viewers = new LRUCache<string, ReadViewer & { readAt: number }>({ max: CACHED_VIEWERS });
  #revocations = 0;

  /** The viewer under a key, read anew when it is not known, two seconds old, or does not fit. */
  async viewerOf(key: string, now: Date, read: () => Promise<ReadViewer | null>, fits: (viewer: SignedInViewer) => boolean = () => true): Promise<SignedInViewer | null> {
    const cached = this.#viewers.get(key);
    if (cached !== undefined && isFresh(cached.readAt, now) && fits(cached.viewer)) return cached.endsAt > now.getTime() ? cached.viewer : null;
    const revocations = this.#revocations;
    const found = await read();
    // A revocation while we were reading must not be undone by what we read before it.
    if (found === null || revocations !== this.#revocations) this.#viewers.delete(key);
    else this.#viewers.set(key, { ...found, readAt: now.getTime() });
    return found?.viewer ?? null;
  }

  /** What is under the key has ended, or may have: it is looked up anew. */
  forget(key: string): void {
    this.#revocations += 1;
    this.#viewers.delete(key);
  }

  /** The same for every viewer of whom this is true. */
  forgetWhere(isMeant: (viewer: SignedInViewer) => boolean): void {
    this.#revocations += 1;
    for (const [key, { viewer }] of this.#viewers.entries()) {
      if (isMeant(viewer)) this.#viewers.delete(key);
    }
  }
}

/** A clock that was set back must not keep an entry alive. */
function isFresh(readAt: number, now: Date): boolean {
  const age = now.getTime() - readAt;
  return age >= 0 && age < CACHE_MS;
}
