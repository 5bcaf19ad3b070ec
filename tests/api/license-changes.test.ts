import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

const FIELDS = `id etag company { id } partner { id } product { id } startDate endDate seats currency status
  unitCost { amount currency } annualValue { amount } totalCost { amount } totalCostDisagrees`;
const valid = { companyId: '1', productId: '1', startDate: '2026-01-01', endDate: '2026-12-31', seats: 3, unitCost: '19.99', currency: 'EUR' };

onEachDatabase('changes of licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
        // 50: a stored total that disagrees, and a price finer than a cent.
        license: [round({ id: 50, company_id: 1, number_of_licenses: 4, cost_per_license: 0.1875, total_cost: 99 })],
      },
    });
  });
  afterAll(() => app.stop());

  const mutate = async (operation: string, variables: Record<string, unknown>) => {
    const heads: Record<string, string> = {
      create: `mutation($input: CreateLicenseInput!) { result: createLicense(input: $input) { license { ${FIELDS} } userErrors { field code message } } }`,
      update: `mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) { result: updateLicense(id: $id, etag: $etag, input: $input) { license { ${FIELDS} } userErrors { field code message } } }`,
      delete: 'mutation($id: ID!, $etag: String!) { result: deleteLicense(id: $id, etag: $etag) { deletedId userErrors { field code message } } }',
    };
    const { data, errors } = await app.ask('admin', heads[operation] ?? '', variables);
    expect(errors).toBeUndefined();
    return data.result;
  };
  const created = async (input: Record<string, unknown> = {}) => {
    const { license, userErrors } = await mutate('create', { input: { ...valid, ...input } });
    expect(userErrors).toEqual([]);
    return license;
  };
  const stored = async (id: string) => (await app.database.read(sql`
    select company_id, partner_id, cost_per_license + 0e0 as cost, total_cost + 0e0 as total, number_of_licenses as seats, status from license_records where id = ${id}`))[0];
  const count = async () => Number((await app.database.read(sql`select count(*) as n from license_records`))[0]?.['n']);

  it('creates a round, its total being seats × unit cost, and logs it', async () => {
    const license = await created();
    expect(license).toEqual({
      id: expect.any(String), etag: expect.any(String), company: { id: '1' }, partner: null, product: { id: '1' }, startDate: '2026-01-01', endDate: '2026-12-31', seats: 3,
      currency: 'EUR', status: 'Active', unitCost: { amount: '19.99', currency: 'EUR' }, annualValue: { amount: '59.97' }, totalCost: { amount: '59.97' }, totalCostDisagrees: false,
    });
    const { data } = await app.ask('admin', `{ license(id: ${license.id}) { ${FIELDS} } }`);
    expect(data.license).toEqual(license);
    const entry = (await auditLog(app)).at(-1);
    expect(entry).toMatchObject({
      action: 'create', entity: 'License', entityId: license.id, account: 'admin@example.com', before: null,
      after: { id: Number(license.id), companyId: 1, partnerId: null, productId: 1, startDate: '2026-01-01', endDate: '2026-12-31', seats: 3, currency: 'EUR', status: 'Active' },
    });
    expect(Number(entry?.after?.['unitCost'])).toBeCloseTo(19.99, 5);
    expect(Number(entry?.after?.['totalCost'])).toBeCloseTo(59.97, 5);
  });

  it.each([
    ['19.99', 'EUR', 3, '19.99', '59.97'], ['123456.78', 'EUR', 1, '123456.78', '123456.78'], ['0', 'USD', 5, '0.00', '0.00'],
    ['1500', 'JPY', 7, '1500', '10500'], ['0.01', 'GBP', 100, '0.01', '1.00'], ['10.10', 'CHF', 12, '10.10', '121.20'],
    ['1.005', 'KWD', 2, '1.005', '2.010'], ['999.9', 'SEK', 10, '999.90', '9999.00'],
  ])('keeps %s %s a seat exact', async (unitCost, currency, seats, shown, total) => {
    expect(await created({ unitCost, currency, seats })).toMatchObject({
      unitCost: { amount: shown, currency }, annualValue: { amount: total }, totalCost: { amount: total }, totalCostDisagrees: false,
    });
  });

  it('creates perpetual rounds, and rounds of partners', async () => {
    expect(await created({ endDate: null, companyId: null, partnerId: '1', status: 'New' })).toMatchObject({ endDate: null, company: null, partner: { id: '1' }, status: 'New' });
    const { endDate, ...open } = valid;
    expect((await mutate('create', { input: open })).license).toMatchObject({ endDate: null });
    expect(await created({ endDate: '9999-12-31' })).toMatchObject({ endDate: null });
    expect(await created({ endDate: valid.startDate })).toMatchObject({ endDate: '2026-01-01' });
  });

  describe('refuses', () => {
    it.each<[string, Record<string, unknown>, [string, string][]]>([
      ['no owner', { companyId: null }, [['companyId', 'REQUIRED']]],
      ['two owners', { partnerId: '1' }, [['partnerId', 'INVALID']]],
      ['an unknown company', { companyId: '77' }, [['companyId', 'NOT_FOUND']]],
      ['a company that is no id', { companyId: 'x; drop table' }, [['companyId', 'NOT_FOUND']]],
      ['an unknown partner', { companyId: null, partnerId: '77' }, [['partnerId', 'NOT_FOUND']]],
      ['an unknown product', { productId: '77' }, [['productId', 'NOT_FOUND']]],
      ['an end before the start', { endDate: '2025-12-31' }, [['endDate', 'INVALID']]],
      ['no seats', { seats: 0 }, [['seats', 'INVALID']]], ['negative seats', { seats: -5 }, [['seats', 'INVALID']]],
      ['a negative price', { unitCost: '-0.01' }, [['unitCost', 'INVALID']]],
      ['a price finer than the currency', { unitCost: '1.005' }, [['unitCost', 'INVALID']]],
      ['yen with decimals', { unitCost: '1.5', currency: 'JPY' }, [['unitCost', 'INVALID']]],
      ['a price that the column cannot hold', { unitCost: '12345678.91' }, [['unitCost', 'INVALID']]],
      ['a blank status', { status: '  ' }, [['status', 'REQUIRED']]],
      ['a long status', { status: 'elevenchars' }, [['status', 'TOO_LONG']]],
      ['several faults at once', { companyId: null, productId: '77', seats: 0, endDate: '2020-01-01', unitCost: '-1', status: '' },
        [['companyId', 'REQUIRED'], ['productId', 'NOT_FOUND'], ['endDate', 'INVALID'], ['seats', 'INVALID'], ['unitCost', 'INVALID'], ['status', 'REQUIRED']]],
    ])('%s, changing and logging nothing', async (_title, input, faults) => {
      const before = [await count(), (await auditLog(app)).length];
      const { license, userErrors } = await mutate('create', { input: { ...valid, ...input } });
      expect(license).toBeNull();
      expect(userErrors.map(({ field, code }: any) => [field, code])).toEqual(faults.map(([field, code]) => [['input', field], code]));
      expect([await count(), (await auditLog(app)).length]).toEqual(before);
    });
  });

  it('changes the named fields alone', async () => {
    const { id, etag } = await created();
    const { license, userErrors } = await mutate('update', { id, etag, input: { seats: 5 } });
    expect(userErrors).toEqual([]);
    expect(license).toMatchObject({ id, seats: 5, unitCost: { amount: '19.99' }, totalCost: { amount: '99.95' }, startDate: '2026-01-01', endDate: '2026-12-31', status: 'Active' });
    expect(license.etag).not.toBe(etag);
    const entry = (await auditLog(app)).at(-1);
    expect(entry).toMatchObject({ action: 'update', entityId: id, before: { seats: 3 }, after: { seats: 5 } });
    expect(Number(entry?.before?.['totalCost'])).toBeCloseTo(59.97, 5);
    expect(Number(entry?.after?.['totalCost'])).toBeCloseTo(99.95, 5);
  });

  it('leaves stored money alone that it was not asked to change', async () => {
    const { data } = await app.ask('admin', '{ license(id: 50) { etag } }');
    const { license, userErrors } = await mutate('update', { id: '50', etag: data.license.etag, input: { status: 'Checked' } });
    expect(userErrors).toEqual([]);
    expect(license).toMatchObject({ status: 'Checked', totalCostDisagrees: true, totalCost: { amount: '99.00' } });
    expect(await stored('50')).toMatchObject({ cost: 0.1875, total: 99, status: 'Checked' });
    const priced = await mutate('update', { id: '50', etag: license.etag, input: { unitCost: '0.20' } });
    expect(priced.license).toMatchObject({ totalCost: { amount: '0.80' }, unitCost: { amount: '0.20' }, totalCostDisagrees: false });
  });

  it('clears the end, and switches between the kinds of owner', async () => {
    const first = await created();
    const perpetual = (await mutate('update', { id: first.id, etag: first.etag, input: { endDate: null } })).license;
    expect(perpetual).toMatchObject({ endDate: null, company: { id: '1' } });
    const ofPartner = (await mutate('update', { id: first.id, etag: perpetual.etag, input: { partnerId: '1' } })).license;
    expect(ofPartner).toMatchObject({ company: null, partner: { id: '1' } });
    const ofCompany = (await mutate('update', { id: first.id, etag: ofPartner.etag, input: { companyId: '2', partnerId: null } })).license;
    expect(ofCompany).toMatchObject({ company: { id: '2' }, partner: null });
    expect(await stored(first.id)).toMatchObject({ company_id: 2, partner_id: null });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an owner', { companyId: null }, 'companyId', 'REQUIRED'], ['a product', { productId: null }, 'productId', 'REQUIRED'], ['a start', { startDate: null }, 'startDate', 'REQUIRED'],
    ['seats', { seats: null }, 'seats', 'REQUIRED'], ['a price', { unitCost: null }, 'unitCost', 'REQUIRED'], ['a currency', { currency: null }, 'currency', 'REQUIRED'],
    ['a status', { status: null }, 'status', 'REQUIRED'], ['one owner', { companyId: '1', partnerId: '1' }, 'partnerId', 'INVALID'], ['a start before the end', { startDate: '2027-01-01' }, 'endDate', 'INVALID'],
    ['a price the new currency has', { currency: 'JPY' }, 'unitCost', 'INVALID'],
  ])('does not take away %s', async (_title, input, field, code) => {
    const { id, etag } = await created();
    const logged = (await auditLog(app)).length;
    const { license, userErrors } = await mutate('update', { id, etag, input });
    expect([license, userErrors]).toEqual([null, [{ field: ['input', field], code, message: expect.any(String) }]]);
    const { data } = await app.ask('admin', `{ license(id: ${id}) { etag } }`);
    expect([data.license.etag, (await auditLog(app)).length]).toEqual([etag, logged]);
  });

  it('changes nothing when nothing is asked for', async () => {
    const { id, etag } = await created();
    const logged = (await auditLog(app)).length;
    for (const input of [{}, { status: 'Active', seats: 3 }, { unitCost: '19.990' }, { unitCost: '19.99', currency: 'EUR', seats: 3 }]) {
      const { license, userErrors } = await mutate('update', { id, etag, input });
      expect([license.etag, userErrors, (await auditLog(app)).length]).toEqual([etag, [], logged]);
    }
  });
});
