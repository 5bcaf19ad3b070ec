import { createHash } from 'node:crypto';
import mysql from 'mysql2';
import { CONNECT_TIMEOUT_MS } from './mysql-pool.js';

/** How often the connection that holds a lock is asked whether it is still there. */
const ALIVE_MS = 10_000;
const LOCK_WAIT_SECONDS = 60;
const LONGEST_NAME = 64;
/** How long letting go of a lock may take; after that the lock goes with its connection. */
const RELEASE_MS = 1000;

/**
 * Runs the work while holding a lock of the server's; null when another instance holds it. The lock is bound to a
 * connection of its own: should that be lost, the lock is, and the work is told by the signal.
 */
export async function whileAlone<T>(
  credentials: mysql.ConnectionOptions,
  name: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<{ result: T } | null> {
  const lost = new AbortController();
  const connection = mysql.createConnection({ ...credentials, connectTimeout: ALIVE_MS });
  connection.on('error', () => lost.abort(new Error('The lock was lost with its connection')));
  const ask = (text: string, values: unknown[]) =>
    new Promise<mysql.RowDataPacket[]>((resolve, reject) => {
      connection.query<mysql.RowDataPacket[]>(text, values, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  try {
    const [row] = await ask('select get_lock(?, 0) as held', [lockName(name)]);
    if (row?.['held'] !== 1) return null;
    const alive = setInterval(() => void ask('select 1', []).catch((error: unknown) => lost.abort(error)), ALIVE_MS);
    alive.unref();
    try {
      return { result: await work(lost.signal) };
    } finally {
      clearInterval(alive);
      await release(connection, name);
    }
  } finally {
    connection.destroy();
  }
}

/** Holds a lock of the server's while the work runs. On a connection of its own, which the work cannot run out of. */
export async function locked<T>(credentials: mysql.ConnectionOptions, name: string, work: () => Promise<T>): Promise<T> {
  const connection = mysql.createConnection({ ...credentials, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    const held = await new Promise<boolean>((resolve, reject) => {
      connection.query<mysql.RowDataPacket[]>('select get_lock(?, ?) as held', [lockName(name), LOCK_WAIT_SECONDS], (error, rows) =>
        error ? reject(error) : resolve(rows[0]?.['held'] === 1),
      );
    });
    if (!held) throw new Error(`Another instance has been changing the tables for ${LOCK_WAIT_SECONDS} seconds.`);
    return await work();
  } finally {
    // The server lets go of the lock with the connection; who waits for it gets it then.
    connection.destroy();
  }
}

/**
 * Lets go of the lock. The server notices a closed connection only a moment later, and whoever asks for the lock directly
 * after the work must not be refused; but where this fails, the end of the connection is what is left.
 */
function release(connection: mysql.Connection, name: string): Promise<void> {
  return new Promise((resolve) => {
    connection.query({ sql: 'do release_lock(?)', values: [lockName(name)], timeout: RELEASE_MS }, () => resolve());
  });
}

/** Names are cut by the server; a longer one goes by its hash, so that two never meet. */
function lockName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `seatwise ${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
}
