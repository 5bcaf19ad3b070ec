import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { checked, counts, imported, importing, send, settled, step } from '../support/imports.js';
import { round } from '../support/rows.js';

const HEADER = 'id,company,partner,product,start_date,end_date,seats,unit_cost,currency,status';
const file = (...lines: string[]) => [HEADER, ...lines, ''].join('\n');

onEachDatabase('an import of licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'Reseller' }],
        company: [
          { id: 1, company_name: 'Acme', active: 1, partner_id: 1 }, { id: 2, company_name: 'Birch & Sons', active: 1, partner_id: null },
          { id: 3, company_name: 'Twin', active: 1, partner_id: null }, { id: 4, company_name: 'Twin', active: 1, partner_id: null },
          { id: 5, company_name: '2', active: 1, partner_id: null },
        ],
        product: [{ id: 1, code: 'SUB', label: 'Subscription' }, { id: 2, code: 'REL', label: 'Relay' }],
        license: [
          round({ id: 1, company_id: 1, cost_per_license: 19.99 }),
          round({ id: 2, company_id: 1, product_code_id: 2, end_date: '9999-12-31' }),
          // Wrong in every way, as other applications leave rows.
          round({ id: 3, company_id: 77, partner_id: 88, product_code_id: 99, number_of_licenses: -1, currency: 'XXQ', status: '', cost_per_license: 1.234 }),
          round({ id: 4, company_id: 2, start_date: '2025-01-01' }), round({ id: 5, company_id: 2, start_date: '2025-01-01', number_of_licenses: 20 }),
        ],
      },
    });
  });
  afterAll(() => app.stop());
  const license = async (id: number) => (await app.database.read(sql`select * from license_records where id = ${id}`))[0];

  it('tells new, changed, unchanged, repeated and wrong rows apart, and writes nothing', async () => {
    const job = await checked(app, file(
      ',Acme,,SUB,2026-01-01,2026-12-31,12,19.99,EUR,Active', // changes licence 1
      ',1,,REL,2026-01-01,,10,100,EUR,Active', // licence 2, as it is: no end is no end
      ',,Reseller,SUB,2026-03-01,2026-12-31,5,7.50,USD,Active', // new
      ',,Reseller,SUB,2026-03-01,2026-12-31,5,7.50,USD,Active', // the same again
      ',,Reseller,SUB,2026-03-01,2026-12-31,6,7.50,USD,Active', // about the same round, but other seats
      ',Acmee,,SUB,2026-01-01,2026-12-31,zero,19.99,EUR,Active', // no such company, no number
      ',Twin,,SUB,2026-01-01,2026-12-31,1,1,EUR,Active', // two of this name
      ',Birch & Sons,,SUB,2026-05-05,2026-01-01,0,1.001,EUR,Much too long', // four rules
      ',Birch & Sons,,SUB,2025-01-01,2026-12-31,30,100,EUR,Active', // two rounds begin on this day
      ',Birch & Sons,,SUB,2025-01-01,2026-12-31,20,100,EUR,Active', // one of them says exactly this
      '4711,Acme,,SUB,2026-01-01,2026-12-31,1,1,EUR,Active', // no such licence
      ',2,,SUB,2026-01-01,2026-12-31,1,1,EUR,Active', // the id of one company and the name of another
      'x', // ragged
    ));
    expect(job).toMatchObject({ state: 'CHECKED', failure: null, undoable: false });
    expect(counts(job)).toEqual([13, 1, 1, 2, 1, 8]);
    expect(job.check.money).toEqual([
      { currency: 'EUR', before: { amount: '199.90' }, after: { amount: '239.88' } }, { currency: 'USD', before: { amount: '0.00' }, after: { amount: '37.50' } },
    ]);
    expect(job.check.errors.nodes.map(({ row, column, code }: any) => [row, column, code])).toEqual([
      [6, null, 'CONFLICTING'], [7, 'company', 'NOT_FOUND'], [7, 'seats', 'UNREADABLE'], [8, 'company', 'AMBIGUOUS'], [9, 'end_date', 'INVALID'],
      [9, 'seats', 'INVALID'], [9, 'unit_cost', 'INVALID'], [9, 'status', 'TOO_LONG'], [10, null, 'AMBIGUOUS'], [12, 'id', 'NOT_FOUND'], [13, 'company', 'AMBIGUOUS'],
      [14, null, 'RAGGED'],
    ]);
    expect(job.check.reasons.find(({ code, column }: any) => code === 'NOT_FOUND' && column === 'company')).toMatchObject({
      count: 1, values: [{ value: 'Acmee', count: 1, suggestions: [{ id: '1', name: 'Acme' }] }],
    });
    expect(job.check.preview[0]).toMatchObject({ row: 2, targetId: '1', changes: [{ field: 'seats', before: '10', after: '12' }, { field: 'totalCost' }] });
    expect(job.check.preview[1]).toMatchObject({ row: 4, targetId: null });
    expect((await importing(app, `commitImport(id: "${job.id}")`)).userErrors).toEqual([{ field: [], code: 'INVALID', message: expect.stringContaining('8 rows have errors') }]);
    expect(await license(1)).toMatchObject({ number_of_licenses: 10 });

    const response = await fetch(`${app.url}/imports/${job.id}/errors.csv`, { headers: { authorization: `Bearer ${await app.tokenOf('admin')}` } });
    const lines = (await response.text()).split('\r\n');
    expect(lines).toHaveLength(14);
    expect(lines[2]).toBe('7,company,Acmee,NOT_FOUND,There is no company with this id or name.');
  });

  it('does not judge what says what is stored already, however wrong that is', async () => {
    const job = await checked(app, file('3,77,88,99,2026-01-01,2026-12-31,-1,1.2339999675750732,XXQ,', '1,1,,1,2026-01-01,2026-12-31,10,19.99,EUR,Active').replace('company,partner,product', 'company_id,partner_id,product_id'));
    expect([counts(job), job.check.errors.nodes]).toEqual([[2, 0, 0, 2, 0, 0], []]);
  });

  it('writes everything in one go, records every row, and finds nothing to do the second time', async () => {
    const body = file(',1,,SUB,2026-01-01,2026-12-31,12,19.99,EUR,Active', ',,Reseller,REL,2026-04-01,,3,0.07,EUR,Active', ',Acme,,REL,2027-01-01,2027-12-31,4,1200,JPY,Active');
    const log = (await auditLog(app)).length;
    const job = await imported(app, body);
    expect(job).toMatchObject({ state: 'COMMITTED', undoable: true, failure: null, createdBy: 'admin@example.com' });
    const rows = await app.database.read(sql`select l.id as id, l.partner_id as partner, l.number_of_licenses as seats, l.total_cost + 0e0 as total, l.end_date as ends from license_records l where l.id > 5 order by l.id`);
    expect(rows.map(({ partner, seats, total, ends }) => [partner, seats, Math.round(Number(total) * 100), ends === null])).toEqual([[1, 3, 21, true], [null, 4, 480000, false]]);
    expect(await license(1)).toMatchObject({ number_of_licenses: 12 });
    const entries = (await auditLog(app)).slice(log).filter(({ entity }) => entity === 'License');
    expect(entries.map(({ action, entityId, account }) => [action, entityId, account])).toEqual([
      ['update', '1', 'admin@example.com'], ...rows.map(({ id }) => ['create', String(id), 'admin@example.com']),
    ]);
    expect(entries[0]?.before).toMatchObject({ seats: 10 });
    expect(entries[0]?.after).toMatchObject({ seats: 12 });
    expect(counts(await checked(app, body))).toEqual([3, 0, 0, 3, 0, 0]);
    expect((await imported(app, body)).check).toMatchObject({ new: 0, changed: 0 });
    expect(await app.database.read(sql`select id from license_records where id > 5`)).toHaveLength(2);
    expect((await step(app, 'undoImport', job.id)).state).toBe('UNDONE');
    expect(await app.database.read(sql`select id from license_records where id > 5`)).toHaveLength(0);
    expect(await license(1)).toMatchObject({ number_of_licenses: 10 });
  });

  it('creates companies that are not known, once each, when it is told to', async () => {
    const body = file(',Newcomer,,SUB,2026-01-01,,1,1,EUR,Active', ',Newcomer,,REL,2026-01-01,,2,1,EUR,Active', ',Other $& Co,,REL,2026-01-01,,3,1,EUR,Active');
    const first = await checked(app, body);
    expect([counts(first), first.check.newCompanies]).toEqual([[3, 0, 0, 0, 0, 3], 0]);
    const { job } = await importing(app, `configureImport(id: "${first.id}", input: { createMissingCompanies: true })`);
    expect(job).toMatchObject({ state: 'READY', check: null, createMissingCompanies: true });
    const again = await step(app, 'checkImport', first.id);
    expect([counts(again), again.check.newCompanies]).toEqual([[3, 3, 0, 0, 0, 0], 2]);
    expect(again.check.preview[2].changes[0]).toMatchObject({ field: 'companyId', after: 'Other $& Co' });
    await step(app, 'commitImport', first.id);
    const made = await app.database.read(sql`select c.company_name as name, c.active as active, l.number_of_licenses as seats from license_records l join companies c on c.id = l.company_id where c.id > 5 order by l.id`);
    expect(made.map(({ name, active, seats }) => [name, Number(active), seats])).toEqual([['Newcomer', 1, 1], ['Newcomer', 1, 2], ['Other $& Co', 1, 3]]);
    expect(counts(await checked(app, body))).toEqual([3, 0, 0, 3, 0, 0]);
    expect((await step(app, 'undoImport', first.id)).state).toBe('UNDONE');
    expect(await app.database.read(sql`select id from companies where id > 5`)).toEqual([]);
  });

  it('takes one value for another in a whole column', async () => {
    const first = await checked(app, file(',Acmee,,SUB,2028-01-01,,1,1,EUR,Active', ',Acmee,,REL,2028-01-01,,1,1,EUR,Active'));
    expect(first.check.errorRows).toBe(2);
    const { job, userErrors } = await importing(app, `replaceImportValue(id: "${first.id}", input: { column: "company", value: "Acmee", replacement: "1" })`);
    expect([job.state, userErrors]).toEqual(['CHECKING', []]);
    expect(counts(await settled(app, first.id))).toEqual([2, 2, 0, 0, 0, 0]);
  });

  describe('stops', () => {
    it.each([
      ['a row that somebody changed since the check', `update license_records set number_of_licenses = 11 where id = 1`, 'The licence 1 (row 2) was changed since the check'],
      ['a row that somebody deleted since the check', `delete from license_records where id = 1`, 'The licence 1 (row 2) was deleted since the check'],
      ['a row that somebody created since the check', `insert into license_records (company_id, product_code_id, start_date, number_of_licenses, cost_per_license, total_cost, currency, status) values (1, 1, '2029-01-01', 1, 1, 1, 'EUR', 'A')`, 'Row 3 is there already'],
      ['a product that is gone', `delete from license_product_codes where id = 2`, 'The product 2, which row 4 refers to, was deleted'],
    ])('before %s', async (_, change, message) => {
      const job = await checked(app, file(',Acme,,SUB,2026-01-01,2026-12-31,12,19.99,EUR,Active', ',Acme,,SUB,2029-01-01,,1,1,EUR,Active', ',Acme,,REL,2029-01-01,,1,1,EUR,Active'));
      expect(counts(job)).toEqual([3, 2, 1, 0, 0, 0]);
      await app.database.transaction(({ manager }) => manager.query(change));
      const failed = await step(app, 'commitImport', job.id);
      expect([failed.state, failed.failure]).toEqual(['FAILED', expect.stringContaining(message)]);
      expect(failed.failure).toContain('Nothing was written');
      expect(await app.database.read(sql`select id from license_records where product_code_id = 2 and start_date = '2029-01-01'`)).toEqual([]);
      await app.database.transaction(async ({ manager }) => {
        await manager.query(`delete from license_records where id = 1 or start_date = '2029-01-01'`);
        await manager.query(`insert into license_records (id, company_id, product_code_id, start_date, end_date, number_of_licenses, cost_per_license, total_cost, currency, status) values (1, 1, 1, '2026-01-01', '2026-12-31', 10, 19.99, 199.9, 'EUR', 'Active')`);
        await manager.query(`delete from license_product_codes where id = 2`);
        await manager.query(`insert into license_product_codes (id, code, label) values (2, 'REL', 'Relay')`);
      });
      // After another look the same file goes in.
      expect(counts(await step(app, 'checkImport', job.id))).toEqual([3, 2, 1, 0, 0, 0]);
    });
  });

  it('is taken back only while nobody touched its rows', async () => {
    const job = await imported(app, file(',Acme,,SUB,2030-01-01,,1,1,EUR,Active', '2,1,,REL,2026-01-01,2031-12-31,10,100,EUR,Active'));
    const [row] = await app.database.read(sql`select id from license_records where start_date = '2030-01-01'`);
    await app.database.transaction(({ manager }) => manager.query(`update license_records set status = 'Ended' where start_date = '2030-01-01'`));
    const refused = await step(app, 'undoImport', job.id);
    expect([refused.state, refused.undoable]).toEqual(['COMMITTED', true]);
    expect(refused.failure).toContain(`The licence ${row?.['id'] as number} (row 2) was changed since the import`);
    expect(String((await license(2))?.['end_date'])).toContain('2031');
    await app.database.transaction(({ manager }) => manager.query(`update license_records set status = 'Active' where start_date = '2030-01-01'`));
    expect((await step(app, 'undoImport', job.id)).state).toBe('UNDONE');
    expect(await app.database.read(sql`select id from license_records where id = 2 and end_date = '9999-12-31'`)).toHaveLength(1);
    expect((await importing(app, `undoImport(id: "${job.id}")`)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it('is not taken back to an owner or product that is gone', async () => {
    const job = await imported(app, file('2,1,,SUB,2026-01-01,,10,100,EUR,Active'));
    const was = await app.database.read(sql`select * from license_product_codes where id = 2`);
    await app.database.transaction(({ manager }) => manager.query('delete from license_product_codes where id = 2'));
    const refused = await step(app, 'undoImport', job.id);
    expect([refused.state, refused.failure]).toEqual(['COMMITTED', expect.stringContaining('The product 2, to which row 2 would go back, was deleted since the import.')]);
    expect(await license(2)).toMatchObject({ product_code_id: 1 });
    await app.database.transaction(({ manager }) => manager.query('insert into license_product_codes (id, code, label) values (2, ?, ?)', [was[0]?.['code'], was[0]?.['label']]));
    expect((await step(app, 'undoImport', job.id)).state).toBe('UNDONE');
    expect(await license(2)).toMatchObject({ product_code_id: 2 });
  });

  it('refuses what is no file of text, who may not import, forms, and what is too large', async () => {
    const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(100_000)]);
    expect(await send(app, zip)).toMatchObject({ status: 400, body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
    expect(await send(app, '')).toMatchObject({ status: 400 });
    expect(await send(app, HEADER, { account: null })).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect(await send(app, HEADER, { account: 'analyst' })).toMatchObject({ status: 403, body: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    expect(await send(app, HEADER, { subject: 'USERS' })).toMatchObject({ status: 400 });
    expect(await send(app, HEADER, { headers: { 'content-type': 'multipart/form-data; boundary=x' } })).toMatchObject({ status: 415 });
    expect(await send(app, HEADER, { headers: { 'content-encoding': 'gzip' } })).toMatchObject({ status: 415 });
    const { data } = await app.ask('admin', '{ imports(first: 500) { totalCount nodes { state } } }');
    expect(data.imports.nodes.filter(({ state }: any) => state === 'UPLOADING')).toEqual([]);
    const template = await fetch(`${app.url}/imports/template/LICENSES.csv`, { headers: { authorization: `Bearer ${await app.tokenOf('admin')}` } });
    expect(await template.text()).toContain('start_date');
  });
});
