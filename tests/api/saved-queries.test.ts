import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';

const FIELDS = 'id etag name description document variables shared view rows chart { type x y series } ownerName own mayChange createdAt changedAt';
const DOCUMENT = 'query Seats($first: Int) { licenses(first: $first) { nodes { id seats } } }';
const CHART = { type: 'BAR', x: 'id', y: 'seats', series: null };

onEachDatabase('kept queries', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());
  beforeEach(() => app.database.transaction(async ({ manager }) => {
    await manager.query('delete from sw_saved_queries');
    await manager.query('delete from sw_audit_log');
  }));

  const askAs = async (account: string, query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await app.ask(account, query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  const save = async (account: string, input: Record<string, unknown> = {}) =>
    (await askAs(account, `mutation($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { ${FIELDS} } userErrors { field code message } } }`, {
      input: { name: 'Seats', document: DOCUMENT, ...input },
    })).saveQuery;
  const update = async (account: string, { id, etag }: { id: string; etag: string }, input: Record<string, unknown>) =>
    (await askAs(account, `mutation($id: ID!, $etag: String!, $input: SavedQueryChanges!) { updateSavedQuery(id: $id, etag: $etag, input: $input) { savedQuery { ${FIELDS} } userErrors { field code } } }`, { id, etag, input })).updateSavedQuery;
  const remove = async (account: string, { id, etag }: { id: string; etag: string }) =>
    (await askAs(account, 'mutation($id: ID!, $etag: String!) { deleteSavedQuery(id: $id, etag: $etag) { deletedId savedQuery { name } userErrors { field code } } }', { id, etag })).deleteSavedQuery;
  const list = async (account: string, filter: Record<string, unknown> | null = null) =>
    (await askAs(account, 'query($filter: SavedQueryFilter) { savedQueries(filter: $filter) { nodes { name own mayChange ownerName } totalCount } }', { filter })).savedQueries;
  const read = async (account: string, id: string) => (await askAs(account, `query($id: ID!) { savedQuery(id: $id) { ${FIELDS} } }`, { id })).savedQuery;
  const faultsOf = ({ userErrors }: any) => userErrors.map(({ field, code }: any) => [...field, code].join(' '));

  it('are kept with variables and the way they are shown, changed and deleted, each change logged', async () => {
    const { savedQuery, userErrors } = await save('analyst', {
      name: '  Seats of all ', description: 'How many', variables: '{ "first": 5 }', view: 'CHART', rows: 'licenses.nodes', chart: CHART,
    });
    expect(userErrors).toEqual([]);
    expect(savedQuery).toEqual({
      id: expect.any(String), etag: expect.any(String), name: 'Seats of all', description: 'How many', document: DOCUMENT, variables: '{ "first": 5 }', shared: false,
      view: 'CHART', rows: 'licenses.nodes', chart: CHART, ownerName: 'analyst', own: true, mayChange: true,
      createdAt: expect.stringMatching(/Z$/), changedAt: savedQuery.createdAt,
    });
    expect(await read('analyst', savedQuery.id)).toEqual(savedQuery);
    const same = await update('analyst', savedQuery, { name: 'Seats of all' });
    expect(same).toEqual({ savedQuery, userErrors: [] });
    const changed = await update('analyst', savedQuery, { description: null, variables: null, chart: null, rows: null, view: 'TABLE', shared: true });
    expect(changed.userErrors).toEqual([]);
    expect(changed.savedQuery).toEqual({
      ...savedQuery, description: null, variables: null, chart: null, rows: null, view: 'TABLE', shared: true, etag: expect.any(String), changedAt: expect.any(String),
    });
    expect(changed.savedQuery.etag).not.toBe(savedQuery.etag);
    expect(await remove('analyst', changed.savedQuery)).toEqual({ deletedId: savedQuery.id, savedQuery: null, userErrors: [] });
    expect(await read('analyst', savedQuery.id)).toBeNull();
    expect((await auditLog(app)).map(({ action, entity, entityId, account, before, after }) => [action, entity, entityId, account, before?.['shared'], after?.['shared'], after?.['document']])).toEqual([
      ['create', 'SavedQuery', savedQuery.id, 'analyst@example.com', undefined, false, DOCUMENT],
      ['update', 'SavedQuery', savedQuery.id, 'analyst@example.com', false, true, DOCUMENT],
      ['delete', 'SavedQuery', savedQuery.id, 'analyst@example.com', true, undefined, undefined],
    ]);
  });

  it('are seen by others when shared, and by nobody else otherwise, administrators included', async () => {
    const { savedQuery: own } = await save('analyst', { name: 'Own' });
    const { savedQuery: shared } = await save('analyst', { name: 'shared', shared: true });
    await save('admin', { name: 'Of the administrator' });
    const mine = { own: true, mayChange: true, ownerName: 'analyst' };
    expect(await list('analyst')).toEqual({ nodes: [{ name: 'Own', ...mine }, { name: 'shared', ...mine }], totalCount: 2 });
    expect(await list('admin')).toEqual({
      nodes: [{ name: 'Of the administrator', own: true, mayChange: true, ownerName: 'admin' }, { name: 'shared', own: false, mayChange: true, ownerName: 'analyst' }], totalCount: 2,
    });
    expect((await list('admin', { own: false })).nodes.map(({ name }: any) => name)).toEqual(['shared']);
    expect((await list('admin', { own: true })).nodes.map(({ name }: any) => name)).toEqual(['Of the administrator']);
    expect((await list('admin', { search: 'SHAR' })).nodes.map(({ name }: any) => name)).toEqual(['shared']);
    expect((await list('admin', { search: 'Own' })).totalCount).toBe(0);
    expect(await read('admin', own.id)).toBeNull();
    expect((await read('admin', shared.id)).name).toBe('shared');
    for (const change of [await update('admin', own, { name: 'x' }), await remove('admin', own)]) expect(faultsOf(change)).toEqual(['id NOT_FOUND']);
  });

  it('come page by page, by name', async () => {
    for (const name of ['b', 'A', 'c']) await save('analyst', { name });
    const page = async (after: string | null) =>
      (await askAs('analyst', 'query($after: String) { savedQueries(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } totalCount } }', { after })).savedQueries;
    const first = await page(null);
    expect([first.nodes.map(({ name }: any) => name), first.pageInfo.hasNextPage, first.totalCount]).toEqual([['A', 'b'], true, 3]);
    const second = await page(first.pageInfo.endCursor);
    expect([second.nodes.map(({ name }: any) => name), second.pageInfo.hasNextPage]).toEqual([['c'], false]);
  });

  it('are changed and deleted by their owner and by administrators only', async () => {
    const { savedQuery } = await save('admin', { name: 'Of the administrator', shared: true });
    const seen = await read('analyst', savedQuery.id);
    expect(seen).toMatchObject({ own: false, mayChange: false, ownerName: 'admin' });
    expect(faultsOf(await update('analyst', seen, { name: 'Mine now' }))).toEqual(['id INVALID']);
    expect(await remove('analyst', seen)).toEqual({ deletedId: null, savedQuery: null, userErrors: [{ field: ['id'], code: 'INVALID' }] });
    expect((await read('admin', savedQuery.id)).name).toBe('Of the administrator');
    const { savedQuery: others } = await save('analyst', { shared: true });
    const changed = await update('admin', others, { name: 'Put right', shared: false });
    expect([changed.userErrors, changed.savedQuery]).toEqual([[], null]);
    expect(await read('admin', others.id)).toBeNull();
    expect((await read('analyst', others.id)).name).toBe('Put right');
    expect((await auditLog(app)).map(({ action, account }) => `${action} ${account}`)).toEqual(['create admin@example.com', 'create analyst@example.com', 'update admin@example.com']);
  });

  it('tell whoever comes second what the query is now', async () => {
    const { savedQuery } = await save('analyst', { shared: true });
    const first = await update('admin', savedQuery, { name: 'First' });
    const second = await update('analyst', savedQuery, { name: 'Second' });
    expect(faultsOf(second)).toEqual(['etag CONFLICT']);
    expect(second.savedQuery).toMatchObject({ name: 'First', etag: first.savedQuery.etag });
    expect(await remove('analyst', savedQuery)).toEqual({ deletedId: null, savedQuery: { name: 'First' }, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
    expect((await update('analyst', second.savedQuery, { name: 'Second' })).savedQuery.name).toBe('Second');
  });

  describe('are refused', () => {
    it.each([
      ['without a name', { name: ' ' }, ['input name REQUIRED']],
      ['with a long name', { name: 'x'.repeat(101) }, ['input name TOO_LONG']],
      ['with a long description', { description: 'x'.repeat(301) }, ['input description TOO_LONG']],
      ['without a query', { document: '\n' }, ['input document REQUIRED']],
      ['with a long query', { document: `{ a } # ${'x'.repeat(10_000)}` }, ['input document TOO_LONG']],
      ['with what is no GraphQL', { document: '{ licenses(first: ' }, ['input document INVALID']],
      ['with what nests without end', { document: '{a'.repeat(4000) }, ['input document INVALID']],
      ['with more tokens than any query may have', { document: `{ ${'a '.repeat(3000)} }` }, ['input document INVALID']],
      ['with a fragment alone', { document: 'fragment F on License { id }' }, ['input document INVALID']],
      ['with a mutation', { document: 'mutation { signOut { signedOut } }' }, ['input document INVALID']],
      ['with a mutation beside a query', { document: 'query A { viewer { email } } mutation B { signOut { signedOut } }' }, ['input document INVALID']],
      ['with a type', { document: '{ viewer { email } } type A { b: Int }' }, ['input document INVALID']],
      ['with variables that are no JSON', { variables: '{ first: 5 }' }, ['input variables INVALID']],
      ['with variables that are no object', { variables: '[1]' }, ['input variables INVALID']],
      ['with long variables', { variables: `{ "a": "${'x'.repeat(4000)}" }` }, ['input variables TOO_LONG']],
      ['with a long path of rows', { rows: 'x'.repeat(201) }, ['input rows TOO_LONG']],
      ['with a chart of nothing', { chart: { ...CHART, x: '', series: ' ' } }, ['input chart x REQUIRED', 'input chart series REQUIRED']],
      ['with characters that no database keeps', { name: 'a\u0000b', document: '{ a } # \ud800' }, ['input name INVALID', 'input document INVALID']],
      ['with several faults, all told', { name: '', document: 'x', variables: 'x' }, ['input name REQUIRED', 'input document INVALID', 'input variables INVALID']],
    ])('%s', async (_, input, faults) => {
      expect(faultsOf(await save('analyst', input))).toEqual(faults);
      const { savedQuery } = await save('analyst');
      expect(faultsOf(await update('analyst', savedQuery, input))).toEqual(faults);
      expect(await read('analyst', savedQuery.id)).toEqual(savedQuery);
      expect((await auditLog(app)).length).toBe(1);
    });

    it('where a change takes away what every query has', async () => {
      const { savedQuery } = await save('analyst');
      expect(faultsOf(await update('analyst', savedQuery, { name: null, document: null, shared: null, view: null }))).toEqual([
        'input name REQUIRED', 'input document REQUIRED', 'input shared REQUIRED', 'input view REQUIRED',
      ]);
    });

    it('from the 201st of one account on', async () => {
      await app.database.transaction(async ({ manager }) => {
        const [{ id }] = await manager.query(`select id from sw_accounts where email = 'analyst@example.com'`);
        for (let number = 1; number <= 200; number += 1) {
          await manager.insert('SavedQuery', {
            ownerId: id, name: `Q${number}`, description: null, document: DOCUMENT, variables: null, shared: 0, view: 'JSON', rowsPath: null, chartJson: null,
            createdAt: new Date(), changedAt: new Date(),
          });
        }
      });
      expect(faultsOf(await save('analyst'))).toEqual(['INVALID']);
      expect((await list('analyst')).totalCount).toBe(200);
      expect((await save('admin')).userErrors).toEqual([]);
    });
  });

  it('hold the longest texts of the widest characters, and so does their history', async () => {
    const wide = (length: number) => '\u{1F9EE}'.repeat(length);
    const { savedQuery, userErrors } = await save('analyst', {
      name: wide(100), description: wide(300), document: `{ viewer { email } } # ${wide(9977)}`, variables: `{ "a": "${wide(3989)}" }`, shared: true,
    });
    expect(userErrors).toEqual([]);
    expect([...savedQuery.document].length).toBe(10_000);
    expect((await update('analyst', savedQuery, { name: '‮ \' or 1=1 -- %_!' })).savedQuery.name).toBe('‮ \' or 1=1 -- %_!');
    expect((await remove('admin', await read('admin', savedQuery.id))).deletedId).toBe(savedQuery.id);
    expect((await auditLog(app)).length).toBe(3);
  });
});

onEachDatabase('the reference of the API', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());

  const reference = async (account: string): Promise<string> => (await app.ask(account, '{ apiReference }')).data.apiReference;

  it('is the viewer\'s own schema with its permissions: what they may not call is not in it', async () => {
    const [admin, analyst] = [await reference('admin'), await reference('analyst')];
    for (const text of [admin, analyst]) {
      expect(text).toContain('licenses(');
      expect(text).toContain('@requires(permission: READ_LICENSES)');
    }
    expect(admin).toContain('createLicense(');
    expect(admin).toContain('input CreateLicenseInput');
    expect(analyst).not.toContain('createLicense(');
    expect(analyst).not.toContain('CreateLicenseInput');
    expect(analyst).toContain('saveQuery(');
  });

  it('is for those who may read the schema', async () => {
    for (const account of ['viewer', 'partner1', 'company1']) {
      expect((await app.ask(account, '{ apiReference }')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    expect((await app.ask(null, '{ apiReference }')).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });
});
