import { readConfig } from '../config.js';
import { Database } from '../db/database.js';
import { compareRollup } from './compare.js';

/** What a command did: its exit code, and in words. */
export interface Outcome {
  /** 0: the roll-up is as the log is, or was made so; 1: it differs, or could not be compared. */
  status: 0 | 1;
  words: string;
}

/** Compares the roll-up with the log, and repairs it when that is the command. */
export async function runCommand(command: 'verify' | 'repair', onProgress: (share: number) => void): Promise<Outcome> {
  const database = await Database.open(readConfig());
  try {
    await database.migrate();
    const repair = command === 'repair';
    const differences = await compareRollup(database, { repair, clock: () => new Date(), onProgress });
    if (differences === null) return { status: 1, words: 'A server is following the log. Stop the servers, or set ACTIVITY_ROLLUP=0 on them.' };
    const { missing, surplus, through } = differences;
    if (missing + surplus === 0) return { status: 0, words: `The roll-up is as the log is, up to entry ${through}.` };
    const found = `Up to entry ${through} the roll-up lacked something in ${missing} rows and had too much in ${surplus}.`;
    return repair ? { status: 0, words: `${found} It is as the log is now.` } : { status: 1, words: `${found} Run \`npm run rollup -- repair\`.` };
  } finally {
    await database.close();
  }
}
