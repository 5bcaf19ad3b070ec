import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { hostileFiles, type HostileFile } from '../support/import-files.js';
import { counts, importing, jobOf, settled } from '../support/imports.js';
import { round } from '../support/rows.js';

onEachDatabase('a hostile file', (kind) => {
  let app: TestApp;
  let before: unknown;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'Reseller' }],
        company: [{ id: 1, company_name: 'Acme', active: 1, partner_id: 1 }, { id: 2, company_name: 'Müller & Söhne', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Subscription' }],
        license: [round({ id: 1, company_id: 1 })],
      },
    });
    await app.tokenOf('admin');
    before = await everything();
  });
  afterAll(() => app.stop());

  /** Every row of the tables that an import could touch, and of all files that wait. */
  const everything = async () => {
    const tables = ['license_records', 'companies', 'partners', 'license_product_codes', 'users_portal', 'sw_accounts'];
    return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await app.database.read(sql`select * from ${raw(table)} order by id`)])));
  };

  const upload = async ({ bytes }: HostileFile) => {
    const response = await fetch(`${app.url}/imports?subject=LICENSES&fileName=licences.csv`, {
      method: 'POST', headers: { authorization: `Bearer ${await app.tokenOf('admin')}`, 'content-type': 'text/csv' },
      body: ReadableStream.from(bytes()) as never, duplex: 'half',
    });
    return { status: response.status, body: (await response.json()) as any };
  };

  /** What came of a file, as far as its expectation speaks of it. */
  const outcomeOf = async (file: HostileFile) => {
    const { status, body } = await upload(file);
    if (status !== 201) return { status, refused: body.errors[0].message };
    const ready = await jobOf(app, body.id);
    const outcome = ready.failure === null ? await checkedOutcome(file, body.id) : { unreadable: ready.failure };
    // Whatever it is, it cannot be written.
    if (!('clean' in outcome)) expect((await importing(app, `commitImport(id: "${body.id}")`)).userErrors).not.toEqual([]);
    expect((await importing(app, `cancelImport(id: "${body.id}")`)).job.state).toBe('CANCELLED');
    return { status, ...outcome };
  };

  const checkedOutcome = async ({ configure }: HostileFile, id: string) => {
    if (configure !== undefined) expect((await importing(app, `configureImport(id: "${id}", input: { ${configure} })`)).userErrors).toEqual([]);
    const { job, userErrors } = await importing(app, `checkImport(id: "${id}")`);
    if (userErrors.length > 0) {
      return { missing: job.missingFields.map(({ name }: any) => name), ambiguous: job.columns.filter(({ ambiguous }: any) => ambiguous).map(({ name }: any) => name) };
    }
    const done = await settled(app, id);
    if (done.state === 'FAILED') return { unreadable: done.failure };
    const errors = done.check.errors.nodes;
    return {
      ...(errors.length === 0 ? { clean: true } : {}),
      counts: counts(done), errors: errors.map(({ row, column, code }: any) => [row, column, code]), messages: errors.map(({ message }: any) => message),
      longest: Math.max(0, ...errors.map(({ value }: any) => value?.length ?? 0)),
    };
  };

  it.each(hostileFiles.map((file) => [file.name, file] as const))('gives errors by cell or a clean refusal, and changes nothing: %s', async (_, file) => {
    const outcome: any = await outcomeOf(file);
    const { refused, unreadable, missing = [], ambiguous = [], counts: expectedCounts, errors = [], messages = [] } = file.expected;
    if (refused !== undefined) expect(outcome).toEqual({ status: 400, refused: expect.stringMatching(refused) });
    else if (unreadable !== undefined) expect(outcome).toEqual({ status: 201, unreadable: expect.stringMatching(unreadable) });
    else if (expectedCounts === undefined) expect(outcome).toEqual({ status: 201, missing, ambiguous });
    else {
      expect({ counts: outcome.counts, errors: [...outcome.errors].sort() }).toEqual({ counts: expectedCounts, errors: [...errors].sort() });
      for (const message of messages) expect(outcome.messages).toContainEqual(expect.stringMatching(message));
      expect(outcome.longest).toBeLessThanOrEqual(200);
    }
    expect(await everything()).toEqual(before);
    // Neither a refused file nor one that was dropped stays.
    expect(await app.database.read(sql`select id from sw_import_jobs where state <> 'CANCELLED'`)).toEqual([]);
    expect(await app.database.read(sql`select job_id from sw_import_chunks limit 1`)).toEqual([]);
  }, 60_000);

  it('is one of at least 25', () => {
    expect(hostileFiles.length).toBeGreaterThanOrEqual(25);
  });
});
