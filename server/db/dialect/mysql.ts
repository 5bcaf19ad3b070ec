import mysql from 'mysql2';
import { createConnection } from 'mysql2/promise';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { keptWhole } from '../kept-whole.js';
import { tableReference } from '../tables.js';
import { mysqlManyRows, type JsonColumn } from './many-rows.js';
import { faultOf, isAccessDenied } from './mysql-faults.js';
import { leases } from './mysql-leases.js';
import { serverLocks } from './mysql-locks.js';
import { insert, pipelinedTransaction } from './mysql-pipeline.js';
import { CONNECT_TIMEOUT_MS, createPool, credentialsOf, execute, limitedRead, queues, schemaOf, useOf, valueFormats } from './mysql-pool.js';
import { Replicas } from './mysql-replicas.js';
import type { ConnectOptions, Connection, Dialect } from './dialect.js';

/** MariaDB 10.6+ and MySQL 8.0+. */
export const mysqlDialect: Dialect = {
  ...mysqlManyRows,
  system: 'mysql',
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
  unionOfBits: (bits) => raw(`bit_or(${bits})`),
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
  rowsOf,
  keyedRowsOf: (json, columns) => sql`(select ${raw(columns.map(([name]) => `k.${name} as ${name}`).join(', '))} from ${rowsOf(json, columns)} k ${keptWhole})`,
  concat: (texts) => sql`concat(${join(texts)})`,
  // In memory a temporary table gives every text its full width, four bytes a character.
  shortKey: (text) => sql`unhex(md5(${text}))`,
  roughKey: (text) => sql`crc32(${text})`,
  asText: (value) => sql`cast(${value} as char)`,
  inTableOrder: (column) => sql`${column} + 0`,
  joinInOrder: raw('straight_join'),
  orUpdate: (_unique, columns) => raw(`on duplicate key update ${columns.map((column) => `${column} = values(${column})`).join(', ')}`),
  orChange: (_unique, changes) => sql`on duplicate key update ${join(changes((column) => raw(`values(${column})`)).map(([column, value]) => sql`${raw(column)} = ${value}`))}`,
  inTime: null,
  lockRows: raw('for update'),
  keepRows: raw('lock in share mode'),
};

/** Types of the columns of rows that come as JSON. */
const jsonTypes = { whole: 'bigint', double: 'double', text: 'text', instant: 'datetime' };

function rowsOf(json: string, columns: readonly JsonColumn[]): Sql {
  return sql`json_table(${json}, '$[*]' columns (${raw(columns.map(([name, kind], index) => `${name} ${jsonTypes[kind]} path '$[${index}]'`).join(', '))}))`;
}

/** A JSON null comes out of json_unquote as the word. */
function jsonField(json: Sql, field: string, kind: 'text' | 'whole' | 'double' | 'day'): Sql {
  const text = sql`nullif(json_unquote(json_extract(${json}, ${raw(`'$.${field}'`)})), 'null')`;
  if (kind === 'text') return text;
  return kind === 'double' ? sql`(${text} + 0e0)` : sql`cast(${text} as ${raw(kind === 'whole' ? 'signed' : 'date')})`;
}

function schemaOr(schema: string | null): Sql {
  return schema === null ? raw('database()') : sql`${schema}`;
}

async function connect({ config, entities, migrations }: ConnectOptions): Promise<Connection> {
  const schema = schemaOf(config.DATABASE_URL ?? '');
  const credentials = credentialsOf(config.DATABASE_URL ?? '');
  // Own tables are unqualified, so the connection's home is the schema that holds them.
  const home = config.OWN_SCHEMA ?? schema;
  const { isCluster } = await prepareServer(credentials, [schema, home]);
  const options: DataSourceOptions = {
    type: 'mysql',
    ...credentials,
    username: credentials.user,
    database: home,
    ...valueFormats,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeout: CONNECT_TIMEOUT_MS,
    driver: { ...mysql, createPool: (poolOptions: mysql.PoolOptions) => createPool(poolOptions, config, isCluster) },
    extra: queues,
    entities,
    migrations,
    migrationsTableName: 'sw_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
  };
  const writer = await new DataSource(options).initialize();
  const pool = (writer.driver as unknown as { pool: mysql.Pool }).pool;
  const replicas = new Replicas(pool, config);
  const locks = isCluster ? leases({ ...credentials, database: home }) : serverLocks(credentials);
  const close = async () => {
    await replicas.close();
    await writer.destroy();
  };
  await replicas.check().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    writer,
    poolUse: () => useOf(pool),
    replicaUse: () => replicas.use(),
    read: (text, values, seconds) => limitedRead(pool, text, values, seconds),
    readCurrent: (text, values, seconds) => replicas.read(text, values, seconds),
    readWithin: async (manager, text, values) => execute((await manager.queryRunner?.connect()) as mysql.Connection, text, values),
    insertWithin: async (manager, text, values) => insert((await manager.queryRunner?.connect()) as mysql.Connection, text, values),
    pipelined: (work) => pipelinedTransaction(writer, work),
    exclusively: (work) => work(),
    amongInstances: (work) => locks.locked(`seatwise ${home}`, work),
    whileAlone: (name, work) => locks.whileAlone(`seatwise ${home} ${name}`, work),
    close,
  };
}

/** Creates the schemas where the user may, and tells what kind of server it is. Where it may not, they are expected to be there and connecting tells. */
async function prepareServer(credentials: mysql.ConnectionOptions, schemas: string[]): Promise<{ isCluster: boolean }> {
  const connection = await createConnection({ ...credentials, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    for (const schema of new Set(schemas)) {
      await connection.query(`create database if not exists \`${schema.replaceAll('`', '``')}\` character set utf8mb4`).catch((error: unknown) => {
        if (!isAccessDenied(error)) throw error;
      });
    }
    const [[galera]] = await connection.query<mysql.RowDataPacket[]>("show variables like 'wsrep_on'");
    return { isCluster: galera?.['Value'] === 'ON' };
  } finally {
    connection.destroy();
  }
}
