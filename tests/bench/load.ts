import { Readable } from 'node:stream';
import { DatabaseSync } from '@photostructure/sqlite';
import { createConnection } from 'mysql2';
import type { Config } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { qualifiedName, tableReference } from '../../server/db/tables.js';
import { observeTrials } from '../../server/trials/observe.js';
import { generated } from './data.js';
import { AS_OF, type Generated } from './table.js';

/** Makes the tables as a fresh start of Seatwise does, and fills them. */
export async function loadData(config: Config, factor: number, large: boolean): Promise<void> {
  await withLoader(config, async (load, database) => {
    await database.migrate();
    if (large) await dropIndexOfLog(database);
    for (const data of generated(factor, large)) await load(data);
    // The first reading of the trials would go on in the background of what is measured.
    process.stderr.write('Reading the trials for the first time …\n');
    await observeTrials(database, new Date(`${AS_OF}T12:00:00Z`));
  });
}

/** Adds rows to tables that are there. */
export async function loadMore(config: Config, data: Generated): Promise<void> {
  await withLoader(config, (load) => load(data));
}

async function withLoader(config: Config, work: (load: (data: Generated) => Promise<void>, database: Database) => Promise<void>): Promise<void> {
  const database = await Database.open(config);
  try {
    const load = config.DATABASE_URL === undefined ? sqliteLoader(config) : mysqlLoader(config.DATABASE_URL);
    await work(async (data) => {
      process.stderr.write(`Loading ${data.count.toLocaleString('en')} rows of ${qualifiedName(database.tables[data.table])} …\n`);
      await load(tableReference(database.tables[data.table]).sql, data);
    }, database);
  } finally {
    await database.close();
  }
}

/** The log as it may be in the field: with nothing but its key. */
async function dropIndexOfLog(database: Database): Promise<void> {
  const { activity } = database.tables;
  const rows = await database.read<{ name: string }>(database.dialect.indexColumnsOf(activity.schema, activity.name));
  const names = new Set(rows.map(({ name }) => name).filter((name) => !/^primary$|autoindex/i.test(name)));
  const table = tableReference(activity).sql;
  await database.transaction(async ({ manager }) => {
    for (const name of names) await manager.query(database.config.DATABASE_URL === undefined ? `drop index ${table.split('.')[0]}.\`${name}\`` : `drop index \`${name}\` on ${table}`);
  });
}

type Loader = (table: string, data: Generated) => Promise<void>;

const LINES_AT_ONCE = 2000;

/** LOAD DATA from a stream, with the checks off that make InnoDB build an empty table's indexes row by row. */
function mysqlLoader(url: string): Loader {
  return async (table, data) => {
    const connection = createConnection({ uri: url });
    const run = (sql: string) =>
      new Promise<void>((resolve, reject) => {
        connection.query({ sql, infileStreamFactory: () => Readable.from(lines(data)) }, (error) => (error ? reject(error) : resolve()));
      });
    try {
      await run('set unique_checks = 0, foreign_key_checks = 0');
      await run(`load data local infile 'rows' into table ${table} character set utf8mb4 (${data.columns.map((name) => `\`${name}\``).join()})`);
      await run(`analyze table ${table}`);
    } finally {
      connection.destroy();
    }
  };
}

function* lines({ rows }: Generated): Generator<Buffer> {
  let batch: string[] = [];
  for (const row of rows()) {
    batch.push(row.map((cell) => cell ?? '\\N').join('\t'));
    if (batch.length === LINES_AT_ONCE) {
      yield Buffer.from(`${batch.join('\n')}\n`);
      batch = [];
    }
  }
  if (batch.length > 0) yield Buffer.from(`${batch.join('\n')}\n`);
}

function sqliteLoader({ dataDir }: Config): Loader {
  return async (table, { columns, rows }) => {
    const database = openSqlite(dataDir);
    try {
      database.exec('begin');
      const indexes = withoutIndexes(database, table);
      const insert = database.prepare(`insert into ${table} (${columns.map((name) => `\`${name}\``).join()}) values (${columns.map(() => '?').join()})`);
      for (const row of rows()) insert.run(...row);
      for (const text of indexes) database.exec(text);
      database.exec('commit');
      database.exec('analyze');
    } finally {
      database.close();
    }
  };
}

/** Drops the indexes of an empty table, for SQLite builds them far faster at the end; the statements that make them again. */
function withoutIndexes(database: InstanceType<typeof DatabaseSync>, table: string): string[] {
  const [name = '', schema = 'main'] = table.replaceAll('`', '').split('.').reverse();
  const rows = database.prepare(`select name, sql from ${schema}.sqlite_master where type = 'index' and tbl_name = ? and sql is not null`).all(name);
  return (rows as { name: string; sql: string }[]).map((index) => {
    database.exec(`drop index ${schema}.\`${index.name}\``);
    return index.sql.replace(/(create index )(?:`\w+`\.)?/i, `$1${schema}.`);
  });
}

function openSqlite(dataDir: string): InstanceType<typeof DatabaseSync> {
  const database = new DatabaseSync(`${dataDir}/seatwise.db`);
  database.exec(`attach database '${dataDir.replaceAll("'", "''")}/fido1.db' as fido1; pragma synchronous = off; pragma cache_size = -200000`);
  return database;
}
