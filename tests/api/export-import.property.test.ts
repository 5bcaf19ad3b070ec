import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tableReference } from '../../server/db/tables.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { counts, importing, jobOf, send, step } from '../support/imports.js';
import { insertRows, type Rows } from '../support/rows.js';

/** Texts as people and programs leave them: formulas, quotes, separators, line breaks, blanks, other scripts. */
const beginnings = fc.constantFrom('', '', `'`, `'=`, `''+`, `'-`, '=', '+', '-', '@', '\t', '\r');
const text = (maxLength: number) => fc.tuple(beginnings, fc.array(fc.constantFrom(
  '=', '+', '-', '@', '\t', '\r', '\n', `'`, '"', ',', ';', '|', ' ', 'a', 'B', '1', '0', '.', '/', '\\', '%', '_', 'é', 'ß', '€', '漢', '😀', 'SUM(', '1,5', '2026-01-02', 'true', 'null',
), { maxLength: 8 })).map(([first, parts]) => [...first, ...parts.join('')].slice(0, maxLength).join('')).filter((value) => !/\ud83d$/.test(value));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });
const day = fc.integer({ min: 0, max: 4000 }).map((days) => new Date(Date.UTC(2018, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const cost = fc.oneof(fc.integer({ min: -500, max: 999_999 }).map((cents) => cents / 100), fc.constantFrom(0, 1234, 1.234, 0.005, 19.99, 99.95, 1e6, -0.01));

const partners = fc.array(text(255), { minLength: 1, maxLength: 4 }).map((names) => names.map((partner_name, index) => ({ id: index + 1, partner_name })));
const companies = fc.array(fc.record({ company_name: text(255), active: fc.constantFrom(0, 1), partner_id: optional(fc.integer({ min: 1, max: 6 })) }), { minLength: 1, maxLength: 6 })
  .map((rows) => rows.map((row, index) => ({ id: index + 1, ...row })));
/** Rounds, many of them wrong in every way: owners and products that do not exist, no owner, two, no seats, no known currency. */
const licenses = fc.array(fc.record({
  company_id: optional(fc.integer({ min: 1, max: 8 })), partner_id: optional(fc.integer({ min: 1, max: 6 })), product_code_id: fc.integer({ min: 1, max: 3 }), start_date: day,
  end_date: optional(fc.oneof(day, fc.constant('9999-12-31'))), number_of_licenses: fc.integer({ min: -2, max: 3000 }), cost_per_license: cost, total_cost: cost,
  currency: fc.constantFrom('EUR', 'JPY', 'USD', 'eur', 'XXQ', '=1', ''), status: text(10),
}), { minLength: 1, maxLength: 8 }).map((rows) => rows.map((row, index) => ({ id: (index + 1) * 3, ...row })));

/** Formulas that end with an apostrophe: with the one that protects them they look quoted. */
const quotedFormulas = [`=a'`, `+b'`, `-c'`, `@d'`].map((partner_name, index) => ({ id: index + 1, partner_name }));
/** A quotation mark and what might end a cell, where tabs stand as often as commas. */
const tabsAndQuotes = [{ id: 1, partner_name: '\t",' }, { id: 2, partner_name: '\t' }];
const oneCompany = [{ id: 1, company_name: 'C1', active: 1 as const, partner_id: null }];
const oneLicense = [{
  id: 3, company_id: 1, partner_id: null, product_code_id: 1, start_date: '2026-01-01', end_date: '2026-12-31', number_of_licenses: 1, cost_per_license: 1, total_cost: 1,
  currency: 'EUR' as const, status: 'Active',
}];

const existing: Rows = { product: [{ id: 1, code: 'SUB', label: 'Sub, =1' }, { id: 2, code: '2', label: '-' }] };

onEachDatabase('what is exported', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: existing });
  });
  afterAll(() => app.stop());

  async function exported(list: string): Promise<Uint8Array> {
    const response = await fetch(`${app.url}/exports/${list}.csv`, { headers: { authorization: `Bearer ${await app.tokenOf('admin')}` } });
    return new Uint8Array(await response.arrayBuffer());
  }

  /** What an import of the file would do. A column whose texts fit several formats is answered as the export writes it. */
  async function imported(subject: string, file: Uint8Array): Promise<any> {
    const { status, body } = await send(app, file, { subject });
    expect([status, body]).toEqual([201, { id: expect.any(String) }]);
    const { columns } = await jobOf(app, body.id);
    const asked = columns.filter(({ ambiguous }: any) => ambiguous).map(({ index, field }: any) =>
      `{ index: ${index}, field: "${field}", ${['startDate', 'endDate'].includes(field) ? 'dateFormat: YMD' : 'numberFormat: POINT'} }`);
    if (asked.length > 0) expect((await importing(app, `configureImport(id: "${body.id}", input: { columns: [${asked.join()}] })`)).userErrors).toEqual([]);
    return step(app, 'checkImport', body.id);
  }

  it('imports back with every row unchanged', async () => {
    await fc.assert(fc.asyncProperty(partners, companies, licenses, async (partner, company, license) => {
      await app.database.transaction(async ({ manager }) => {
        for (const table of ['license', 'company', 'partner'] as const) await manager.query(`delete from ${tableReference(app.database.tables[table]).sql}`);
      });
      await insertRows(app.database, { partner, company, license });
      for (const [list, subject, rows] of [['partners', 'PARTNERS', partner], ['companies', 'COMPANIES', company], ['licenses', 'LICENSES', license]] as const) {
        const job = await imported(subject, await exported(list));
        expect([list, job.state, job.failure, job.check?.errors.nodes ?? [], counts(job)]).toEqual([list, 'CHECKED', null, [], [rows.length, 0, 0, rows.length, 0, 0]]);
      }
    }), { numRuns: 12, examples: [[quotedFormulas, oneCompany, oneLicense], [tabsAndQuotes, oneCompany, oneLicense]] });
  }, 180_000);
});
