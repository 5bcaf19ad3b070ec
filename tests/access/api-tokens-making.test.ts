import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { makeToken, newMaker, outcomeOf, storedToken, tenantRows } from '../support/api-tokens.js';
import { post, startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

onEachDatabase('the making of API tokens', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: tenantRows });
  });
  afterAll(() => app.stop());

  it('shows the token once and keeps its hash alone', async () => {
    const { data } = await app.ask('analyst', `mutation { result: createApiToken(input: { name: " nightly export ", role: ANALYST, expiresInDays: 365 }) {
      token apiToken { id name ending role partner { id } company { id } permissions createdAt expiresAt revokedAt lastUsedAt lastUsedAddress state } userErrors { code } } }`);
    const { token, apiToken } = data.result;
    expect(token).toMatch(/^swt_[A-Za-z0-9_-]{43}$/);
    expect(apiToken).toMatchObject({
      name: 'nightly export', ending: token.slice(-4), role: 'ANALYST', partner: null, company: null, permissions: null, revokedAt: null, lastUsedAt: null, lastUsedAddress: null, state: 'ACTIVE',
    });
    expect(Date.parse(apiToken.expiresAt) - Date.parse(apiToken.createdAt)).toBe(365 * 86_400_000);
    const row = await storedToken(app, apiToken.id);
    expect(row['token_hash']).toBe(createHash('sha256').update(token).digest('hex'));
    const everything = JSON.stringify([row, await app.database.read(sql`select * from sw_audit_log`)]);
    expect(everything).not.toContain(token);
    expect(JSON.stringify(await app.database.read(sql`select * from sw_audit_log`))).not.toContain(String(row['token_hash']));
    const own = await app.ask('analyst', '{ viewer { apiTokens { id name ending state } } }');
    expect(own.data.viewer.apiTokens).toContainEqual({ id: apiToken.id, name: 'nightly export', ending: token.slice(-4), state: 'ACTIVE' });
    expect(JSON.stringify(own)).not.toContain(token.slice(4, 30));
  });

  it.each([
    ['partner1', { role: 'ADMIN' }, 'input.role INVALID'],
    ['partner1', { role: 'VIEWER' }, 'input.role INVALID'],
    ['partner1', { role: 'PARTNER', partnerId: '2' }, 'input.partnerId NOT_FOUND'],
    ['partner1', { role: 'COMPANY', companyId: '3' }, 'input.companyId NOT_FOUND'],
    ['partner1', { role: 'COMPANY', companyId: '999' }, 'input.companyId NOT_FOUND'],
    ['partner1', { role: 'COMPANY', companyId: "1' or '1'='1" }, 'input.companyId NOT_FOUND'],
    ['partner1', { role: 'COMPANY' }, 'input.companyId REQUIRED'],
    ['partner1', { role: 'PARTNER', companyId: '1' }, 'input.companyId INVALID'],
    ['company1', { role: 'PARTNER' }, 'input.role INVALID, input.partnerId REQUIRED'],
    ['company1', { role: 'COMPANY', companyId: '2' }, 'input.companyId NOT_FOUND'],
    ['analyst', { role: 'ADMIN' }, 'input.role INVALID'],
    ['viewer', { role: 'ANALYST' }, 'input.role INVALID'],
    ['viewer', { role: 'PARTNER' }, 'input.partnerId REQUIRED'],
    ['viewer', { role: 'VIEWER', permissions: ['READ_LICENSES', 'WRITE_LICENSES'] }, 'input.permissions INVALID'],
    ['viewer', { role: 'PARTNER', partnerId: '1', permissions: ['EMBED_DASHBOARDS'] }, 'input.permissions INVALID'],
    ['admin', { role: 'ADMIN', permissions: ['MANAGE_ACCOUNTS'] }, 'input.permissions INVALID'],
    ['admin', { role: 'ADMIN', permissions: ['USE_API_TOKENS'] }, 'input.permissions INVALID'],
    ['admin', { role: 'ADMIN', permissions: ['USE_SESSION'] }, 'input.permissions INVALID'],
    ['admin', { role: 'VIEWER', permissions: ['WRITE_LICENSES'] }, 'input.permissions INVALID'],
    ['admin', { role: 'ADMIN', permissions: [] }, 'input.permissions INVALID'],
    ['admin', { role: 'ADMIN', partnerId: '1' }, 'input.partnerId INVALID'],
    ['admin', { role: 'ADMIN', expiresInDays: 0 }, 'input.expiresInDays INVALID'],
    ['admin', { role: 'ADMIN', expiresInDays: 366 }, 'input.expiresInDays INVALID'],
    ['admin', { role: 'ADMIN', expiresInDays: -1 }, 'input.expiresInDays INVALID'],
    ['admin', { role: 'ADMIN', name: ' ' }, 'input.name REQUIRED'],
    ['admin', { role: 'ADMIN', name: 'x'.repeat(101) }, 'input.name TOO_LONG'],
  ])('by %s with %j is refused: %s', async (maker, input, expected) => {
    const before = await app.database.read(sql`select count(*) as n from sw_api_tokens`);
    const answer = await app.ask(maker, makeToken, { input: { name: 'wide', expiresInDays: 30, ...input } });
    expect(outcomeOf(answer)).toBe(expected);
    expect(answer.data.result).toMatchObject({ token: null, apiToken: null });
    expect(await app.database.read(sql`select count(*) as n from sw_api_tokens`)).toEqual(before);
  });

  it('answers a foreign company like a missing one', async () => {
    const messages = await Promise.all(['3', '999'].map(async (companyId) => {
      const { data } = await app.ask('partner1', makeToken, { input: { name: 'x', expiresInDays: 1, role: 'COMPANY', companyId } });
      return data.result.userErrors[0].message.replace(companyId, 'N');
    }));
    expect(messages[0]).toBe(messages[1]);
  });

  it('tells which roles and permissions a viewer may give', async () => {
    const of = async (name: string) => (await app.ask(name, '{ viewer { apiTokenRoles { role permissions } } }')).data.viewer.apiTokenRoles;
    expect((await of('admin')).map(({ role }: { role: string }) => role)).toEqual(['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY']);
    expect((await of('partner1')).map(({ role }: { role: string }) => role)).toEqual(['PARTNER', 'COMPANY']);
    const company = await of('company1');
    expect(company).toEqual([{ role: 'COMPANY', permissions: expect.arrayContaining(['READ_LICENSES', 'READ_MONEY']) }]);
    for (const never of ['USE_SESSION', 'USE_API_TOKENS', 'MANAGE_ACCOUNTS', 'READ_PARTNERS']) expect(company[0].permissions).not.toContain(never);
  });

  it('stops at a hundred open ones', async () => {
    const { id, bearer } = await newMaker(app, 'VIEWER');
    await app.database.transaction(({ manager }) => manager.query(
      `insert into sw_api_tokens (account_id, name, token_hash, ending, role, created_at, expires_at) values ${
        Array.from({ length: 99 }, (_, index) => `(${id}, 'x', 'of ${id} ${index}', 'abcd', 'VIEWER', '2026-01-01', '2999-01-01')`).join(', ')}`,
    ));
    const once = () => post(app.url, bearer, makeToken, { input: { name: 'one more', role: 'VIEWER', expiresInDays: 1 } });
    expect(outcomeOf(await once())).toBe('answered');
    expect((await once()).data.result.userErrors).toEqual([{ field: [], code: 'INVALID', message: expect.stringContaining('100 open tokens') }]);
  });
});
