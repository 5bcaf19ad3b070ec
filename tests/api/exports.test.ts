import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { tokenBy } from '../support/api-tokens.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

const rows = {
  partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: '=P2' }],
  company: [
    { id: 1, company_name: '=1+1', active: 1, partner_id: 1 }, { id: 2, company_name: 'Zwei, "GmbH"\nBerlin', active: 0, partner_id: 2 },
    { id: 3, company_name: '-5', active: 1, partner_id: null }, { id: 4, company_name: `'@x`, active: 1, partner_id: 1 },
  ],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [
    round({ id: 1, company_id: 1, cost_per_license: 19.99, number_of_licenses: 3, total_cost: 59.97 }),
    round({ id: 2, company_id: 2, cost_per_license: 900, currency: 'JPY', end_date: null, number_of_licenses: 7, total_cost: 6300 }),
    round({ id: 3, partner_id: 2, product_code_id: 9, currency: 'XXQ', cost_per_license: 2.5, status: '+x', start_date: '2026-02-01', end_date: '2026-01-01', total_cost: 25 }),
  ],
  user: [user(1, { company_id: 1 }), user(2, { partner_id: 2 }, { email: '@nobody', last_name: null })],
};

onEachDatabase('exports', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows, environment: { VIEWER_SEES_MONEY: '0' } });
  });
  afterAll(() => app.stop());

  async function get(account: string | null, path: string): Promise<Response> {
    const headers: Record<string, string> = account === null ? {} : { authorization: `Bearer ${await app.tokenOf(account)}` };
    return fetch(`${app.url}/exports/${path}`, { headers });
  }
  const lines = async (account: string, path: string) => (await (await get(account, path)).text()).replace(/\r\n$/, '').split('\r\n');

  it('writes licences with exact amounts, what is unknown as it is stored, and nothing that a spreadsheet would run', async () => {
    const response = await get('admin', 'licenses.csv?asOf=2026-06-01');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="licences \d{4}-\d\d-\d\d\.csv"$/);
    expect(Buffer.from(await response.arrayBuffer()).toString('utf8')).toBe([
      '\ufeffid,company_id,company,partner_id,partner,product_id,product_code,product,start_date,end_date,seats,unit_cost,currency,status,annual_value,total_cost,lifecycle_status',
      `1,1,'=1+1,,,1,SUB,Sub,2026-01-01,2026-12-31,3,19.99,EUR,Active,59.97,59.97,ACTIVE`,
      '2,2,"Zwei, ""GmbH""\nBerlin",,,1,SUB,Sub,2026-01-01,,7,900,JPY,Active,6300,6300,PERPETUAL',
      `3,,,2,'=P2,9,,,2026-02-01,2026-01-01,10,2.5,XXQ,'+x,,25,INVALID`,
      '',
    ].join('\r\n'));
  });

  it('writes companies, partners and users', async () => {
    expect(await lines('admin', 'companies.csv')).toEqual([
      'id,name,active,partner_id,partner', `1,'=1+1,1,1,P1`, `2,"Zwei, ""GmbH""\nBerlin",0,2,'=P2`, '3,-5,1,,', `4,''@x,1,1,P1`,
    ]);
    expect(await lines('admin', 'partners.csv')).toEqual(['id,name', '1,P1', `2,'=P2`]);
    expect(await lines('admin', 'users.csv')).toEqual([
      'id,first_name,last_name,email,active,company_id,company,partner_id,partner',
      `1,First1,Last1,user1@example.com,1,1,'=1+1,,`, `2,First2,,'@nobody,1,,,2,'=P2`,
    ]);
  });

  it('writes a workbook whose numbers are numbers and whose formulas are text', async () => {
    const sheet = async (list: string) => readSheet(Buffer.from(await (await get('admin', `${list}.xlsx?asOf=2026-06-01`)).arrayBuffer()));
    const [header, first, second] = await sheet('licenses');
    expect(header?.slice(0, 4)).toEqual(['id', 'company_id', 'company', 'partner_id']);
    expect(first).toEqual([1, 1, '=1+1', null, null, 1, 'SUB', 'Sub', '2026-01-01', '2026-12-31', 3, 19.99, 'EUR', 'Active', 59.97, 59.97, 'ACTIVE']);
    expect(second?.[2]).toBe('Zwei, "GmbH"\nBerlin');
    expect((await sheet('users'))[2]).toEqual([2, 'First2', null, '@nobody', 1, null, null, 2, '=P2']);
  });

  it('keeps the filter and the order', async () => {
    const filter = encodeURIComponent(JSON.stringify({ seats: { gte: 7 } }));
    const orderBy = encodeURIComponent(JSON.stringify({ field: 'SEATS', direction: 'DESC' }));
    expect((await lines('analyst', `licenses.csv?filter=${filter}&orderBy=${orderBy}`)).slice(1).map((line) => line.split(',')[0])).toEqual(['3', '2']);
  });

  describe('for whom', () => {
    it('holds the rows of the viewer alone', async () => {
      const ids = async (account: string, list: string) => (await lines(account, `${list}.csv`)).slice(1).map((line) => line.split(',')[0]);
      expect(await ids('partner1', 'licenses')).toEqual(['1']);
      expect(await ids('partner1', 'companies')).toEqual(['1', '4']);
      expect(await ids('partner1', 'partners')).toEqual(['1']);
      expect(await ids('partner1', 'users')).toEqual(['1']);
      expect(await ids('company1', 'licenses')).toEqual(['1']);
      expect((await lines('company1', 'companies.csv'))[1]).toBe(`1,'=1+1,1,,`);
    });

    it('leaves money out for those who may not see it', async () => {
      const [header, first] = await lines('viewer', 'licenses.csv');
      expect(header).not.toMatch(/cost|value/);
      expect(first).not.toMatch(/19\.99|59\.97/);
    });

    it.each([[null, 'licenses.csv', 401, 'UNAUTHENTICATED'], ['company1', 'partners.csv', 403, 'FORBIDDEN']])('%s asks for %s: %s', async (account, path, status, code) => {
      const response = await get(account, path);
      expect([response.status, ((await response.json()) as any).errors[0].extensions.code]).toEqual([status, code]);
    });
  });

  it.each([
    ['licenses.csv?filter=%7B', 'filter'], ['licenses.csv?filter={"seats":{"gt":"many"}}', 'filter.seats.gt'], ['licenses.csv?filter={"nothing":1}', 'filter'],
    ['licenses.csv?orderBy={"field":"NAME"}', 'orderBy.field'], ['licenses.csv?asOf=2026-02-30', 'asOf'], ['licenses.csv?filter=1&filter=2', 'filter'],
    ['licenses.csv?filter={"id":{"eq":"x"}}', 'filter.id.eq'],
  ])('refuses %s and names the parameter', async (path, field) => {
    const response = await get('admin', path);
    expect([response.status, ((await response.json()) as any).errors[0].extensions.field]).toEqual([400, field]);
  });

  it('refuses a filter whose input a token cannot see, as a filter', async () => {
    const { token } = await tokenBy(app, 'admin', { role: 'ADMIN', permissions: ['READ_USERS', 'EXPORT_DATA'] });
    const asked = (query: string) => fetch(`${app.url}/exports/users.csv${query}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await asked('')).status).toBe(200);
    const refused = await asked('?filter=%7B%7D');
    expect([refused.status, ((await refused.json()) as any).errors[0].extensions.field]).toEqual([400, 'filter']);
  });

  it.each(['nothing.csv', 'licenses.pdf', 'constructor.csv', 'licenses.toString'])('does not know %s', async (path) => {
    expect((await get('admin', path)).status).toBe(404);
  });
});
