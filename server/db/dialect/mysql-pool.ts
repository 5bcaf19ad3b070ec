import { readFileSync } from 'node:fs';
import mysql from 'mysql2';
import type { Config } from '../../config.js';
import { driverProperty } from './driver-error.js';
import type { PoolUse, Row, SqlValue } from './dialect.js';
import { connectionWithLimit, limitStatements, limitWaiting } from './mysql-deadlines.js';

export const CONNECT_TIMEOUT_MS = 2000;
/** Reports over 200,000 licences build tables of 50 MB; the servers' default of 16 MB puts them on disk, which takes five times as long. */
const TEMPORARY_TABLE_BYTES = 64 * 1_048_576;

/** How values come and go. DATE as text and DATETIME as UTC: any other pair moves days by the time zone of the process. */
export const valueFormats = { charset: 'utf8mb4', timezone: 'Z', dateStrings: ['DATE'], supportBigNumbers: true, bigNumberStrings: false } satisfies mysql.ConnectionOptions;
export const queues = { maxPreparedStatements: 500, queueLimit: 1000 };

/** Where a server is, and as whom to speak to it. */
export function credentialsOf(address: string) {
  const url = new URL(address);
  const ssl = tlsOf(url);
  return {
    host: url.hostname, port: Number(url.port || 3306), user: decodeURIComponent(url.username), password: decodeURIComponent(url.password),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

export function schemaOf(address: string): string {
  return decodeURIComponent(new URL(address).pathname.slice(1));
}

/** `?ssl=1` checks the server's certificate; `?ssl-ca=file.pem` adds an authority of one's own. */
function tlsOf(url: URL): mysql.SslOptions | undefined {
  const authority = url.searchParams.get('ssl-ca');
  if (authority !== null) return { ca: readFileSync(authority), rejectUnauthorized: true };
  return url.searchParams.get('ssl') === '1' ? { rejectUnauthorized: true } : undefined;
}

/**
 * MariaDB may work out a derived table anew for each row that is joined to it. Where a prepared statement runs again with other values,
 * it does so even where each time costs as much as all together: 30 seconds in place of 30 milliseconds. MySQL takes this for a comment.
 */
const DERIVED_TABLES_ONCE = `/*M!100300 , optimizer_switch = 'split_materialized=off' */`;

/** In a Galera cluster: reads and writes wait until the node has what was acknowledged through any other. */
export const UP_TO_DATE = 'wsrep_sync_wait = 7';

/**
 * Every new connection speaks UTC and cancels statements at the limit. mysql2 has no option for either, and a listener
 * added after the pool is open misses its first connections.
 */
export function createPool(options: mysql.PoolOptions, config: Config, isCluster = false): mysql.Pool {
  const pool = mysql.createPool(options);
  limitWaiting(pool);
  limitStatements(pool, config.STATEMENT_TIMEOUT_SECONDS);
  pool.on('connection', (connection) => {
    const sizes = `tmp_table_size = ${TEMPORARY_TABLE_BYTES}, max_heap_table_size = ${TEMPORARY_TABLE_BYTES}`;
    connection.query(`set time_zone = '+00:00', ${sizes}${isCluster ? `, ${UP_TO_DATE}` : ''} ${DERIVED_TABLES_ONCE}`);
  });
  return pool;
}

/** The driver keeps these figures, and tells them nowhere else. */
export function useOf(pool: mysql.Pool): PoolUse {
  const { _allConnections: all, _freeConnections: free, _connectionQueue: queue } = pool as unknown as Record<string, { length: number } | undefined>;
  return { busy: (all?.length ?? 0) - (free?.length ?? 0), free: free?.length ?? 0, waiting: queue?.length ?? 0 };
}

/** A read on a connection of the pool, with a limit of its own. `first` is done on the same connection before. */
export async function limitedRead(
  pool: mysql.Pool, text: string, values: readonly SqlValue[], seconds: number, first: (connection: mysql.Connection) => Promise<void> = async () => {},
): Promise<Row[]> {
  const connection = await connectionWithLimit(pool, seconds);
  try {
    await first(connection);
    const rows = await execute(connection, text, values);
    connection.release();
    return rows;
  } catch (error) {
    // What the server answered leaves the connection as it was; one that fell silent must not be given to anybody else.
    if (driverProperty(error, 'sqlState') === undefined) connection.destroy();
    else connection.release();
    throw error;
  }
}

export function execute(connection: mysql.Connection, text: string, values: readonly (SqlValue | Uint8Array)[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.execute<mysql.RowDataPacket[]>(text, [...values], (error, rows) => (error ? reject(error) : resolve(rows)));
  });
}
