import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sql, { empty, join as joinSql, raw, type Sql } from 'sql-template-tag';
import { DataSource } from 'typeorm';
import type { Config } from '../../config.js';
import { tableMap, tableReference } from '../tables.js';
import type { ConnectOptions, Connection, DatabaseFault, Dialect } from './dialect.js';
import { driverProperty } from './driver-error.js';
import { sqliteManyRows, type JsonColumn } from './many-rows.js';
import { whileAlone } from './sqlite-locks.js';
import { INTERRUPTED, rowsInTime, SqliteDriver } from './sqlite-driver.js';
import { openReaders } from './sqlite-readers.js';
import { inTurns } from './turns.js';

/** The embedded database: files in DATA_DIR, a schema being a file of its own that is attached under its name. */
export const sqliteDialect: Dialect = {
  ...sqliteManyRows,
  system: 'sqlite',
  connect,
  faultOf,
  createSchema: () => null,
  createTable: (table, columns) => `create table ${tableReference(table).sql} (${columns.join(', ')})`,
  // The schema of an index stands before its own name, not before the table's.
  createIndex: (table, name, columns) =>
    `create index ${tableReference({ ...table, name }).sql} on \`${table.name}\` (${columns.map((column) => `\`${column}\``).join(', ')})`,
  generatedKey: () => 'id integer primary key autoincrement',
  columnsOf: (schema, table) => sql`select name from ${pragmaTable('pragma_table_info', schema, table)}`,
  indexColumnsOf: (schema, table) => sql`
    select i.name as name, c.seqno + 1 as position, c.name as column_name
    from ${pragmaTable('pragma_index_list', schema, table)} i join pragma_index_info(i.name, ${schema ?? 'main'}) c
    order by i.name, c.seqno`,
  hasNoEnd: (endDate) => sql`(${endDate} is null or ${endDate} in ('', 'lifetime') or ${endDate} >= '9999-12-31')`,
  wholeUnits: (amount, factor) => sql`cast(round(${amount} * ${factor}) as integer)`,
  dayOf: (instant, shift) => (shift === 0 ? sql`date(${instant})` : sql`date(${instant}, ${`${shift} seconds`})`),
  addDays: (day, days) => sql`date(${day}, ${`${days} days`})`,
  daysBetween: (from, to) => sql`cast(julianday(${to}) - julianday(${from}) as integer)`,
  wholeQuotient: (numerator, denominator) => sql`cast(round((${numerator}) * 1e0 / (${denominator})) as integer)`,
  unionOfBits: (bits) => raw(`(${Array.from({ length: 32 }, (_, bit) => `max(${bits} & ${2 ** bit})`).join(' | ')})`),
  monthOf: (day) => sql`cast(strftime('%Y%m', ${day}) as integer)`,
  jsonField: (json, field) => sql`json_extract(${json}, ${raw(`'$.${field}'`)})`,
  integerOf: (text) => sql`cast(${text} as integer)`,
  exactInteger: (value) => sql`cast(${value} as text)`,
  foldCase: (text) => sql`${text} collate nocase`,
  exactText: (text) => text,
  textCollation: null,
  neutralText: (text) => text,
  neutralExactText: (text) => text,
  before: (text, character) => sql`substr(${text}, 1, instr(${text} || ${raw(`'${character}'`)}, ${raw(`'${character}'`)}) - 1)`,
  numbersOf: (json) => sql`(select value as id from json_each(${json}))`,
  rowsOf: (json, columns) => sql`(select ${raw(columns.map(([name], index) => `json_extract(value, '$[${index}]') as ${name}`).join(', '))} from json_each(${json}))`,
  keyedRowsOf,
  concat: (texts) => sql`(${joinSql(texts, ' || ')})`,
  shortKey: (text) => text,
  roughKey: (text) => text,
  asText: (value) => sql`cast(${value} as text)`,
  inTableOrder: (column) => sql`+${column}`,
  joinInOrder: raw('cross join'),
  orUpdate: (unique, columns) =>
    raw(`on conflict (${unique.join(', ')}) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`),
  orChange: (unique, changes) => sql`on conflict (${raw(unique.join(', '))})
    do update set ${joinSql(changes((column) => raw(`excluded.${column}`)).map(([column, value]) => sql`${raw(column)} = ${value}`))}`,
  inTime: rowsInTime,
  lockRows: empty,
  keepRows: empty,
};

/** SQLite makes an index of its own only for a column with a type that is joined to one of that type, and of rows it has to make first: grouped ones. */
function keyedRowsOf(json: string, columns: readonly JsonColumn[]): Sql {
  const [key, ...others] = columns.map(([name, kind], index) => [name, kind === 'whole' ? `cast(json_extract(value, '$[${index}]') as integer)` : `json_extract(value, '$[${index}]')`] as const);
  if (key === undefined) throw new Error('Keyed rows have a key.');
  const read = [`${key[1]} as ${key[0]}`, ...others.map(([name, value]) => `max(${value}) as ${name}`)];
  return sql`(select ${raw(read.join(', '))} from json_each(${json}) group by ${raw(key[1])})`;
}

function pragmaTable(pragma: string, schema: string | null, table: string): Sql {
  return sql`${raw(pragma)}(${table}, ${schema ?? 'main'})`;
}

async function connect({ config, entities, migrations }: ConnectOptions): Promise<Connection> {
  mkdirSync(config.dataDir, { recursive: true });
  const path = join(config.dataDir, 'seatwise.db');
  const writer = await new DataSource({
    type: 'better-sqlite3',
    driver: SqliteDriver,
    database: path,
    enableWAL: true,
    timeout: 5000,
    prepareDatabase: (database: SqliteDriver) => prepareWriter(database, config),
    entities,
    migrations,
    migrationsTableName: 'sw_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
  }).initialize();
  // Connections of their own, so that readers never see half of a transaction.
  const readers = openReaders({ path, schemas: schemasOf(config) });
  // TypeORM has one connection per SQLite data source: two transactions at once would run inside each other.
  const oneAtATime = inTurns(config.STATEMENT_TIMEOUT_SECONDS * 1000);
  const read: Connection['read'] = (text, values, seconds) => readers.read({ text, values, seconds });
  return {
    writer,
    poolUse: () => null,
    replicaUse: () => null,
    read,
    readCurrent: read,
    readWithin: (manager, text, values) => manager.query(text, [...values]),
    insertWithin: async (manager, text, values) => ((await manager.queryRunner?.query(text, [...values], true)) as { raw: unknown }).raw,
    pipelined: (work) => writer.transaction(work),
    exclusively: oneAtATime,
    // Migrations run in transactions, which only one process can have open.
    amongInstances: (work) => work(),
    whileAlone: (name, work) => whileAlone(config.dataDir, name, work),
    close: async () => {
      await readers.close();
      await writer.destroy();
    },
  };
}

/** Acknowledged writes survive a crash of the machine: WAL with FULL synchronisation. */
function prepareWriter(database: SqliteDriver, config: Config): void {
  const schemas = schemasOf(config);
  for (const [name, file] of schemas) database.attach(name, file);
  for (const schema of ['main', ...schemas.map(([name]) => name)]) {
    database.pragma(`${schema}.journal_mode = WAL`);
    database.pragma(`${schema}.synchronous = FULL`);
  }
}

/** The schemas of the existing tables, each a file of its own. */
function schemasOf(config: Config): [name: string, file: string][] {
  const names = new Set(Object.values(tableMap(config)).flatMap(({ schema }) => (schema === null ? [] : [schema])));
  return [...names].map((name) => [name, join(config.dataDir, `${name}.db`)]);
}

const CONSTRAINT_UNIQUE = new Set([2067, 1555]);
const CONSTRAINT_FOREIGN_KEY = 787;
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const DISK_FULL = 13;

function faultOf(error: unknown): DatabaseFault {
  const code = errorCodeOf(error);
  if (CONSTRAINT_UNIQUE.has(code)) return 'duplicate';
  if (code === CONSTRAINT_FOREIGN_KEY) return 'inUse';
  // The low byte is the kind of error, the rest its detail.
  const kind = code & 0xff;
  if (kind === READ_ONLY) return 'readOnly';
  if (kind === INTERRUPTED) return 'timeout';
  if (kind === DISK_FULL) return 'full';
  return kind === BUSY || kind === LOCKED ? 'unavailable' : 'other';
}

function errorCodeOf(error: unknown): number {
  return Number(driverProperty(error, 'errcode') ?? 0);
}
