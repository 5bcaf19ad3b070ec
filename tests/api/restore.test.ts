import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { insertRows, round, type Rows } from '../support/rows.js';

const LICENSE = 'id etag owner { ... on Company { name } ... on Partner { name } } product { code } startDate endDate seats unitCost { amount currency } totalCost { amount } totalCostDisagrees status';
const reads: Record<string, string> = { License: LICENSE, Company: 'id etag name active partner { id }', Partner: 'id etag name', Product: 'id etag code label' };
const rootOf = (type: string) => type.toLowerCase();

const rows: Rows = {
  partner: [1, 2, 3].map((id) => ({ id, partner_name: `P${id}` })),
  company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 0, partner_id: 2 }],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
  license: [
    // A price that single precision does not hold, and a total that disagrees.
    round({ id: 1, company_id: 1, number_of_licenses: 3, cost_per_license: 19.99, total_cost: 61.5, status: 'Old' }),
    // What the rules for new rounds would refuse: two owners, and an end before the start.
    round({ id: 2, company_id: 1, partner_id: 3, end_date: '2025-01-01' }),
    round({ id: 3, partner_id: 1, product_code_id: 2, currency: 'KWD', cost_per_license: 0.125, number_of_licenses: 8, end_date: null }),
  ],
};

onEachDatabase('restoring', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    await app.database.transaction(async ({ manager }) => {
      for (const table of ['license_records', 'companies', 'partners', 'license_product_codes', 'sw_audit_log']) await manager.query(`delete from ${table}`);
    });
    await insertRows(app.database, rows);
  });

  const read = async (type: string, id: string) => (await app.ask('admin', `{ row: ${rootOf(type)}(id: ${id}) { ${reads[type]} } }`)).data.row;
  const mutate = async (query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await app.ask('admin', query, variables);
    expect(errors).toBeUndefined();
    return data.result;
  };
  const remove = async (type: string, id: string) => {
    const { etag } = await read(type, id);
    const { userErrors } = await mutate(`mutation($id: ID!, $etag: String!) { result: delete${type}(id: $id, etag: $etag) { userErrors { message } } }`, { id, etag });
    expect(userErrors).toEqual([]);
  };
  const restore = (type: string, id: string) => mutate(`mutation($id: ID!) { result: restore${type}(id: $id) { row: ${rootOf(type)} { ${reads[type]} } userErrors { field code message } } }`, { id });
  const refused = (code: string, message: string) => ({ row: null, userErrors: [{ field: ['id'], code, message }] });
  const update = async (id: string, input: Record<string, unknown>) => {
    const { etag } = await read('License', id);
    const { userErrors } = await mutate('mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) { result: updateLicense(id: $id, etag: $etag, input: $input) { userErrors { message } } }', { id, etag, input });
    expect(userErrors).toEqual([]);
  };
  const entries = async (type: string, id: string) => (await app.ask('admin', `{ auditLog(filter: { entities: ["${type}"], entityId: "${id}" }) { nodes { id action via restorable } } }`)).data.auditLog.nodes;

  it.each([['License', '1'], ['License', '2'], ['License', '3'], ['Company', '2'], ['Partner', '2'], ['Product', '2']])('brings a %s (%s) back with its id, as it was, and its history', async (type, id) => {
    if (type === 'Partner') await remove('Company', '2');
    if (type === 'Product') await remove('License', '3');
    const before = await read(type, id);
    await remove(type, id);
    expect(await read(type, id)).toBeNull();
    expect(await entries(type, id)).toEqual([{ id: expect.any(String), action: 'DELETE', via: 'API', restorable: true }]);
    // The etag covers every column to the last bit.
    expect(await restore(type, id)).toEqual({ row: before, userErrors: [] });
    expect(await read(type, id)).toEqual(before);
    expect(await entries(type, id)).toMatchObject([{ action: 'RESTORE', via: 'HISTORY', restorable: false }, { action: 'DELETE', via: 'API', restorable: false }]);
    const [deleted, restored] = (await auditLog(app)).slice(-2);
    expect([restored?.before, restored?.after, restored?.account]).toEqual([null, deleted?.before, 'admin@example.com']);
    expect((await restore(type, id)).userErrors).toMatchObject([{ field: ['id'], code: 'DUPLICATE' }]);
    expect(await entries(type, id)).toHaveLength(2);
  });

  it('finds what was deleted, restored and deleted again, with all its changes', async () => {
    await update('1', { seats: 7 });
    await remove('License', '1');
    await restore('License', '1');
    await update('1', { seats: 9 });
    await remove('License', '1');
    expect((await entries('License', '1')).map(({ action, restorable }: any) => [action, restorable])).toEqual([
      ['DELETE', true], ['UPDATE', false], ['RESTORE', false], ['DELETE', false], ['UPDATE', false],
    ]);
    const { data } = await app.ask('admin', '{ auditLog(filter: { restorable: true }) { nodes { entity entityId restorable } } rest: auditLog(filter: { restorable: false }) { totalCount } }');
    expect(data).toEqual({ auditLog: { nodes: [{ entity: 'License', entityId: '1', restorable: true }] }, rest: { totalCount: 4 } });
    expect((await restore('License', '1')).row.seats).toBe(9);
    expect((await app.ask('analyst', '{ license(id: 1) { history { nodes { action } } } }')).data.license.history.nodes.map(({ action }: any) => action)).toEqual([
      'RESTORE', 'DELETE', 'UPDATE', 'RESTORE', 'DELETE', 'UPDATE',
    ]);
  });

  it('waits until what it refers to is back', async () => {
    await remove('License', '3');
    await remove('License', '2');
    await remove('License', '1');
    await remove('Company', '1');
    await remove('Partner', '1');
    await remove('Product', '2');
    expect(await restore('License', '3')).toEqual(refused('NOT_FOUND', 'The partner 1 and the product 2 of this licence are gone. Restore them first.'));
    expect(await restore('License', '1')).toEqual(refused('NOT_FOUND', 'The company 1 of this licence is gone. Restore it first.'));
    expect(await restore('Company', '1')).toEqual(refused('NOT_FOUND', 'The partner 1 of this company is gone. Restore it first.'));
    for (const [type, id] of [['Partner', '1'], ['Product', '2'], ['Company', '1'], ['License', '3'], ['License', '1']] as const) expect((await restore(type, id)).userErrors).toEqual([]);
    expect((await auditLog(app)).filter(({ action }) => action === 'restore')).toHaveLength(5);
  });

  it('refuses what was never deleted, what another application made anew, and a code that is taken', async () => {
    expect(await restore('License', '99')).toEqual(refused('NOT_FOUND', 'There is no deleted licence with this id.'));
    expect(await restore('Company', '1')).toEqual(refused('DUPLICATE', 'A company with this id is there already.'));
    await remove('License', '1');
    await insertRows(app.database, { license: [round({ id: 1, company_id: 1 })] });
    expect(await restore('License', '1')).toEqual(refused('DUPLICATE', 'A licence with this id is there already.'));
    expect(await entries('License', '1')).toMatchObject([{ action: 'DELETE', restorable: false }]);
    // Deleted by another application: the last change is not the deletion.
    await update('3', { seats: 4 });
    await app.database.transaction(({ manager }) => manager.query('delete from license_records where id = 3'));
    expect(await restore('License', '3')).toEqual(refused('NOT_FOUND', 'There is no deleted licence with this id.'));
    await remove('Product', '2');
    await insertRows(app.database, { product: [{ id: 7, code: 'adm', label: 'Another' }] });
    expect(await restore('Product', '2')).toEqual(refused('DUPLICATE', 'Another product has the code ADM.'));
  });

  it('lets one of five win', async () => {
    await remove('License', '1');
    const answers = await Promise.all(Array.from({ length: 5 }, () => restore('License', '1')));
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'RESTORED').sort()).toEqual([...Array(4).fill('DUPLICATE'), 'RESTORED']);
    expect((await entries('License', '1')).map(({ action }: any) => action)).toEqual(['RESTORE', 'DELETE']);
  });

  describe('an earlier value', () => {
    const revert = async (entryId: string, fields: string[] | null = null, { id = '1', etag }: { id?: string; etag?: string } = {}) => mutate(
      `mutation($id: ID!, $etag: String!, $entryId: ID!, $fields: [String!]) { result: revertLicense(id: $id, etag: $etag, entryId: $entryId, fields: $fields) {
        license { ${LICENSE} } userErrors { field code message } } }`,
      { id, etag: etag ?? (await read('License', id))?.etag ?? 'none', entryId, fields },
    );
    const lastEntry = async (id = '1') => (await entries('License', id))[0].id as string;
    const error = (field: string[], code: string) => ({ license: null, userErrors: [{ field, code, message: expect.any(String) }] });

    it('comes back, and what follows from it', async () => {
      await update('1', { seats: 4, status: 'New', unitCost: '25', endDate: null });
      const entry = await lastEntry();
      await update('1', { startDate: '2026-02-01' });
      const { license, userErrors } = await revert(entry, ['seats']);
      expect(userErrors).toEqual([]);
      expect(license).toMatchObject({ seats: 3, status: 'New', unitCost: { amount: '25.00' }, totalCost: { amount: '75.00' }, startDate: '2026-02-01', endDate: null });
      expect((await revert(entry)).license).toMatchObject({
        seats: 3, status: 'Old', unitCost: { amount: '19.99', currency: 'EUR' }, totalCost: { amount: '59.97' }, startDate: '2026-02-01', endDate: '2026-12-31',
      });
      expect((await entries('License', '1')).map(({ action, via }: any) => `${action} ${via}`)).toEqual(['UPDATE HISTORY', 'UPDATE HISTORY', 'UPDATE API', 'UPDATE API']);
      // All is as it was already: nothing to record.
      expect((await revert(entry)).userErrors).toEqual([]);
      expect(await entries('License', '1')).toHaveLength(4);
    });

    it('moves a round back to the owner of the other kind', async () => {
      await update('1', { partnerId: '2' });
      const moved = await lastEntry();
      expect((await revert(moved, ['companyId'])).license.owner).toEqual({ name: 'C1' });
      expect((await revert(await lastEntry(), ['companyId'])).license.owner).toEqual({ name: 'P2' });
    });

    it('is refused where the change has none, is of another round, or did not touch the field', async () => {
      await update('1', { seats: 4 });
      await update('3', { seats: 5 });
      const [one, three] = [await lastEntry('1'), await lastEntry('3')];
      expect(await revert(three)).toEqual(error(['entryId'], 'NOT_FOUND'));
      expect(await revert('999999')).toEqual(error(['entryId'], 'NOT_FOUND'));
      expect(await revert(one, ['status'])).toEqual(error(['fields'], 'INVALID'));
      expect(await revert(one, ['totalCost'])).toEqual(error(['fields'], 'INVALID'));
      expect(await revert(one, [])).toEqual(error(['fields'], 'INVALID'));
      await remove('License', '1');
      expect(await revert(one, null, { etag: 'x' })).toEqual(error(['id'], 'NOT_FOUND'));
      await restore('License', '1');
      expect(await revert(await lastEntry())).toEqual(error(['entryId'], 'INVALID'));
    });

    it('is judged as any change is', async () => {
      await update('1', { companyId: '2', startDate: '2026-06-01', endDate: '2026-06-30' });
      const entry = await lastEntry();
      await update('1', { startDate: '2027-01-01', endDate: '2027-12-31' });
      await app.database.transaction(({ manager }) => manager.query('delete from companies where id = 1'));
      const { license, userErrors } = await revert(entry, ['companyId', 'endDate']);
      expect([license, userErrors.map(({ field, code }: any) => [...field, code])]).toEqual([null, [['fields', 'companyId', 'NOT_FOUND'], ['fields', 'endDate', 'INVALID']]]);
    });

    it('meets a conflict with whoever was faster', async () => {
      await update('1', { seats: 4 });
      const entry = await lastEntry();
      const { etag } = await read('License', '1');
      await update('1', { seats: 5 });
      expect(await revert(entry, null, { etag })).toEqual({
        license: await read('License', '1'), userErrors: [{ field: ['etag'], code: 'CONFLICT', message: expect.any(String) }],
      });
    });
  });
});
