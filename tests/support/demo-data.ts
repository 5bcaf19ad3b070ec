import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp } from '../../server/app.js';
import { readConfig } from '../../server/config.js';
import { sqlite, type DatabaseKind } from './databases.js';

const MADE_WITHIN_MS = 180_000;
const LOOK_AGAIN_MS = 100;

/**
 * The embedded database with the demo's data in it. It is made once a run and copied: inserting 300,000 log rows took most of the start of
 * each test in a browser. Test files run in processes of their own, so the first to make the folder makes the data.
 */
export const sqliteWithDemoData: DatabaseKind = {
  name: 'SQLite',
  async create() {
    const made = await demoFolder();
    const database = await sqlite.create();
    await cp(made, database.environment['DATA_DIR'] ?? '', { recursive: true });
    return database;
  },
};

async function demoFolder(): Promise<string> {
  // The demo's days count from today.
  const folder = join(tmpdir(), `seatwise-demo-${new Date().toISOString().slice(0, 10)}`);
  const making = `${folder}.making`;
  for (const end = Date.now() + MADE_WITHIN_MS; Date.now() < end; await wait(LOOK_AGAIN_MS)) {
    if (await exists(folder)) return folder;
    if (!(await isMine(making))) continue;
    try {
      // Another may have finished between the two looks.
      if (await exists(folder)) {
        await rm(making, { recursive: true });
        return folder;
      }
      const app = await startApp(readConfig({ PORT: '0', DEMO: '1', LOG_LEVEL: 'silent', DATA_DIR: making, JWT_SECRET: 'a secret of the tests, long enough for HS256' }));
      await app.stop();
      await rename(making, folder);
      return folder;
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      throw error;
    }
  }
  throw new Error(`The demo data was not made within ${MADE_WITHIN_MS / 1000} s: ${making} is left from a run that was ended. Remove it.`);
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
/** Only one can make a folder. */
const isMine = (path: string): Promise<boolean> => mkdir(path).then(() => true, () => false);
