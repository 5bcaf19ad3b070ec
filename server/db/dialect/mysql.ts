import { readFileSync } from 'node:fs';
import mysql from 'mysql2';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../../config.js';
import { tableReference } from '../tables.js';
import { driverProperty } from './driver-error.js';
import { mysqlManyRows } from './many-rows.js';
import { whileAlone } from './mysql-locks.js';
import { limitSilence, limitWaiting, SILENCE_MS } from './mysql-deadlines.js';
import type { ConnectOptions, Connection, DatabaseFault, Dialect, Row, SqlValue } from './dialect.js';

/** MariaDB 10.6+ and MySQL 8.0+. */
export const mysqlDialect: Dialect = {
  ...mysqlManyRows,
  connect,
  faultOf,
  createSchema: (schema) => `create database if not exists \`${schema}\``,
  createTable: (table, columns) => `create table ${tableReference(table).sql} (${columns.join(', ')})`,
  createIndex: (table, name, columns) =>
    `create index \`${name}\` on ${tableReference(table).sql} (${columns.map((column) => `\`${column}\``).join(', ')})`,
  generatedKey: (big) => `id ${big ? 'bigint' : 'int'} not null auto_increment primary key`,
  columnsOf: (schema, table) => sql`
    select column_name as name from information_schema.columns
    where table_schema = ${schemaOr(schema)} and table_name = ${table}`,
  indexColumnsOf: (schema, table) => sql`
    select index_name as name, seq_in_index as position, column_name as column_name from information_schema.statistics
    where table_schema = ${schemaOr(schema)} and table_name = ${table} order by index_name, seq_in_index`,
  hasNoEnd: (endDate) => sql`(${endDate} is null or ${endDate} >= '9999-12-31')`,
  // round() of a double takes halves to even here; elsewhere, and in the rows as shown, they go away from zero.
  wholeUnits: (amount, factor) => sql`cast(sign(${amount}) * floor(abs(${amount}) * ${factor} + 0.5e0) as signed)`,
  dayOf: (instant, shift) => (shift === 0 ? sql`cast(${instant} as date)` : sql`cast(date_add(${instant}, interval ${raw(String(shift))} second) as date)`),
  addDays: (day, days) => sql`date_add(${day}, interval ${raw(String(days))} day)`,
  daysBetween: (from, to) => sql`datediff(${to}, ${from})`,
  wholeQuotient: (numerator, denominator) => sql`cast(round(${numerator} / ${denominator}) as signed)`,
  monthOf: (day) => sql`extract(year_month from ${day})`,
  jsonField,
  integerOf: (text) => sql`cast(${text} as signed)`,
  exactInteger: (value) => sql`cast(${value} as char)`,
  foldCase: (text) => text,
  exactText: (text) => sql`cast(${text} as binary)`,
  textCollation: 'utf8mb4_unicode_ci',
  neutralText: (text) => sql`convert(${text} using utf8mb4) collate utf8mb4_unicode_ci`,
  neutralExactText: (text) => sql`convert(${text} using utf8mb4) collate utf8mb4_bin`,
  before: (text, character) => sql`substring_index(${text}, ${raw(`'${character}'`)}, 1)`,
  numbersOf: (json) => sql`json_table(${json}, '$[*]' columns (id bigint path '$'))`,
  rowsOf: (json, columns) => sql`json_table(${json}, '$[*]' columns (${raw(columns
    .map(([name, kind], index) => `${name} ${jsonTypes[kind]} path '$[${index}]'`).join(', '))}))`,
  concat: (texts) => sql`concat(${join(texts)})`,
  // In memory a temporary table gives every text its full width, four bytes a character.
  shortKey: (text) => sql`unhex(md5(${text}))`,
  roughKey: (text) => sql`crc32(${text})`,
  asText: (value) => sql`cast(${value} as char)`,
  orUpdate: (_unique, columns) => raw(`on duplicate key update ${columns.map((column) => `${column} = values(${column})`).join(', ')}`),
  orChange: (_unique, changes) => sql`on duplicate key update ${join(changes((column) => raw(`values(${column})`)).map(([column, value]) => sql`${raw(column)} = ${value}`))}`,
  lockRows: raw('for update'),
  keepRows: raw('lock in share mode'),
};

/** Types of the columns of rows that come as JSON. */
const jsonTypes = { whole: 'bigint', double: 'double', text: 'text', instant: 'datetime' };

/** A JSON null comes out of json_unquote as the word. */
function jsonField(json: Sql, field: string, kind: 'text' | 'whole' | 'double' | 'day'): Sql {
  const text = sql`nullif(json_unquote(json_extract(${json}, ${raw(`'$.${field}'`)})), 'null')`;
  if (kind === 'text') return text;
  return kind === 'double' ? sql`(${text} + 0e0)` : sql`cast(${text} as ${raw(kind === 'whole' ? 'signed' : 'date')})`;
}

function schemaOr(schema: string | null): Sql {
  return schema === null ? raw('database()') : sql`${schema}`;
}

const CONNECT_TIMEOUT_MS = 2000;
/** Reports over 200,000 licences build tables of 50 MB; the servers' default of 16 MB puts them on disk, which takes five times as long. */
const TEMPORARY_TABLE_BYTES = 64 * 1_048_576;

async function connect({ config, entities, migrations }: ConnectOptions): Promise<Connection> {
  const url = new URL(config.DATABASE_URL ?? '');
  const schema = decodeURIComponent(url.pathname.slice(1));
  const credentials = {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ssl: tlsOf(url),
  };
  await createSchemas(credentials, [schema, config.OWN_SCHEMA ?? schema]);
  const options: DataSourceOptions = {
    type: 'mysql',
    host: credentials.host,
    port: credentials.port,
    username: credentials.user,
    password: credentials.password,
    ssl: credentials.ssl,
    // Own tables are unqualified, so the connection's home is the schema that holds them.
    database: config.OWN_SCHEMA ?? schema,
    charset: 'utf8mb4',
    // DATE as text and DATETIME as UTC: any other pair moves days by the time zone of the process.
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeout: CONNECT_TIMEOUT_MS,
    driver: { ...mysql, createPool: (poolOptions: mysql.PoolOptions) => createPool(poolOptions, config) },
    extra: { maxPreparedStatements: 500, queueLimit: 1000 },
    entities,
    migrations,
    migrationsTableName: 'sw_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
  };
  const writer = await new DataSource(options).initialize();
  const pool = (writer.driver as unknown as { pool: mysql.Pool }).pool;
  return {
    writer,
    read: (text, values) => execute(pool, text, values),
    readWithin: async (manager, text, values) => execute((await manager.queryRunner?.connect()) as mysql.Connection, text, values),
    insertWithin: async (manager, text, values) => execute((await manager.queryRunner?.connect()) as mysql.Connection, text, values),
    exclusively: (work) => work(),
    amongInstances: (work) => locked(credentials, `seatwise ${config.OWN_SCHEMA ?? schema}`, work),
    whileAlone: (name, work) => whileAlone(credentials, `seatwise ${config.OWN_SCHEMA ?? schema} ${name}`, work),
    close: () => writer.destroy(),
  };
}

/**
 * Every new connection speaks UTC and cancels statements at the limit. mysql2 has no option for either, and a listener
 * added after the pool is open misses its first connections. The two comments address MariaDB and MySQL respectively.
 */
function createPool(options: mysql.PoolOptions, config: Config): mysql.Pool {
  const pool = mysql.createPool(options);
  const seconds = config.STATEMENT_TIMEOUT_SECONDS;
  const bytes = TEMPORARY_TABLE_BYTES;
  limitWaiting(pool);
  pool.on('connection', (connection) => {
    limitSilence(connection, seconds * 1000 + SILENCE_MS);
    connection.query(
      `set time_zone = '+00:00', tmp_table_size = ${bytes}, max_heap_table_size = ${bytes} /*M!100101 , max_statement_time = ${seconds} */ /*!50708 , max_execution_time = ${seconds * 1000} */`,
    );
  });
  return pool;
}

function execute(connection: mysql.Pool | mysql.Connection, text: string, values: readonly (SqlValue | Uint8Array)[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.execute<mysql.RowDataPacket[]>(text, [...values], (error, rows) => (error ? reject(error) : resolve(rows)));
  });
}

const LOCK_WAIT_SECONDS = 60;

/** Holds a lock of the server's while the work runs. On a connection of its own, which the work cannot run out of. */
async function locked<T>(credentials: mysql.ConnectionOptions, name: string, work: () => Promise<T>): Promise<T> {
  const connection = mysql.createConnection({ ...credentials, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    const held = await new Promise<boolean>((resolve, reject) => {
      connection.query<mysql.RowDataPacket[]>('select get_lock(?, ?) as held', [name.slice(0, 64), LOCK_WAIT_SECONDS], (error, rows) =>
        error ? reject(error) : resolve(rows[0]?.['held'] === 1),
      );
    });
    if (!held) throw new Error(`Another instance has been changing the tables for ${LOCK_WAIT_SECONDS} seconds.`);
    return await work();
  } finally {
    // The server lets go of the lock with the connection.
    connection.destroy();
  }
}

/** Creates the schemas where the user may; where not, they are expected to be there and connecting tells. */
async function createSchemas(credentials: mysql.ConnectionOptions, schemas: string[]): Promise<void> {
  const connection = mysql.createConnection({ ...credentials, connectTimeout: CONNECT_TIMEOUT_MS });
  const run = (text: string) =>
    new Promise<void>((resolve, reject) => connection.query(text, (error) => (error ? reject(error) : resolve())));
  try {
    for (const schema of new Set(schemas)) {
      await run(`create database if not exists \`${schema.replaceAll('`', '``')}\` character set utf8mb4`).catch(
        (error: unknown) => {
          if (!isAccessDenied(error)) throw error;
        },
      );
    }
  } finally {
    connection.destroy();
  }
}

/** `?ssl=1` checks the server's certificate; `?ssl-ca=file.pem` adds an authority of one's own. */
function tlsOf(url: URL): mysql.SslOptions | undefined {
  const authority = url.searchParams.get('ssl-ca');
  if (authority !== null) return { ca: readFileSync(authority), rejectUnauthorized: true };
  return url.searchParams.get('ssl') === '1' ? { rejectUnauthorized: true } : undefined;
}

const ACCESS_DENIED = new Set([1044, 1142, 1143, 1227, 1370]);
const READ_ONLY_SERVER = new Set([1290, 1792, 1836]);
const TIMED_OUT = new Set([1969, 3024, 1205]);
const REFUSED = new Set([1040, 1203, 1226, 1053, 1927]);
/** A deadlock or a row changed under the transaction: the same request may well succeed when tried again. */
const TRY_AGAIN = new Set([1213, 1020]);
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'PROTOCOL_CONNECTION_LOST', 'POOL_CLOSED']);

function isAccessDenied(error: unknown): boolean {
  return ACCESS_DENIED.has(numberOf(error));
}

function faultOf(error: unknown): DatabaseFault {
  const number = numberOf(error);
  if (number === 1062) return 'duplicate';
  if (number === 1451 || number === 1217) return 'inUse';
  if (ACCESS_DENIED.has(number)) return 'readOnly';
  if (TIMED_OUT.has(number)) return 'timeout';
  if (REFUSED.has(number) || READ_ONLY_SERVER.has(number) || TRY_AGAIN.has(number)) return 'unavailable';
  const queueFull = driverProperty(error, 'message') === 'Queue limit reached.';
  return UNREACHABLE.has(String(driverProperty(error, 'code'))) || queueFull ? 'unavailable' : 'other';
}

function numberOf(error: unknown): number {
  return Number(driverProperty(error, 'errno') ?? 0);
}

