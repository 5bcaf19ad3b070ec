import { deleteExpiredSessions } from './auth/session-store.js';
import type { Database } from './db/database.js';
import { deleteEndedEmbedTokens } from './embed/store.js';

/** How often it is done: pages that renew their embed tokens leave one behind each time. */
export const HOUSEKEEPING_EVERY_MS = 60 * 60_000;

/** Deletes what opens nothing any more, some at a time, so that nobody waits for long. */
export async function keepHouse(database: Database, stopping: AbortSignal): Promise<void> {
  for (const deleteSome of [deleteExpiredSessions, deleteEndedEmbedTokens]) {
    while (!stopping.aborted && (await deleteSome(database, new Date())) > 0);
  }
}
