import { join } from 'node:path';
import { driverProperty } from './driver-error.js';
import { SqliteDriver } from './sqlite-driver.js';

const BUSY = 5;

/**
 * Runs the work while holding a lock; null when another process, or another connection of this one, holds it. It is the
 * exclusive lock of an empty database file beside the data, which the system takes back however the process ends.
 */
export async function whileAlone<T>(folder: string, name: string, work: (lost: AbortSignal) => Promise<T>): Promise<{ result: T } | null> {
  const file = new SqliteDriver(join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.lock`), { timeout: 0 });
  try {
    try {
      file.exec('begin exclusive');
    } catch (error) {
      if ((Number(driverProperty(error, 'errcode')) & 0xff) === BUSY) return null;
      throw error;
    }
    return { result: await work(new AbortController().signal) };
  } finally {
    file.close();
  }
}
