import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

const CHANGE = `mutation($changes: [LicenseChange!]!) { result: changeLicenses(changes: $changes) {
  saved userErrors { field code } results {
    key deletedId lastChange { at by byName } userErrors { field code }
    license { id etag company { id } partner { id } startDate endDate seats status currency unitCost { amount } totalCost { amount } } } } }`;
const valid = { companyId: '1', productId: '1', startDate: '2026-01-01', endDate: '2026-12-31', seats: 3, unitCost: '19.99', currency: 'EUR' };
/** A result of which nothing was saved and nothing was wrong. */
const untouched = { license: null, deletedId: null, lastChange: null, userErrors: [] };

onEachDatabase('several changes of licences at once', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
        license: [
          ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => round({ id, company_id: 1, number_of_licenses: id })),
          // 20: a stored total that disagrees, and a price finer than a cent. 30 on: for whoever races.
          round({ id: 20, company_id: 1, number_of_licenses: 4, cost_per_license: 0.1875, total_cost: 99 }),
          ...[30, 31, 32].map((id) => round({ id, company_id: 1 })),
        ],
      },
    });
  });
  afterAll(() => app.stop());

  const change = async (changes: unknown[], account = 'admin') => {
    const { data, errors } = await app.ask(account, CHANGE, { changes });
    expect(errors).toBeUndefined();
    return data.result;
  };
  const etagOf = async (id: number): Promise<string> => (await app.ask('admin', `{ license(id: ${id}) { etag } }`)).data.license.etag;
  const stored = async () => app.database.read(sql`
    select id, company_id, partner_id, product_code_id, cast(start_date as char) as start_date, cast(end_date as char) as end_date, number_of_licenses,
      cost_per_license + 0e0 as cost, total_cost + 0e0 as total, currency, status from license_records order by id`);
  const everything = async () => [await stored(), await auditLog(app)];
  /** What a call refused, as [key, field path, code]; fails when anything was written. */
  const refused = async (changes: unknown[]) => {
    const before = await everything();
    const { saved, results, userErrors } = await change(changes);
    expect([saved, await everything()]).toEqual([false, before]);
    return [
      ...userErrors.map(({ field, code }: any) => ['', field.join('.'), code]),
      ...results.flatMap(({ key, userErrors: faults }: any) => faults.map(({ field, code }: any) => [key, field.join('.'), code])),
    ];
  };

  it('creates, changes and deletes in one go, and tells what became of each in the order given', async () => {
    const logged = (await auditLog(app)).length;
    const [one, two, three] = [await etagOf(1), await etagOf(2), await etagOf(3)];
    const { saved, results, userErrors } = await change([
      { key: 'gone', id: '2', etag: two, delete: true },
      { key: 'new', create: { ...valid, companyId: null, partnerId: '1', endDate: null, unitCost: '1500', currency: 'JPY', seats: 7 } },
      { key: 'priced', id: '3', etag: three, update: { unitCost: '10.10', seats: 12 } },
      { key: 'moved', id: '1', etag: one, update: { partnerId: '1', status: 'Moved' } },
      { key: 'second', create: valid },
    ]);
    expect([saved, userErrors, results.map(({ key }: any) => key)]).toEqual([true, [], ['gone', 'new', 'priced', 'moved', 'second']]);
    expect(results.map(({ userErrors: faults, lastChange }: any) => [faults, lastChange])).toEqual(Array(5).fill([[], null]));
    const [gone, fresh, priced, moved, second] = results;
    expect([gone.license, gone.deletedId, fresh.deletedId]).toEqual([null, '2', null]);
    expect(fresh.license).toMatchObject({ company: null, partner: { id: '1' }, endDate: null, seats: 7, currency: 'JPY', unitCost: { amount: '1500' }, totalCost: { amount: '10500' }, status: 'Active' });
    expect(priced.license).toMatchObject({ id: '3', seats: 12, unitCost: { amount: '10.10' }, totalCost: { amount: '121.20' }, startDate: '2026-01-01', status: 'Active' });
    expect(moved.license).toMatchObject({ id: '1', company: null, partner: { id: '1' }, status: 'Moved', seats: 1 });
    expect(second.license).toMatchObject({ company: { id: '1' }, seats: 3, unitCost: { amount: '19.99' }, totalCost: { amount: '59.97' }, endDate: '2026-12-31' });
    for (const { license } of [fresh, priced, moved, second]) expect(await etagOf(license.id)).toBe(license.etag);
    expect((await app.ask('admin', '{ license(id: 2) { id } }')).data.license).toBeNull();
    const entries = (await auditLog(app)).slice(logged);
    expect(entries.map(({ action, entity, entityId, account, before, after }) => [action, entity, entityId, account, before?.['seats'], after?.['seats']])).toEqual([
      ['delete', 'License', '2', 'admin@example.com', 2, undefined],
      ['create', 'License', fresh.license.id, 'admin@example.com', undefined, 7],
      ['update', 'License', '3', 'admin@example.com', 3, 12],
      ['update', 'License', '1', 'admin@example.com', 1, 1],
      ['create', 'License', second.license.id, 'admin@example.com', undefined, 3],
    ]);
    expect(entries[3]).toMatchObject({ before: { companyId: 1, partnerId: null, status: 'Active' }, after: { companyId: null, partnerId: 1, status: 'Moved' } });
  });

  it('tells every reason at once, by change and field, and saves none of them', async () => {
    const [four, five, six, seven] = [await etagOf(4), await etagOf(5), await etagOf(6), await etagOf(7)];
    expect(await refused([
      { key: 'good', id: '4', etag: four, update: { seats: 40 } },
      { key: 'two faults', id: '5', etag: five, update: { endDate: '2025-12-31', unitCost: '1.005' } },
      { key: 'many faults', create: { ...valid, companyId: '77', productId: '88', seats: 0, status: 'elevenchars' } },
      { key: 'no owner', id: '6', etag: six, update: { companyId: null } },
      { key: 'both', id: '7', etag: seven, update: { companyId: '1', partnerId: '1' } },
      { key: 'missing', id: '999', etag: 'x', update: { seats: 1 } },
      { key: 'missing too', id: '998', etag: 'x', delete: true },
      { key: 'stale', id: '8', etag: 'x', delete: true },
      { key: 'good too', create: valid },
    ])).toEqual([
      ['two faults', 'update.endDate', 'INVALID'], ['two faults', 'update.unitCost', 'INVALID'],
      ['many faults', 'create.companyId', 'NOT_FOUND'], ['many faults', 'create.productId', 'NOT_FOUND'], ['many faults', 'create.seats', 'INVALID'], ['many faults', 'create.status', 'TOO_LONG'],
      ['no owner', 'update.companyId', 'REQUIRED'], ['both', 'update.partnerId', 'INVALID'],
      ['missing', 'id', 'NOT_FOUND'], ['missing too', 'id', 'NOT_FOUND'], ['stale', 'etag', 'CONFLICT'],
    ]);
  });

  it('answers CONFLICT with the row as it is and who changed it last', async () => {
    const [four, five] = [await etagOf(4), await etagOf(5)];
    const started = Date.now();
    await change([{ key: 'theirs', id: '4', etag: four, update: { seats: 140 } }]);
    await app.database.transaction(({ manager }) => manager.query("update license_records set status = 'Elsewhere' where id = 5"));
    const before = await everything();
    const { saved, results } = await change([
      { key: 'a', id: '4', etag: four, update: { seats: 150 } }, { key: 'b', id: '5', etag: five, delete: true }, { key: 'c', id: '6', etag: await etagOf(6), update: { seats: 60 } },
    ]);
    expect(saved).toBe(false);
    expect(results[0]).toMatchObject({ license: { id: '4', seats: 140, etag: await etagOf(4) }, lastChange: { by: 'admin@example.com', byName: 'admin' }, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect(Date.parse(results[0].lastChange.at) - started).toBeGreaterThanOrEqual(-1000);
    // Nobody here changed it: another application did.
    expect(results[1]).toMatchObject({ license: { id: '5', status: 'Elsewhere' }, deletedId: null, lastChange: null, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect(results[2]).toEqual({ key: 'c', ...untouched });
    expect(await everything()).toEqual(before);
    const again = await change([{ key: 'a', id: '4', etag: results[0].license.etag, update: { seats: 150 } }]);
    expect(again).toMatchObject({ saved: true, results: [{ license: { seats: 150 } }] });
  });

  describe('refuses', () => {
    it.each<[string, Record<string, unknown>[], [string, string, string][]]>([
      ['a change of nothing', [{ key: 'a' }], [['a', '', 'INVALID']]],
      ['two changes in one', [{ key: 'a', id: '6', etag: 'x', update: { seats: 1 }, delete: true }], [['a', '', 'INVALID']]],
      ['an update of no row', [{ key: 'a', update: { seats: 1 } }, { key: 'b', id: '6', update: { seats: 1 } }], [['a', 'id', 'REQUIRED'], ['b', 'etag', 'REQUIRED']]],
      ['a new round with an id', [{ key: 'a', id: '6', create: valid }], [['a', 'id', 'INVALID']]],
      ['two changes of one row', [{ key: 'a', id: '20', etag: 'x', update: { seats: 1 } }, { key: 'b', id: '20', etag: 'x', delete: true }], [['a', 'etag', 'CONFLICT'], ['b', 'id', 'DUPLICATE']]],
      ['the same key twice', [{ key: 'a', create: valid }, { key: 'b', create: valid }, { key: 'a', create: valid }], [['', 'changes.2.key', 'DUPLICATE']]],
      ['a key too long, and none', [{ key: 'x'.repeat(65), create: valid }, { key: '', create: valid }], [['', 'changes.0.key', 'TOO_LONG'], ['', 'changes.1.key', 'REQUIRED']]],
      ['2,001 changes', Array.from({ length: 2001 }, (_, index) => ({ key: String(index), create: valid })), [['', 'changes', 'INVALID']]],
    ])('%s', async (_title, changes, faults) => {
      expect(await refused(changes)).toEqual(faults);
    });

    it.each(['partner1', 'company1', 'viewer', 'analyst'])('%s', async (account) => {
      const before = await everything();
      const { errors } = await app.ask(account, CHANGE, { changes: [{ key: 'a', id: '6', etag: await etagOf(6), update: { seats: 99 } }] });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
      expect(await everything()).toEqual(before);
    });
  });

  it('leaves alone what it was not asked to change, and logs no change that is none', async () => {
    const logged = (await auditLog(app)).length;
    const same = await change([{ key: 'a', id: '20', etag: await etagOf(20), update: {} }, { key: 'b', id: '9', etag: await etagOf(9), update: { unitCost: '100.000', seats: 9 } }]);
    expect([same.saved, (await auditLog(app)).length]).toEqual([true, logged]);
    // In one statement with a row whose money changes.
    await change([{ key: 'a', id: '20', etag: await etagOf(20), update: { status: 'Checked' } }, { key: 'b', id: '9', etag: await etagOf(9), update: { unitCost: '123456.78', seats: 1 } }]);
    const rows = await stored();
    expect(rows.find(({ id }) => id === 20)).toMatchObject({ cost: 0.1875, total: 99, status: 'Checked', number_of_licenses: 4, currency: 'EUR', end_date: '2026-12-31' });
    expect(rows.find(({ id }) => id === 9)).toMatchObject({ status: 'Active', number_of_licenses: 1 });
    expect(Math.fround(Number(rows.find(({ id }) => id === 9)?.['cost']))).toBe(Math.fround(123456.78));
    expect(await change([])).toEqual({ saved: true, results: [], userErrors: [] });
  });

  it('lets one of several who want the same rows win, and nobody half', async () => {
    const etags = [await etagOf(30), await etagOf(31), await etagOf(32)];
    const orders = [[0, 1], [1, 0], [1, 2], [2, 1], [0, 2], [2, 0]];
    const answers = await Promise.all(orders.map((rows, racer) =>
      change(rows.map((at) => ({ key: String(at), id: String(30 + at), etag: etags[at], update: { seats: 100 + racer } })))));
    const winners = answers.flatMap(({ saved }, racer) => (saved ? [racer] : []));
    expect(winners).toHaveLength(1);
    const seats = (await stored()).filter(({ id }) => Number(id) >= 30 && Number(id) <= 32).map((row) => row['number_of_licenses']);
    const [winner = -1] = winners;
    expect(seats).toEqual([0, 1, 2].map((at) => (orders[winner]?.includes(at) ? 100 + winner : 10)));
  });

  it('saves 2,000 changes with few statements', async () => {
    const created = await change(Array.from({ length: 1000 }, (_, index) => ({ key: String(index), create: { ...valid, seats: index + 1 } })));
    expect(created.results.map(({ license }: any) => license.seats)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    const changes = [
      ...created.results.map(({ license }: any, index: number) =>
        ({ key: `u${index}`, id: license.id, etag: license.etag, ...(index % 2 === 0 ? { update: { seats: 5000 - index, currency: 'USD' } } : { delete: true }) })),
      ...Array.from({ length: 1000 }, (_, index) => ({ key: `c${index}`, create: { ...valid, status: `n${index}` } })),
    ];
    let result: any;
    const statements = await app.statementsOf(async () => (result = await change(changes)));
    expect(statements.length).toBeLessThanOrEqual(6);
    expect(result.results.slice(0, 4).map(({ license, deletedId }: any) => license?.seats ?? deletedId)).toEqual([5000, changes[1].id, 4998, changes[3].id]);
    expect(result.results.slice(1000).map(({ license }: any) => license.status)).toEqual(Array.from({ length: 1000 }, (_, index) => `n${index}`));
    const rows = new Map((await stored()).map((row) => [String(row['id']), row]));
    for (const { license } of result.results.filter(({ license: row }: any) => row !== null)) {
      expect(rows.get(license.id)).toMatchObject({ number_of_licenses: license.seats, currency: license.currency, status: license.status });
    }
    expect((await auditLog(app)).slice(-2000).map(({ entityId }) => entityId)).toEqual(result.results.map(({ license, deletedId }: any) => license?.id ?? deletedId));
  });
});
