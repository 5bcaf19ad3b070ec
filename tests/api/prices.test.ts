import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';

const FIELDS = 'id etag productSlug variation amount { amount currency } intervalMonths validFrom validTo';
const LOAD = 'mutation($csv: String!) { loadPrices(csv: $csv) { rows created updated userErrors { field code message } } }';
const HEADER = 'product,variation,amount,currency,interval_months,valid_from,valid_to';

onEachDatabase('the price list', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());
  beforeEach(() => app.database.transaction(async ({ manager }) => {
    await manager.query('delete from sw_price_list');
    await manager.query('delete from sw_audit_log');
  }));

  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await app.ask('admin', query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  const create = async (input: Record<string, unknown>) =>
    (await ask(`mutation($input: PriceInput!) { createPrice(input: $input) { price { ${FIELDS} } userErrors { field code } } }`, {
      input: { productSlug: 'fluent-forms', amount: '59', currency: 'EUR', validFrom: '2026-01-01', ...input },
    })).createPrice;
  const update = async (id: string, etag: string, input: Record<string, unknown>) =>
    (await ask(`mutation($id: ID!, $etag: String!, $input: PriceChanges!) { updatePrice(id: $id, etag: $etag, input: $input) { price { ${FIELDS} } userErrors { field code } } }`, { id, etag, input })).updatePrice;
  const remove = async (id: string, etag: string) =>
    (await ask(`mutation($id: ID!, $etag: String!) { deletePrice(id: $id, etag: $etag) { deletedId price { amount { amount } } userErrors { field code } } }`, { id, etag })).deletePrice;
  const load = async (...lines: string[]) => (await ask(LOAD, { csv: [HEADER, ...lines].join('\n') })).loadPrices;
  const list = async (args = '') =>
    (await ask(`{ prices${args} { nodes { ${FIELDS} } } }`)).prices.nodes.map(({ productSlug, variation, amount, intervalMonths, validFrom, validTo }: any) =>
      [productSlug, variation ?? '-', amount.amount, amount.currency, intervalMonths ?? 'once', validFrom, validTo ?? '…'].join(' '));
  const faultsOf = ({ userErrors }: any) => userErrors.map(({ field, code }: any) => [...field, code].join(' '));

  it('takes a price, changes it and deletes it, each change logged', async () => {
    const { price, userErrors } = await create({ productSlug: ' Fluent-Forms ', variation: 'Agency', amount: '59.9', intervalMonths: 12, validTo: '2026-12-31' });
    expect(userErrors).toEqual([]);
    expect(price).toEqual({
      id: expect.any(String), etag: expect.any(String), productSlug: 'fluent-forms', variation: 'Agency', amount: { amount: '59.90', currency: 'EUR' },
      intervalMonths: 12, validFrom: '2026-01-01', validTo: '2026-12-31',
    });
    const changed = await update(price.id, price.etag, { amount: '9999999999.99', variation: null, intervalMonths: null });
    expect(changed).toEqual({ price: { ...price, etag: expect.any(String), variation: null, amount: { amount: '9999999999.99', currency: 'EUR' }, intervalMonths: null }, userErrors: [] });
    // The amount stays the same number when the currency has as many decimals.
    const renamed = await update(price.id, changed.price.etag, { currency: 'USD' });
    expect(renamed.price.amount).toEqual({ amount: '9999999999.99', currency: 'USD' });
    expect(await remove(price.id, renamed.price.etag)).toEqual({ deletedId: price.id, price: null, userErrors: [] });
    expect((await auditLog(app)).map(({ action, entity, before, after }) => [action, entity, before?.['amountMinor'], after?.['amountMinor']])).toEqual([
      ['create', 'Price', undefined, '5990'], ['update', 'Price', '5990', '999999999999'], ['update', 'Price', '999999999999', '999999999999'], ['delete', 'Price', '999999999999', undefined],
    ]);
  });

  it('tells whoever comes second what the price is now', async () => {
    const { price } = await create({});
    const first = await update(price.id, price.etag, { amount: '60' });
    expect(first.userErrors).toEqual([]);
    const second = await update(price.id, price.etag, { amount: '61' });
    expect(second).toEqual({ price: first.price, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect(await remove(price.id, price.etag)).toEqual({ deletedId: null, price: { amount: { amount: '60.00' } }, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect(await remove('2147483647', price.etag)).toEqual({ deletedId: null, price: null, userErrors: [{ field: ['id'], code: 'NOT_FOUND' }] });
    expect(await update(price.id, first.price.etag, { amount: '60.0' })).toEqual({ price: first.price, userErrors: [] });
    expect(await auditLog(app)).toHaveLength(2);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{ productSlug: ' ', amount: '-1', intervalMonths: 0, validTo: '2025-12-31' }, ['input productSlug REQUIRED', 'input intervalMonths INVALID', 'input amount INVALID', 'input validTo INVALID']],
    [{ productSlug: 'x'.repeat(256), variation: 'y'.repeat(256), intervalMonths: 121 }, ['input productSlug TOO_LONG', 'input variation TOO_LONG', 'input intervalMonths INVALID']],
    [{ productSlug: 'a\u0000b' }, ['input productSlug INVALID']],
    [{ amount: '1.005' }, ['input amount INVALID']],
    [{ amount: '1.5', currency: 'JPY' }, ['input amount INVALID']],
    [{ amount: '10000000000.01' }, ['input amount INVALID']],
  ])('refuses a wrong price (%#)', async (input, faults) => {
    const answer = await create(input);
    expect([answer.price, faultsOf(answer), await list(), await auditLog(app)]).toEqual([null, faults, [], []]);
  });

  it('holds one price of a product, variation and currency from a day on', async () => {
    const { price } = await create({ variation: 'Agency' });
    expect(faultsOf(await create({ variation: 'AGENCY', productSlug: 'FLUENT-FORMS', amount: '1' }))).toEqual(['input validFrom DUPLICATE']);
    const others = [await create({}), await create({ variation: 'Agency', currency: 'USD' }), await create({ variation: 'Agency', validFrom: '2026-01-02' })];
    expect(others.map(faultsOf)).toEqual([[], [], []]);
    expect(faultsOf(await update(others[2].price.id, others[2].price.etag, { validFrom: '2026-01-01' }))).toEqual(['input validFrom DUPLICATE']);
    expect(faultsOf(await update(price.id, price.etag, { validFrom: null, currency: null, amount: null, productSlug: null }))).toEqual([
      'input productSlug REQUIRED', 'input currency REQUIRED', 'input amount REQUIRED', 'input validFrom REQUIRED',
    ]);
  });

  it('finds prices by product, variation and day, page by page', async () => {
    await load('fluent-forms,,59,EUR,12,2025-01-01,2025-12-31', 'fluent-forms,,69,EUR,12,2026-01-01,', 'fluent-crm,Agency 100%,199,EUR,,2026-01-01,', 'fluent-crm,,0,JPY,1,2026-01-01,');
    expect(await list()).toEqual([
      'fluent-crm Agency 100% 199.00 EUR once 2026-01-01 …', 'fluent-crm - 0 JPY 1 2026-01-01 …', 'fluent-forms - 59.00 EUR 12 2025-01-01 2025-12-31', 'fluent-forms - 69.00 EUR 12 2026-01-01 …',
    ]);
    expect(await list('(validOn: "2025-12-31")')).toEqual(['fluent-forms - 59.00 EUR 12 2025-01-01 2025-12-31']);
    expect(await list('(validOn: "2024-12-31")')).toEqual([]);
    expect(await list('(search: " 00% ")')).toEqual(['fluent-crm Agency 100% 199.00 EUR once 2026-01-01 …']);
    expect(await list('(search: "FORMS", validOn: "2026-06-01")')).toEqual(['fluent-forms - 69.00 EUR 12 2026-01-01 …']);
    const page = await ask('{ prices(first: 3) { totalCount pageInfo { endCursor } } }');
    expect(page.prices.totalCount).toBe(4);
    expect(await list(`(first: 3, after: "${page.prices.pageInfo.endCursor}")`)).toEqual(['fluent-forms - 69.00 EUR 12 2026-01-01 …']);
  });

  it('loads a file, replaces what differs, and does nothing the second time', async () => {
    const file = ['fluent-forms,,59,EUR,12,2026-01-01,', '', ' Fluent-CRM ,"Agency, 10 sites",1990,JPY,,2026-01-01,2026-12-31'];
    expect(await load(...file)).toEqual({ rows: 2, created: 2, updated: 0, userErrors: [] });
    expect(await load(...file)).toEqual({ rows: 2, created: 0, updated: 0, userErrors: [] });
    const before = (await ask('{ prices { nodes { id productSlug } } }')).prices.nodes;
    expect(await load('fluent-forms,,59.00,EUR,1,2026-01-01,', 'fluent-crm,"agency, 10 sites",1990,JPY,,2026-01-01,2026-12-31', 'fluent-crm,,99,EUR,12,2026-01-01,')).toEqual({ rows: 3, created: 1, updated: 2, userErrors: [] });
    expect(await list()).toEqual([
      'fluent-crm agency, 10 sites 1990 JPY once 2026-01-01 2026-12-31', 'fluent-crm - 99.00 EUR 12 2026-01-01 …', 'fluent-forms - 59.00 EUR 1 2026-01-01 …',
    ]);
    // Prices keep their identity.
    expect((await ask('{ prices { nodes { id productSlug } } }')).prices.nodes).toEqual(expect.arrayContaining(before));
    const forms = Number(before.find(({ productSlug }: any) => productSlug === 'fluent-forms').id);
    expect((await auditLog(app)).map(({ action, entity, before: was, after }) => [action, entity, was, after?.['created'], after?.['updated']])).toEqual([
      ['load', 'Price', { replaced: [] }, 2, 0], ['load', 'Price', { replaced: [[forms, '5900', 12, null], [forms + 1, '1990', null, '2026-12-31']] }, 1, 2],
    ]);
  });

  it.each<[string, string[], string[]]>([
    ['formulas, exponents and floats', ['a,,=1+1,EUR,12,2026-01-01,', 'a,,1e3,EUR,1e1,2026-01-01,', 'a,,NaN,EUR,1.5,2026-01-01,', 'a,,"1,5",EUR,-1,2026-01-01,'], [
      'csv 2 amount INVALID', 'csv 3 interval_months INVALID', 'csv 3 amount INVALID', 'csv 4 interval_months INVALID', 'csv 4 amount INVALID', 'csv 5 interval_months INVALID', 'csv 5 amount INVALID',
    ]],
    ['empty cells', [',,,,,,x', ',,1,,,,'], ['csv 2 product REQUIRED', 'csv 2 currency REQUIRED', 'csv 2 amount REQUIRED', 'csv 2 valid_from REQUIRED', 'csv 2 valid_to INVALID', 'csv 3 product REQUIRED', 'csv 3 currency REQUIRED', 'csv 3 valid_from REQUIRED']],
    ['too many decimals, currencies nobody knows, wrong days', ['a,,1.005,EUR,,2026-01-01,', 'a,,1.5,JPY,,2026-02-30,', 'a,,1,eur,,01.01.2026,', 'a,,1,EUR,,2026-02-01,2026-01-31'], [
      'csv 2 amount INVALID', 'csv 3 amount INVALID', 'csv 3 valid_from INVALID', 'csv 4 currency INVALID', 'csv 4 valid_from INVALID', 'csv 5 valid_to INVALID',
    ]],
    ['a price twice', ['a,V,1,EUR,,2026-01-01,', 'b,,1,EUR,,2026-01-01,', 'A,v,2,EUR,12,2026-01-01,2026-12-31'], ['csv 4 valid_from DUPLICATE']],
    ['cells too many', ['a,,1,EUR,,2026-01-01,,x'], ['csv 2 8 INVALID']],
    ['no rows', [], ['csv REQUIRED']],
  ])('refuses all of a file with %s', async (_, lines, faults) => {
    await load('good,,1,EUR,12,2026-01-01,');
    const logged = (await auditLog(app)).length;
    const answer = await load('good,,2,EUR,12,2026-01-01,', ...lines).then((loaded) => (lines.length === 0 ? load() : loaded));
    // One row more stands before the wrong ones.
    expect(faultsOf(answer)).toEqual(faults.map((fault) => fault.replace(/^csv (\d+)/, (_all, row) => `csv ${Number(row) + 1}`)));
    if (lines.length > 0) expect([answer.created, answer.updated, await list(), (await auditLog(app)).length]).toEqual([0, 0, ['good - 1.00 EUR 12 2026-01-01 …'], logged]);
  });

  it('refuses a file with another header', async () => {
    const { loadPrices } = await ask(LOAD, { csv: 'product,amount,currency\na,1,EUR\n' });
    expect(faultsOf(loadPrices)).toEqual(['variation', 'amount', 'currency', 'interval_months', 'valid_from', 'valid_to'].map((name) => `csv 1 ${name} INVALID`));
  });

  it.each(['analyst', 'viewer', 'partner1', 'company1'])('is not changed by %s', async (account) => {
    const { errors } = await app.ask(account, LOAD, { csv: `${HEADER}\na,,1,EUR,,2026-01-01,\n` });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: 'WRITE_PRICES' } }]);
    const read = await app.ask(account, '{ prices { nodes { id } } }');
    expect(read.errors?.[0]?.extensions['code']).toBe(account === 'analyst' ? undefined : 'FORBIDDEN');
    expect(await list()).toEqual([]);
  });
});
