import type { Socket } from 'node:net';
import type mysql from 'mysql2';

/** How much longer than the server's own limit an answer may take before the connection is given up. */
const SILENCE_MS = 2000;
/** How long a request waits for a free connection before it is turned away. */
const WAITING_MS = 5000;

type Callback = (error: Error | null, ...results: unknown[]) => void;
type Command = (...args: unknown[]) => unknown;

/** When the network is gone, or the server hangs, mysql2 waits for ever and says nothing. */
function noAnswer(): Error {
  return Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' });
}

/** Calls back with an error unless the work calls back in time; what comes later goes to `late`. */
function within(milliseconds: number, callback: Callback, expired: () => void, late: Callback = () => {}): Callback {
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    expired();
    callback(noAnswer());
  }, milliseconds);
  return (...results) => {
    clearTimeout(timer);
    if (over) late(...results);
    else callback(...results);
  };
}

/** Ends a connection that has been silent for too long; whatever waits for it gets an error, and the pool forgets it. */
function limitSilence(connection: mysql.PoolConnection, milliseconds: () => number): void {
  const { stream } = connection as unknown as { stream: Socket };
  const methods = connection as unknown as Record<'query' | 'execute', Command>;
  for (const method of ['query', 'execute'] as const) {
    const original = methods[method].bind(connection);
    methods[method] = (...args) => {
      const callback = args.at(-1);
      if (typeof callback !== 'function') return original(...args);
      return original(...args.slice(0, -1), within(milliseconds(), callback as Callback, () => stream.destroy(noAnswer())));
    };
  }
}

/** Turns away whoever has waited too long for a connection. mysql2 lets them wait for ever. */
export function limitWaiting(pool: mysql.Pool): void {
  const original = pool.getConnection.bind(pool);
  pool.getConnection = (callback) => {
    const tooLate: Callback = (_error, connection) => (connection as mysql.PoolConnection | undefined)?.release();
    original(within(WAITING_MS, callback as Callback, () => {}, tooLate) as Parameters<typeof original>[0]);
  };
}

/** The limit that each connection has told its server. */
const limits = new WeakMap<object, number>();
type Take = (use: (error: Error | null, connection?: mysql.PoolConnection) => void) => void;
/** How each pool gives its connections as they are. */
const takes = new WeakMap<mysql.Pool, Take>();

/**
 * Statements on connections of the pool are cancelled by the server after so many seconds, and given up a little later should
 * that not answer. `connectionWithLimit` gives connections with another limit; whoever takes one next has this one again.
 */
export function limitStatements(pool: mysql.Pool, seconds: number): void {
  const take: Take = pool.getConnection.bind(pool);
  takes.set(pool, take);
  pool.on('connection', (connection) => {
    limitSilence(connection, () => (limits.get(connection) ?? seconds) * 1000 + SILENCE_MS);
    setLimit(connection, seconds);
  });
  pool.getConnection = (use) =>
    take((error, connection) => {
      if (connection !== undefined) setLimit(connection, seconds);
      use(error, connection as mysql.PoolConnection);
    });
}

/** A connection whose statements the server cancels after so many seconds. It is to be released. */
export function connectionWithLimit(pool: mysql.Pool, seconds: number): Promise<mysql.PoolConnection> {
  return new Promise((resolve, reject) => {
    takes.get(pool)?.((error, connection) => {
      if (connection === undefined) return reject(error ?? noAnswer());
      setLimit(connection, seconds);
      resolve(connection);
    });
  });
}

/**
 * Commands of a connection are answered in their order, so nobody waits for this one. Should it fail, so does the connection.
 * The two comments address MariaDB and MySQL respectively.
 */
function setLimit(connection: mysql.PoolConnection, seconds: number): void {
  if (limits.get(connection) === seconds) return;
  limits.set(connection, seconds);
  connection.query(`set time_zone = '+00:00' /*M!100101 , max_statement_time = ${seconds} */ /*!50708 , max_execution_time = ${seconds * 1000} */`, (error) => {
    if (error) connection.destroy();
  });
}
