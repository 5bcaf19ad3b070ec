import { once } from 'node:events';
import { createWriteStream, createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { post } from '../support/app.js';
import { DatabaseSync } from '@photostructure/sqlite';
import { createConnection } from 'mysql2';
import type { BenchDatabase } from './database.js';
import type { Options } from './options.js';
import { startSeatwise } from './servers.js';

/** Rows per second of an import against the database's own bulk load of the same rows. */
export const imports = { name: 'imports' };

const ROWS = 1_000_000;
const LEAST_ROWS = 10_000;
const AIM = 0.3;
const AIM_MEGABYTES = 400;
const COLUMNS = ['company_id', 'product_code_id', 'start_date', 'end_date', 'number_of_licenses', 'cost_per_license', 'currency', 'status'];

/** What one turn of the import and of the bulk load took, in rows per second. */
interface Turn {
  check: number;
  commit: number;
  bulk: number;
}

/**
 * The dry run and the commit of a valid file of new rounds, and the same rows loaded by hand: LOAD DATA, or prepared inserts in one
 * transaction. Rows are taken away after each, so that both begin with the same tables. The memory is that of the server.
 */
export async function measureImports(database: BenchDatabase, { factor, rounds, cpuProfiles }: Options): Promise<string> {
  const rows = Math.max(LEAST_ROWS, Math.round(ROWS * factor));
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-import-'));
  const path = join(folder, 'rounds.csv');
  const table = openTable(database.environment);
  const importer = await startSeatwise(database, cpuProfiles);
  try {
    const companies = await table.prepare();
    await writeFile(path, rows, companies);
    const turns: Turn[] = [];
    for (let round = 0; round < Math.max(1, Math.min(rounds, 3)); round += 1) {
      const bulk = async () => perSecond(rows, () => table.load(path, rows));
      const first = round % 2 === 0 ? await bulk() : 0;
      if (round % 2 === 0) await table.empty();
      const { check, commit } = await importedRates(importer, path, rows);
      await table.empty();
      const last = round % 2 === 0 ? first : await bulk();
      if (round % 2 !== 0) await table.empty();
      turns.push({ check, commit, bulk: last });
    }
    return report(rows, statSync(path).size, turns, (await importer.usage()).peakMegabytes);
  } finally {
    await importer.stop();
    await table.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Importer = Awaited<ReturnType<typeof startSeatwise>>;

async function importedRates(importer: Importer, path: string, rows: number): Promise<Pick<Turn, 'check' | 'commit'>> {
  const response = await fetch(`${importer.url}/imports?subject=LICENSES&fileName=rounds.csv`, {
    method: 'POST', body: Readable.toWeb(createReadStream(path)) as never, duplex: 'half', headers: { authorization: `Bearer ${importer.token}` },
  });
  const { id } = (await response.json()) as { id: string };
  const check = await perSecond(rows, () => step(importer, 'checkImport', id, 'CHECKED'));
  const commit = await perSecond(rows, () => step(importer, 'commitImport', id, 'COMMITTED'));
  return { check, commit };
}

/** Runs a step of an import until it has come to its state; anything else is a failure of the bench. */
async function step({ url, token }: Importer, name: string, id: string, wanted: string): Promise<void> {
  const { data: started } = await post(url, token, `mutation { result: ${name}(id: "${id}") { userErrors { message } } }`);
  if (started.result.userErrors.length > 0) throw new Error(`${name}: ${started.result.userErrors[0].message}`);
  for (;;) {
    const { data } = await post(url, token, `{ importJob(id: ${id}) { state failure check { new errorRows } } }`);
    const { state, failure, check } = data.importJob;
    if (state === wanted && check.errorRows === 0) return;
    if (!/ING$/.test(state)) throw new Error(`${name}: ${state} ${failure ?? `${check?.errorRows} rows with errors`}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function perSecond(rows: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return rows / ((performance.now() - started) / 1000);
}

/** Valid rounds of all companies, each company and product on days of their own, at prices that repeat as prices do. */
async function writeFile(path: string, rows: number, companies: number): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${COLUMNS.join(',')}\n`);
  for (let row = 0; row < rows; row += 1) {
    const start = new Date(Date.UTC(2040, 0, 1 + Math.floor(row / companies))).toISOString().slice(0, 10);
    const line = `${(row % companies) + 1},${(row % 3) + 1},${start},2090-12-31,${(row % 500) + 1},${(row % 900) + 0.25},EUR,Active\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function report(rows: number, bytes: number, turns: readonly Turn[], megabytes: number): string {
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  const [check, commit, bulk] = [median(turns.map((turn) => turn.check)), median(turns.map((turn) => turn.commit)), median(turns.map((turn) => turn.bulk))];
  const line = (name: string, rate: number) => `${name.padEnd(12)}${Math.round(rate).toLocaleString('en').padStart(10)} rows/s   ${(rate / bulk).toFixed(2)} of bulk load${rate / bulk >= AIM ? '' : ` (aim ${AIM})`}`;
  return [
    `Import of ${rows.toLocaleString('en')} rows, ${Math.round(bytes / 1_048_576)} MB, medians of ${turns.length} rounds`,
    line('dry run', check), line('commit', commit), `${'bulk load'.padEnd(12)}${Math.round(bulk).toLocaleString('en').padStart(10)} rows/s`,
    `peak memory of the server ${Math.round(megabytes)} MB${megabytes < AIM_MEGABYTES ? '' : ` (aim below ${AIM_MEGABYTES})`}`,
  ].join('\n');
}

/** The table of rounds, reached by hand. */
interface Table {
  /** Notes what is there; the number of companies. */
  prepare(): Promise<number>;
  load(path: string, rows: number): Promise<void>;
  /** Takes away what came since `prepare`. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

function openTable({ DATABASE_URL: uri, DATA_DIR: folder }: Record<string, string>): Table {
  return uri === undefined ? sqliteTable(folder ?? '') : mysqlTable(uri);
}

function mysqlTable(uri: string): Table {
  const connection = createConnection({ uri });
  let latest = 0;
  const run = (query: string, path?: string) =>
    new Promise<Record<string, number>[]>((resolve, reject) => {
      connection.query({ sql: query, ...(path === undefined ? {} : { infileStreamFactory: () => createReadStream(path) }) }, (error, rows) =>
        error ? reject(error) : resolve(rows as Record<string, number>[]));
    });
  return {
    prepare: async () => {
      latest = (await run('select max(id) as latest from license_records'))[0]?.['latest'] ?? 0;
      return (await run('select max(id) as latest from companies'))[0]?.['latest'] ?? 1;
    },
    load: async (path) => void (await run(
      `load data local infile 'rows' into table license_records fields terminated by ',' ignore 1 lines (${COLUMNS.join()}) set total_cost = number_of_licenses * cost_per_license`, path,
    )),
    empty: async () => {
      await run(`delete from license_records where id > ${latest}`);
      await run('delete from sw_audit_log where import_id is not null');
    },
    close: async () => connection.destroy(),
  };
}

function sqliteTable(folder: string): Table {
  const database = new DatabaseSync(`${folder}/seatwise.db`);
  database.exec('pragma synchronous = full; pragma busy_timeout = 60000');
  const first = (query: string) => Number((database.prepare(query).get() as Record<string, number> | undefined)?.['n'] ?? 0);
  let latest = 0;
  return {
    prepare: async () => {
      latest = first('select max(id) as n from license_records');
      return first('select max(id) as n from companies');
    },
    load: async (path) => {
      const insert = database.prepare(`insert into license_records (${COLUMNS.join()}, total_cost) values (${COLUMNS.map(() => '?').join()}, ?)`);
      let isHeader = true;
      database.exec('begin');
      for await (const line of createInterface({ input: createReadStream(path) })) {
        const cells = line.split(',');
        if (!isHeader) insert.run(...cells, Number(cells[4]) * Number(cells[5]));
        isHeader = false;
      }
      database.exec('commit');
    },
    empty: async () => database.exec(`delete from license_records where id > ${latest}; delete from sw_audit_log where import_id is not null; pragma wal_checkpoint(truncate)`),
    close: async () => database.close(),
  };
}
