import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { STATEMENTS, type StatementEvent } from '../../server/db/database.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { checked, counts, imported, importing, jobOf, send, settled, step } from '../support/imports.js';
import { round } from '../support/rows.js';

const COMPANIES = 200;

/** New rounds of all companies, each on a day of its own. */
function rounds(count: number, year: number): string {
  const day = (index: number) => new Date(Date.UTC(year, 0, 1 + Math.floor(index / COMPANIES))).toISOString().slice(0, 10);
  return ['company_id,product,start_date,seats,unit_cost,currency,status', ...Array.from({ length: count }, (_, index) => `${(index % COMPANIES) + 1},SUB,${day(index)},5,9.50,EUR,Active`)].join('\r\n');
}

onEachDatabase('jobs of imports', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'Reseller' }, { id: 2, partner_name: 'Other' }],
        company: Array.from({ length: COMPANIES }, (_, index) => ({ id: index + 1, company_name: `Company ${index + 1}`, active: 1, partner_id: null })),
        product: [{ id: 1, code: 'SUB', label: 'Subscription' }], license: [round({ id: 1, company_id: 1 })],
      },
    });
  });
  afterAll(() => app.stop());
  const ask = async (query: string) => (await app.ask('admin', query)).data;
  const rows = async () => (await app.database.read(sql`select id from license_records`)).length;

  it('ask for what is ambiguous or missing before they look', async () => {
    const { body } = await send(app, 'Customer;Code;From;Price;Pieces;Money;Kind\nCompany 1;SUB;03/04/2026;1.234,50;10;EUR;Active\nCompany 2;SUB;05/06/2026;7,00;3;EUR;Active\n');
    const job = await jobOf(app, body.id);
    expect(job).toMatchObject({ state: 'READY', reading: { delimiter: ';', headerRow: 1 }, byteSize: 134 });
    expect(job.columns[2]).toMatchObject({ name: 'From', field: 'startDate', ambiguous: true, dateFormat: null });
    const refused = await importing(app, `checkImport(id: "${body.id}")`);
    expect(refused.userErrors).toMatchObject([{ field: ['columns'], code: 'REQUIRED' }]);
    const { job: configured, userErrors } = await importing(app, `configureImport(id: "${body.id}", input: { columns: [
      { index: 0, field: "company" }, { index: 1, field: "product" }, { index: 2, field: "startDate", dateFormat: DMY }, { index: 3, field: "unitCost", numberFormat: COMMA },
      { index: 4, field: "seats" }, { index: 5, field: "currency" }, { index: 6, field: "status" }] })`);
    expect([userErrors, configured.missingFields, configured.columns[2].ambiguous]).toEqual([[], [], false]);
    const found = await step(app, 'checkImport', body.id);
    expect(counts(found)).toEqual([2, 2, 0, 0, 0, 0]);
    expect(found.check.preview[0].changes.find(({ field }: any) => field === 'startDate').after).toBe('2026-04-03');
    expect(found.check.money).toEqual([{ currency: 'EUR', before: { amount: '0.00' }, after: { amount: '12366.00' } }]);

    // The same columns of the next file, by name.
    const { saveImportMapping } = await ask(`mutation { saveImportMapping(name: "Monthly", importId: "${body.id}") { mapping { id name columns { name field dateFormat numberFormat } } userErrors { message } } }`);
    expect(saveImportMapping.mapping.columns[2]).toEqual({ name: 'From', field: 'startDate', dateFormat: 'DMY', numberFormat: null });
    expect(counts(await checked(app, 'Money;Kind;From;Customer;Code;Pieces;Price\nEUR;Active;01/02/2026;Company 9;SUB;3;7,00\n', { configure: `mappingId: "${saveImportMapping.mapping.id}"` }))).toEqual([1, 1, 0, 0, 0, 0]);
    expect((await ask('{ importMappings(subject: LICENSES) { name } }')).importMappings).toEqual([{ name: 'Monthly' }]);
    await ask(`mutation { saveImportMapping(name: "Monthly", importId: "${body.id}") { mapping { id } } }`);
    const [{ id }] = (await ask('{ importMappings(subject: LICENSES) { id } }')).importMappings;
    expect((await ask(`mutation { deleteImportMapping(id: "${id}") { deletedId userErrors { code } } }`)).deleteImportMapping).toEqual({ deletedId: id, userErrors: [] });
    expect((await ask('{ importMappings(subject: LICENSES) { name } }')).importMappings).toEqual([]);
  });

  it('bring companies and partners too', async () => {
    const partners = await imported(app, 'id,name\n1,Reseller & Sons\n,Third\n2,Other\n', { subject: 'PARTNERS' });
    expect(counts(partners)).toEqual([3, 1, 1, 1, 0, 0]);
    expect((await ask('{ partners(orderBy: { field: ID }) { nodes { name } } }')).partners.nodes.map(({ name }: any) => name)).toEqual(['Reseller & Sons', 'Other', 'Third']);
    const companies = await imported(app, 'name,active,partner\nCompany 1,no,Third\nCompany 2,yes,\nBrand new,,Third\n', { subject: 'COMPANIES' });
    expect(counts(companies)).toEqual([3, 1, 1, 1, 0, 0]);
    expect((await ask('{ companies(filter: { partner: { isNull: false } }) { nodes { name active partner { name } } } }')).companies.nodes).toEqual([
      { name: 'Company 1', active: false, partner: { name: 'Third' } }, { name: 'Brand new', active: true, partner: { name: 'Third' } },
    ]);
    const refused = await step(app, 'undoImport', partners.id);
    expect([refused.state, refused.failure]).toEqual(['COMMITTED', expect.stringContaining('has companies now that the import did not bring')]);
    expect((await step(app, 'undoImport', companies.id)).state).toBe('UNDONE');
    expect((await step(app, 'undoImport', partners.id)).state).toBe('UNDONE');
    const wrong = await checked(app, 'name,active,partner\n,maybe,Nobody\n', { subject: 'COMPANIES' });
    expect(wrong.check.errors.nodes.map(({ column, code }: any) => [column, code])).toEqual([['active', 'UNREADABLE'], ['partner', 'NOT_FOUND'], ['name', 'REQUIRED']]);
  });

  it('can be stopped, and say how far they are', async () => {
    const { body } = await send(app, rounds(20_000, 2040));
    await importing(app, `checkImport(id: "${body.id}")`);
    expect((await importing(app, `cancelImport(id: "${body.id}")`)).job).toMatchObject({ state: 'READY', check: null });
    const seen: number[] = [];
    await importing(app, `checkImport(id: "${body.id}")`);
    for (;;) {
      const { importJob } = await ask(`{ importJob(id: ${body.id}) { state progress { rows share } } }`);
      if (importJob.state !== 'CHECKING') break;
      seen.push(importJob.progress.rows);
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const before = await rows();
    await importing(app, `commitImport(id: "${body.id}")`);
    expect((await importing(app, `checkImport(id: "${body.id}")`)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await importing(app, `cancelImport(id: "${body.id}")`)).job).toMatchObject({ state: 'CANCELLED', progress: null });
    expect(await rows()).toBe(before);
    expect((await importing(app, `commitImport(id: "${body.id}")`)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    const left = await app.database.read(sql`select id from sw_import_chunks where job_id = ${Number(body.id)}`);
    expect(left).toEqual([]);
  });

  it('survive a restart, and serve every instance', async () => {
    const [first, second] = [(await send(app, rounds(300, 2050))).body.id, (await send(app, rounds(300, 2050))).body.id];
    await app.restart();
    const other = await app.another();
    try {
      await step(app, 'checkImport', first);
      // What one instance has checked, another one writes.
      expect(counts(await step(other, 'checkImport', second))).toEqual([300, 300, 0, 0, 0, 0]);
      await importing(other, `commitImport(id: "${first}")`);
      await importing(app, `commitImport(id: "${second}")`);
      const ended = [await settled(app, first), await settled(other, second)];
      expect(ended.map(({ state }) => state).sort()).toEqual(['COMMITTED', 'FAILED']);
      expect(ended.find(({ state }) => state === 'FAILED').failure).toContain('is there already');
      expect(await app.database.read(sql`select id from license_records where start_date >= '2050-01-01'`)).toHaveLength(300);
    } finally {
      await other.stop();
    }
  });

  it('that nobody runs any more are found and say so', async () => {
    const { body } = await send(app, rounds(3, 2060));
    await app.database.transaction(({ manager }) => manager.query(`update sw_import_jobs set state = 'COMMITTING' where id = ${body.id}`));
    await app.restart();
    const job = await settled(app, body.id);
    expect([job.state, job.failure]).toEqual(['FAILED', expect.stringMatching(/^The server stopped in the middle\. The database has taken back/)]);
    expect(counts(await step(app, 'checkImport', body.id))).toEqual([3, 3, 0, 0, 0, 0]);
  });

  it('tell traces which statements they run, and no value of them', async () => {
    const seen: string[] = [];
    const listener = (message: unknown) => void seen.push((message as StatementEvent).text);
    subscribe(STATEMENTS, listener);
    try {
      await imported(app, rounds(3, 2051));
    } finally {
      unsubscribe(STATEMENTS, listener);
    }
    const entries = seen.filter((text) => text.startsWith('insert into') && text.includes('sw_audit_log'));
    expect(entries.length).toBeGreaterThan(0);
    // One row of marks, whatever its number of columns and rows.
    for (const text of entries) expect(text).toMatch(/^insert into [\w`.]+ \([\w, ]+\) values \(\?(, \?)*\)$/);
  });
});
