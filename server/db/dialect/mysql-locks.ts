import { createHash } from 'node:crypto';
import { createConnection, type Connection, type ConnectionOptions, type RowDataPacket } from 'mysql2/promise';

/** Work that only one instance may do at a time. */
export interface Locks {
  /** Waits for its turn; fails when that takes a minute. */
  locked<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Null when another instance does it. The signal tells the work that it is no longer alone. */
  whileAlone<T>(name: string, work: (lost: AbortSignal) => Promise<T>): Promise<{ result: T } | null>;
}

/** How often the connection that holds a lock is asked whether it is still there, and how long it may take to come about: nobody waits for it. */
const ALIVE_MS = 10_000;
const WAIT_SECONDS = 60;
const LONGEST_NAME = 64;
/** How long letting go of a lock may take; after that the lock goes with its connection. */
const RELEASE_MS = 1000;

/** Locks of the server's own, each bound to a connection that the work cannot run out of: should that be lost, the lock is. */
export function serverLocks(credentials: ConnectionOptions): Locks {
  return {
    async locked(name, work) {
      const connection = await lockConnection(credentials);
      try {
        if (!(await take(connection, name, WAIT_SECONDS))) throw new WaitedTooLong();
        return await work();
      } finally {
        // Whoever waits for the lock gets it when the server notices.
        connection.destroy();
      }
    },

    async whileAlone(name, work) {
      const lost = new AbortController();
      const connection = await lockConnection(credentials, (error) => lost.abort(error));
      try {
        if (!(await take(connection, name, 0))) return null;
        const alive = setInterval(() => void connection.query('select 1').catch((error: unknown) => lost.abort(error)), ALIVE_MS);
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
    },
  };
}

/** Another instance did not come to an end. */
export class WaitedTooLong extends Error {
  constructor() {
    super(`Another instance has been changing the tables for ${WAIT_SECONDS} seconds.`);
  }
}

export async function lockConnection(credentials: ConnectionOptions, onLost: (error: unknown) => void = () => undefined): Promise<Connection> {
  const connection = await createConnection({ ...credentials, connectTimeout: ALIVE_MS });
  connection.on('error', onLost);
  return connection;
}

/** Names are cut by the server; a longer one goes by its hash, so that two never meet. */
export function lockName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `seatwise ${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
}

async function take(connection: Connection, name: string, seconds: number): Promise<boolean> {
  const [[row]] = await connection.query<RowDataPacket[]>('select get_lock(?, ?) as held', [lockName(name), seconds]);
  return row?.['held'] === 1;
}

/**
 * Lets go of the lock. The server notices a closed connection only a moment later, and whoever asks for the lock directly
 * after the work must not be refused; but where this fails, the end of the connection is what is left.
 */
async function release(connection: Connection, name: string): Promise<void> {
  await connection.query({ sql: 'do release_lock(?)', values: [lockName(name)], timeout: RELEASE_MS }).catch(() => undefined);
}
