import { afterEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { storedAt } from '../../server/modules/import/job-store.js';
import { PASSWORD, post, type Answer } from '../support/app.js';
import type { DatabaseKind } from '../support/databases.js';
import { importing, settled } from '../support/imports.js';
import { insertRows, round } from '../support/rows.js';
import { compiledServer, processEnvironment, startServerProcess, type ServerProcess } from '../support/server-process.js';

const ROWS = 100_000;
const COMPANIES = 1000;
const KNOWN = 500;
const SETTLED_WITHIN_SECONDS = 240;
/** How much of the import is written when the server is killed. */
const MOMENTS = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.85, 1];
const ADMIN = { ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: PASSWORD };

/** The file: rounds that are there with other seats, new ones, and among them the first of twenty companies that nobody knows. */
function file(): string {
  const lines = ['company,product,start_date,end_date,seats,unit_cost,currency,status'];
  for (let row = 0; row < ROWS; row += 1) {
    const company = row < KNOWN ? `Company ${row + 1}` : row % 5000 === 0 ? `Newcomer ${row / 5000}` : `Company ${(row % COMPANIES) + 1}`;
    const start = row < KNOWN ? '2026-01-01' : new Date(Date.UTC(2027, 0, 1 + Math.floor(row / COMPANIES))).toISOString().slice(0, 10);
    lines.push(`${company},SUB,${start},2030-12-31,${(row % 90) + 20},${(row % 100) + 0.25},EUR,Active`);
  }
  return lines.join('\n');
}

export const title = 'a server that is killed while it writes an import';

/** The test on one database: each has a file of its own, so that they run side by side. */
export function killsWhileImporting(kind: DatabaseKind): void {
  let running: ServerProcess | undefined;
  let cleanUp: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await running?.stop('SIGKILL');
    await cleanUp?.();
  });

  it(`has written all of ${ROWS} rows or none, says which, and writes them once when told again`, async () => {
    const target = await kind.create();
    const environment = processEnvironment({ ...ADMIN, ...target.environment });
    const database = await Database.open(readConfig(environment));
    cleanUp = async () => {
      await database.close();
      await target.drop();
    };
    await database.migrate();
    const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    await insertRows(database, {
      product: [{ id: 1, code: 'SUB', label: 'Sub' }], company: ids(COMPANIES).map((id) => ({ id, company_name: `Company ${id}`, active: 1, partner_id: null })),
      license: ids(KNOWN).map((id) => round({ id, company_id: id, end_date: '2030-12-31', number_of_licenses: 1, currency: 'EUR' })),
    });
    const server = compiledServer();
    let token = '';
    let url = '';
    const app = {
      get url() { return url; },
      ask: (_account: string | null, query: string, variables?: Record<string, unknown>): Promise<Answer> => post(url, token, query, variables),
    };
    const start = async () => {
      running = await startServerProcess(environment, server);
      ({ url } = running);
      const { data } = await post(url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: ADMIN.ADMIN_EMAIL, password: PASSWORD } });
      token = data.signIn.accessToken;
    };
    const end = (id: string) => settled(app, id, SETTLED_WITHIN_SECONDS);
    const count = async (statement: ReturnType<typeof sql>) => Number((await database.read(statement))[0]?.['n']);
    /** New rounds, changed rounds, new companies, and what the audit log says of rounds. */
    const written = async () => [
      await count(sql`select count(*) as n from license_records where id > ${KNOWN}`), await count(sql`select count(*) as n from license_records where id <= ${KNOWN} and number_of_licenses >= 20`),
      await count(sql`select count(*) as n from companies where id > ${COMPANIES}`), await count(sql`select count(*) as n from sw_audit_log where entity = 'License'`),
    ];
    const [none, all] = [[0, 0, 0, 0], [ROWS - KNOWN, KNOWN, 19, ROWS]];
    const body = file();
    const checkedAgain = async () => {
      const sent = await fetch(`${url}/imports?subject=LICENSES&fileName=all.csv`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } });
      const { id } = (await sent.json()) as { id: string };
      await importing(app, `configureImport(id: "${id}", input: { createMissingCompanies: true })`);
      await importing(app, `checkImport(id: "${id}")`);
      await end(id);
      return id;
    };

    await start();
    const id = await checkedAgain();
    expect((await end(id)).check).toMatchObject({ rows: ROWS, new: ROWS - KNOWN, changed: KNOWN, errorRows: 0, newCompanies: 19 });

    for (const moment of MOMENTS) {
      await importing(app, `commitImport(id: "${id}")`);
      await until(app, id, moment);
      await running?.stop('SIGKILL');
      await letTimePass(database, id);
      await start();
      const { state, failure } = await end(id);
      if (state === 'COMMITTED') {
        // The last statement came through.
        expect([moment, await written()]).toEqual([1, all]);
        break;
      }
      expect([moment, state, await written()]).toEqual([moment, 'FAILED', none]);
      expect(failure).toBe('The server stopped in the middle. The database has taken back what was written: nothing of the file is there. Commit it again.');
    }

    if ((await end(id)).state === 'FAILED') await importing(app, `commitImport(id: "${id}")`);
    expect(await end(id)).toMatchObject({ state: 'COMMITTED', failure: null });
    expect(await written()).toEqual(all);
    expect((await end(await checkedAgain())).check).toMatchObject({ rows: ROWS, new: 0, changed: 0, unchanged: ROWS, errorRows: 0, newCompanies: 0 });
  }, 900_000);
}

/** The server that starts takes a step that has just begun for one that another server may run yet, and looks again two seconds later. */
async function letTimePass(database: Database, id: string): Promise<void> {
  await database.transaction(({ manager }) => manager.query('update sw_import_jobs set changed_at = ? where id = ?', [storedAt(new Date(Date.now() - 60_000)), id]));
}

/** Waits until so much of the import is written. */
async function until(app: { ask(account: string | null, query: string): Promise<Answer> }, id: string, share: number): Promise<void> {
  for (;;) {
    const { data } = await app.ask('admin', `{ importJob(id: ${id}) { state progress { share } } }`);
    const { state, progress } = data.importJob;
    if (state !== 'COMMITTING' || (progress?.share ?? 0) >= share) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
