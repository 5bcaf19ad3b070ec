import { createHash } from 'node:crypto';
import mysql from 'mysql2';

/** How often the connection that holds a lock is asked whether it is still there. */
const ALIVE_MS = 10_000;
const LONGEST_NAME = 64;

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
  let alive: NodeJS.Timeout | undefined;
  try {
    const [row] = await ask('select get_lock(?, 0) as held', [lockName(name)]);
    if (row?.['held'] !== 1) return null;
    alive = setInterval(() => void ask('select 1', []).catch((error: unknown) => lost.abort(error)), ALIVE_MS);
    alive.unref();
    return { result: await work(lost.signal) };
  } finally {
    clearInterval(alive);
    // The server lets go of the lock with the connection.
    connection.destroy();
  }
}

/** Names are cut by the server; a longer one goes by its hash, so that two never meet. */
function lockName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `seatwise ${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
}
