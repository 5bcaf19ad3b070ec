import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { changeAccount, newMaker, outcomeOf, roundsOf, tenantRows, tokenBy } from '../support/api-tokens.js';
import { PASSWORD, post, startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

const who = '{ viewer { email role permissions } }';

onEachDatabase('the rights of API tokens', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: tenantRows });
  });
  afterAll(() => app.stop());

  it('are what their maker may, but for what is personal', async () => {
    const { token } = await tokenBy(app, 'admin', { role: 'ADMIN' });
    const { data } = await post(app.url, token, who);
    expect(data.viewer).toMatchObject({ email: 'admin@example.com', role: 'ADMIN' });
    const session = (await app.ask('admin', who)).data.viewer.permissions as string[];
    expect([...data.viewer.permissions].sort()).toEqual(session.filter((name) => !['USE_SESSION', 'USE_API_TOKENS', 'MANAGE_ACCOUNTS'].includes(name)).sort());
    expect(await roundsOf(app, token)).toEqual([1, 2, 3, 11, 12]);
  });

  it.each([
    '{ viewer { sessions { id } } }', '{ viewer { apiTokens { id } } }', '{ viewer { apiTokenRoles { role } } }', '{ apiTokens { totalCount } }', '{ accounts { totalCount } }',
    'mutation { createApiToken(input: { name: "x", role: ADMIN, expiresInDays: 1 }) { token } }', 'mutation { revokeOwnApiToken(id: 1) { revokedId } }',
    'mutation { revokeApiToken(id: 1) { revokedId } }', 'mutation { signOut { signedOut } }', 'mutation { revokeOwnSession(id: 1) { revokedId } }',
    'mutation { revokeSession(id: 1) { revokedId } }', 'mutation { updateAccount(id: 1, input: { disabled: true }) { userErrors { code } } }',
    `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another long one" }) { changed } }`,
    'mutation { resetPassword(id: 2, newPassword: "another long one") { userErrors { code } } }',
    `mutation { createAccount(input: { email: "e@example.org", displayName: "E", role: ADMIN, password: "${PASSWORD}" }) { userErrors { code } } }`,
  ])('are never %s', async (query) => {
    const { token } = await tokenBy(app, 'admin', { role: 'ADMIN' });
    const { data, errors } = await post(app.url, token, query);
    expect(['FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED']).toContain(errors?.[0]?.extensions['code']);
    expect(JSON.stringify(data ?? null)).not.toMatch(/true|swt_|"id"/);
  });

  it('are only the permissions that were chosen', async () => {
    const { token } = await tokenBy(app, 'admin', { role: 'ADMIN', permissions: ['READ_LICENSES', 'READ_LICENSES'] });
    expect((await post(app.url, token, who)).data.viewer.permissions.sort()).toEqual(['READ_LICENSES', 'SEE_ONESELF']);
    expect(await roundsOf(app, token)).toEqual([1, 2, 3, 11, 12]);
    expect(outcomeOf(await post(app.url, token, '{ companies { totalCount } }'))).toBe('FORBIDDEN');
    expect(outcomeOf(await post(app.url, token, 'mutation { result: deleteLicense(id: 1, etag: "x") { userErrors { code } } }'))).toBe('FORBIDDEN');
    expect(outcomeOf(await post(app.url, token, '{ __schema { types { name } } }'))).toBe('FORBIDDEN');
    const file = await fetch(`${app.url}/exports/licenses.csv`, { headers: { authorization: `Bearer ${token}` } });
    expect(file.status).toBe(403);
  });

  it.each([
    ['partner1', { role: 'PARTNER' }, [1, 2, 11], { role: 'PARTNER', partner: { id: '1' }, company: null }],
    ['partner1', { role: 'COMPANY', companyId: '2' }, [2], { role: 'COMPANY', partner: null, company: { id: '2' } }],
    ['company3', { role: 'COMPANY' }, [3], { role: 'COMPANY', partner: null, company: { id: '3' } }],
    ['admin', { role: 'PARTNER', partnerId: '2' }, [3, 12], { role: 'PARTNER', partner: { id: '2' }, company: null }],
    ['viewer', { role: 'COMPANY', companyId: '1' }, [1], { role: 'COMPANY', partner: null, company: { id: '1' } }],
  ])('of what %s makes with %j are the rounds %j', async (maker, input, expected, viewer) => {
    const { token } = await tokenBy(app, maker, input);
    expect(await roundsOf(app, token)).toEqual(expected);
    const { data } = await post(app.url, token, viewer.role === 'COMPANY' ? '{ viewer { role company { id } } }' : '{ viewer { role partner { id } } }');
    expect(viewer).toMatchObject(data.viewer);
    const file = await (await fetch(`${app.url}/exports/licenses.csv`, { headers: { authorization: `Bearer ${token}` } })).text();
    expect(file.trim().split('\n')).toHaveLength(expected.length + 1);
    for (const id of [1, 2, 3, 11, 12].filter((one) => !(expected).includes(one))) {
      const foreign = await post(app.url, token, `{ license(id: ${id}) { id } }`);
      expect(foreign.data).toEqual((await post(app.url, token, '{ license(id: 987654) { id } }')).data);
    }
  });

  it('shrink with the company that goes to another partner', async () => {
    const { token } = await tokenBy(app, 'partner1', { role: 'COMPANY', companyId: '2' });
    expect(await roundsOf(app, token)).toEqual([2]);
    const moveTo = (partner: number) => app.database.transaction(({ manager }) => manager.query(`update ${app.database.tables.company.name} set partner_id = ${partner} where id = 2`));
    await moveTo(2);
    expect(await roundsOf(app, token)).toEqual([]);
    expect((await post(app.url, token, '{ viewer { role company { id } } }')).data.viewer).toEqual({ role: 'COMPANY', company: null });
    await moveTo(1);
  });

  it('shrink with the rights of its maker, and come back with them', async () => {
    const maker = await newMaker(app, 'ADMIN');
    const { token } = await tokenBy(app, maker.bearer, { role: 'ADMIN' });
    const rights = async () => {
      const { data } = await post(app.url, token, who);
      return [data.viewer.role, data.viewer.permissions.includes('WRITE_LICENSES'), data.viewer.permissions.includes('INTROSPECT'), await roundsOf(app, token)];
    };
    expect(await rights()).toEqual(['ADMIN', true, true, [1, 2, 3, 11, 12]]);
    await changeAccount(app, maker.id, { role: 'VIEWER' });
    expect(await rights()).toEqual(['VIEWER', false, false, [1, 2, 3, 11, 12]]);
    await changeAccount(app, maker.id, { role: 'PARTNER', partnerId: '2' });
    expect(await rights()).toEqual(['PARTNER', false, false, [3, 12]]);
    await changeAccount(app, maker.id, { role: 'COMPANY', companyId: '1' });
    expect(await rights()).toEqual(['COMPANY', false, false, [1]]);
    await changeAccount(app, maker.id, { role: 'ADMIN' });
    expect(await rights()).toEqual(['ADMIN', true, true, [1, 2, 3, 11, 12]]);
  });

  it('are on what both see when its maker is confined to somebody else now', async () => {
    const maker = await newMaker(app, 'PARTNER', { partnerId: '1' });
    const [wide, narrow] = [await tokenBy(app, maker.bearer, { role: 'PARTNER' }), await tokenBy(app, maker.bearer, { role: 'COMPANY', companyId: '1' })];
    await changeAccount(app, maker.id, { partnerId: '2' });
    expect([await roundsOf(app, wide.token), await roundsOf(app, narrow.token)]).toEqual([[], []]);
    await changeAccount(app, maker.id, { role: 'COMPANY', companyId: '1' });
    expect([await roundsOf(app, wide.token), await roundsOf(app, narrow.token)]).toEqual([[1], [1]]);
  });

  it('hide money where the installation hides it from the maker', async () => {
    const strict = await startTestApp(kind, { rows: tenantRows, environment: { VIEWER_SEES_MONEY: '0' } });
    try {
      const { token } = await tokenBy(strict, 'viewer', { role: 'COMPANY', companyId: '1' });
      expect((await post(strict.url, token, '{ viewer { permissions } }')).data.viewer.permissions).not.toContain('READ_MONEY');
    } finally {
      await strict.stop();
    }
  });
});
