import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

const subjects = [
  { type: 'License', root: 'license', input: { seats: 11 }, second: { seats: 12 }, read: 'seats', lonely: '2' },
  { type: 'Company', root: 'company', input: { name: 'mine' }, second: { name: 'theirs' }, read: 'name', lonely: '2' },
  { type: 'Partner', root: 'partner', input: { name: 'mine' }, second: { name: 'theirs' }, read: 'name', lonely: '2' },
  { type: 'Product', root: 'product', input: { label: 'mine' }, second: { label: 'theirs' }, read: 'label', lonely: '2' },
];

onEachDatabase('changes by several people', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [1, 2, 3, 4].map((id) => ({ id, partner_name: `P${id}` })),
        company: [1, 2, 3, 4].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: id === 1 ? 1 : id === 4 ? 4 : null })),
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
        license: [round({ id: 1, company_id: 1 }), round({ id: 2, company_id: 1 })],
        user: [user(1, { company_id: 3 }), user(2, { partner_id: 3 })],
      },
    });
  });
  afterAll(() => app.stop());

  const etagOf = async (root: string, id: string) => (await app.ask('admin', `{ row: ${root}(id: ${id}) { etag } }`)).data.row?.etag ?? null;
  const update = async (type: string, root: string, read: string, variables: Record<string, unknown>) => {
    const { data, errors } = await app.ask('admin', `mutation($id: ID!, $etag: String!, $input: Update${type}Input!) {
      result: update${type}(id: $id, etag: $etag, input: $input) { row: ${root} { id etag ${read} } userErrors { field code } } }`, variables);
    expect(errors).toBeUndefined();
    return data.result;
  };
  const remove = async (type: string, id: string, etag: string) => {
    const { data, errors } = await app.ask('admin', `mutation($id: ID!, $etag: String!) { result: delete${type}(id: $id, etag: $etag) { deletedId userErrors { field code message } } }`, { id, etag });
    expect(errors).toBeUndefined();
    return data.result;
  };

  it.each(subjects)('answers CONFLICT with the row as it now is: $type', async ({ type, root, input, second, read }) => {
    const etag = await etagOf(root, '2');
    const mine = await update(type, root, read, { id: '2', etag, input });
    expect(mine.userErrors).toEqual([]);
    const logged = (await auditLog(app)).length;
    expect(await update(type, root, read, { id: '2', etag, input: second })).toEqual({ row: mine.row, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect(await remove(type, '2', etag)).toMatchObject({ deletedId: null, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect([await etagOf(root, '2'), (await auditLog(app)).length]).toEqual([mine.row.etag, logged]);
  });

  it.each(subjects)('lets exactly one of ten win: $type', async ({ type, root, read }) => {
    const field = read;
    const etag = await etagOf(root, '2');
    const logged = (await auditLog(app)).length;
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) =>
      update(type, root, read, { id: '2', etag, input: { [field]: field === 'seats' ? 100 + index : `racer ${index}` } })));
    const winners = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ userErrors }) => userErrors.length > 0);
    expect(losers.map(({ row, userErrors }) => [row.etag, userErrors[0].code])).toEqual(Array(9).fill([winners[0].row.etag, 'CONFLICT']));
    expect(await etagOf(root, '2')).toBe(winners[0].row.etag);
    expect((await auditLog(app)).length).toBe(logged + 1);
  });

  it.each(subjects)('does not find what is not there: $type', async ({ type, root, read, input }) => {
    const missing = [{ field: ['id'], code: 'NOT_FOUND' }];
    expect(await update(type, root, read, { id: '99', etag: 'x', input })).toEqual({ row: null, userErrors: missing });
    expect(await remove(type, '99', 'x')).toMatchObject({ deletedId: null, userErrors: missing });
  });

  it.each([['Company', '1', '2 licences'], ['Company', '3', '1 users'], ['Partner', '1', '1 companies'], ['Partner', '3', '1 users'], ['Partner', '4', '1 companies'], ['Product', '1', '2 licences']])(
    'keeps %s %s while others refer to it', async (type, id, why) => {
      const root = type.toLowerCase();
      const etag = await etagOf(root, id);
      const logged = (await auditLog(app)).length;
      expect(await remove(type, id, etag)).toEqual({ deletedId: null, userErrors: [{ field: ['id'], code: 'IN_USE', message: expect.stringContaining(why) }] });
      expect([await etagOf(root, id), (await auditLog(app)).length]).toEqual([etag, logged]);
    });

  it.each(subjects)('deletes, and keeps the last state in the log: $type', async ({ type, root, lonely }) => {
    const etag = await etagOf(root, lonely);
    expect(await remove(type, lonely, etag)).toEqual({ deletedId: lonely, userErrors: [] });
    expect(await etagOf(root, lonely)).toBeNull();
    expect((await auditLog(app)).at(-1)).toMatchObject({ action: 'delete', entity: type, entityId: lonely, before: { id: Number(lonely) }, after: null });
    expect(await remove(type, lonely, etag)).toMatchObject({ deletedId: null, userErrors: [{ field: ['id'], code: 'NOT_FOUND' }] });
  });

  it('undoes the change when it cannot be logged', async () => {
    const etag = await etagOf('company', '4');
    await app.database.transaction(({ manager }) => manager.query('alter table sw_audit_log rename to sw_audit_gone'));
    try {
      const { data, errors } = await app.ask('admin', 'mutation($etag: String!) { updateCompany(id: 4, etag: $etag, input: { name: "unlogged" }) { company { id } } }', { etag });
      expect([data, errors?.[0]?.extensions['code']]).toEqual([null, 'INTERNAL_SERVER_ERROR']);
      const created = await app.ask('admin', 'mutation { createCompany(input: { name: "unlogged" }) { company { id } } }');
      expect(created.errors).toHaveLength(1);
    } finally {
      await app.database.transaction(({ manager }) => manager.query('alter table sw_audit_gone rename to sw_audit_log'));
    }
    expect(await etagOf('company', '4')).toBe(etag);
    expect((await app.ask('admin', '{ companies(filter: { name: { eq: "unlogged" } }) { totalCount } }')).data.companies.totalCount).toBe(0);
  });
});
