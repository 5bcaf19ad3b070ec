import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { createConnection } from 'mysql2/promise';

/** A database of a test's own, made empty and dropped afterwards. */
export interface TestDatabase {
  /** The environment variables that point the server at it. */
  environment: Record<string, string>;
  drop(): Promise<void>;
}

/** What each database of the matrix must offer; the tests know nothing else of it. */
export interface DatabaseKind {
  name: 'SQLite' | 'MariaDB';
  create(): Promise<TestDatabase>;
}

/** The embedded database: enough where the database is not what is tested. */
export const sqlite: DatabaseKind = {
  name: 'SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'seatwise-'));
    return { environment: { DATA_DIR: folder }, drop: () => rm(folder, { recursive: true, force: true }) };
  },
};

/** The address of the MySQL or MariaDB server of the tests, without a schema; undefined when there is none. */
export const mysqlServer = process.env['TEST_MYSQL_URL'];

const mariadb: DatabaseKind = {
  name: 'MariaDB',
  async create() {
    const schema = `sw_test_${randomBytes(6).toString('hex')}`;
    const log = `${schema}_log`;
    return {
      environment: { DATABASE_URL: `${mysqlServer}/${schema}`, APP_LOG_TABLE: `${log}.app_log` },
      async drop() {
        await runSql(`drop database if exists ${schema}`, `drop database if exists ${log}`);
      },
    };
  },
};

/** Runs statements on the test server as its root. */
export async function runSql(...statements: string[]): Promise<unknown[]> {
  const connection = await createConnection({ uri: mysqlServer ?? '', dateStrings: true });
  try {
    const results: unknown[] = [];
    for (const statement of statements) results.push((await connection.query(statement))[0]);
    return results;
  } finally {
    await connection.end();
  }
}

/** One test body, run on every database. Where there is no server, the half that needs one is reported as skipped. */
export function onEachDatabase(title: string, body: (kind: DatabaseKind) => void): void {
  describe(`${title} on SQLite`, () => body(sqlite));
  onMariaDb(title, () => body(mariadb));
}

/** A body that only makes sense on MySQL or MariaDB. */
export function onMariaDb(title: string, body: (kind: DatabaseKind) => void): void {
  if (mysqlServer === undefined) describe.skip(`${title} on MariaDB (no server: TEST_MYSQL_URL is not set)`, () => body(mariadb));
  else describe(`${title} on MariaDB`, () => body(mariadb));
}
