import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { post, startTestApp, type TestApp } from '../support/app.js';
import { tokenBy } from '../support/api-tokens.js';
import { onEachDatabase } from '../support/databases.js';
import { ask, askForEmbed, dataOf, embedBy, embedRows, endAt, seatsOf, storedEmbed } from '../support/embeds.js';

const list = `query($open: Boolean) { embedTokens(open: $open) { totalCount nodes {
  id name dashboards partner { id name } company { id name } allowedOrigins createdBy open lastShownAt lockedFilters { partners { id name } statuses }
} } }`;

onEachDatabase('embed tokens', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: embedRows });
  });
  afterAll(() => app.stop());

  it('see what they were made for, never more than their maker', async () => {
    const seats = async (account: string, scope?: unknown) => seatsOf(app, (await embedBy(app, account, { scope })).token);
    expect(await seats('admin')).toBe(43_210);
    expect(await seats('admin', { partnerId: '1' })).toBe(40_210);
    expect(await seats('admin', { companyId: '3' })).toBe(3000);
    expect(await seats('partner1')).toBe(40_210);
    expect(await seats('partner1', { partnerId: '1' })).toBe(40_210);
    expect(await seats('partner1', { companyId: '2' })).toBe(200);
    expect(await seats('partner2')).toBe(3000);
  });

  it('read, and do nothing else', async () => {
    const { token } = await embedBy(app, 'admin', { dashboards: ['OVERVIEW', 'POSITION'] });
    const { embeddedDashboard } = await dataOf(ask(app, token, 'EmbeddedDashboard'));
    expect([...embeddedDashboard.permissions].sort()).toEqual([
      'EXPORT_DATA', 'READ_ACTIVITY', 'READ_COMPANIES', 'READ_LICENSES', 'READ_MONEY', 'READ_PARTNERS', 'READ_PRODUCTS', 'READ_REPORTS',
    ]);
    const { token: ofCompany } = await embedBy(app, 'admin', { scope: { companyId: '1' } });
    expect((await dataOf(ask(app, ofCompany, 'EmbeddedDashboard'))).embeddedDashboard.permissions).not.toContain('READ_PARTNERS');
  });

  it('are kept as a digest', async () => {
    const { token, id } = await embedBy(app, 'admin');
    expect(JSON.stringify(await storedEmbed(app, id))).not.toContain(token.slice(4, 20));
    expect(JSON.stringify(await app.ask('admin', '{ auditLog(first: 500) { nodes { label changes { field before after } } } }'))).not.toContain(token.slice(4, 20));
  });

  const code = async (account: string, input: Record<string, unknown>) =>
    (await askForEmbed(app, account, input)).userErrors.map(({ field, code: found }: { field: string[]; code: string }) => `${field.join('.')} ${found}`);

  it.each([
    ['partner1', { scope: { partnerId: '2' } }, 'scope.partnerId NOT_FOUND'], ['partner1', { scope: { companyId: '3' } }, 'scope.companyId NOT_FOUND'],
    ['partner1', { lockedFilters: { companyIds: ['3'] } }, 'lockedFilters.companyIds NOT_FOUND'], ['partner1', { lockedFilters: { partnerIds: ['2'] } }, 'lockedFilters.partnerIds NOT_FOUND'],
    ['admin', { scope: { companyId: '9' } }, 'scope.companyId NOT_FOUND'], ['admin', { scope: { companyId: '1', partnerId: '1' } }, 'scope.companyId INVALID'],
    ['admin', { dashboards: [] }, 'dashboards REQUIRED'], ['admin', { expiresIn: 59 }, 'expiresIn INVALID'], ['admin', { expiresIn: 86_401 }, 'expiresIn INVALID'],
    ['admin', { name: ' ' }, 'name REQUIRED'], ['admin', { name: 'x'.repeat(101) }, 'name TOO_LONG'], ['admin', { allowedOrigins: [] }, 'allowedOrigins REQUIRED'],
    ['admin', { lockedFilters: { statuses: [] } }, 'lockedFilters.statuses REQUIRED'], ['admin', { lockedFilters: { productIds: ['9'] } }, 'lockedFilters.productIds NOT_FOUND'],
    ['admin', { dashboards: ['RENEWALS'], lockedFilters: { statuses: ['ACTIVE'] } }, 'lockedFilters.statuses INVALID'],
    ['admin', { dashboards: ['OVERVIEW', 'RENEWALS'], lockedFilters: { sources: ['PORTAL'] } }, 'lockedFilters.sources INVALID'],
  ])('are refused to %s for %j', async (account, input, expected) => {
    expect(await code(account, input)).toEqual([expected]);
  });

  it.each([
    '*', 'https://*.example', 'portal.example', 'javascript:alert(1)', 'https://a.example/path', 'https://a.example?x', 'https://u:p@a.example', 'https://a.example; script-src *',
    'https://a.example https://b.example', "'self'", 'null', 'file:///x', 'https://[::1]', 'https://a.example:99999', '',
  ])('are refused for the origin %s', async (origin) => {
    expect(await code('admin', { allowedOrigins: [origin] })).toEqual(['allowedOrigins INVALID']);
  });

  it('write origins as browsers do', async () => {
    const { embeddedDashboard } = await dataOf(ask(app, (await embedBy(app, 'admin', { allowedOrigins: ['HTTPS://Portal.Example:443/', 'http://127.0.0.1:8080', ' https://b.example '] })).token, 'EmbeddedDashboard'));
    expect(embeddedDashboard.allowedOrigins).toEqual(['https://portal.example', 'http://127.0.0.1:8080', 'https://b.example']);
  });

  it.each(['analyst', 'viewer', 'company1'])('are not for %s', async (account) => {
    await expect(embedBy(app, account)).rejects.toThrow('FORBIDDEN');
  });

  describe('made by an API token', () => {
    it('are within that token\'s rows', async () => {
      const { token } = await tokenBy(app, 'admin', { role: 'PARTNER', partnerId: '2' });
      const create = 'mutation($scope: EmbedScopeInput) { createEmbedToken(dashboards: [OVERVIEW], allowedOrigins: ["https://a.example"], scope: $scope) { token userErrors { field code } } }';
      const own = await post(app.url, token, create);
      expect(await seatsOf(app, own.data.createEmbedToken.token)).toBe(3000);
      const wider = await post(app.url, token, create, { scope: { partnerId: '1' } });
      expect(wider.data.createEmbedToken).toEqual({ token: null, userErrors: [{ field: ['scope', 'partnerId'], code: 'NOT_FOUND' }] });
    });
  });

  describe('the list', () => {
    it('shows everybody the own ones, and administrators all, and whether they are open', async () => {
      const mine = await embedBy(app, 'partner3', { name: 'Mine', lockedFilters: { statuses: ['ACTIVE'] } });
      const other = await embedBy(app, 'partner1', { name: 'Other' });
      const ended = await embedBy(app, 'partner3', { name: 'Ended' });
      await endAt(app, ended.id, new Date(Date.now() - 1000));
      const namesOf = async (account: string, open: boolean | null) => (await app.ask(account, list, { open })).data.embedTokens.nodes.map(({ name }: { name: string }) => name);
      expect(await namesOf('partner3', true)).toEqual(['Mine']);
      expect(await namesOf('partner3', null)).toEqual(['Ended', 'Mine']);
      expect(await namesOf('partner3', false)).toEqual(['Ended']);
      expect(await namesOf('admin', true)).toEqual(expect.arrayContaining(['Mine', 'Other']));
      const { data } = await app.ask('partner3', list, { open: true });
      expect(data.embedTokens).toEqual({
        totalCount: 1,
        nodes: [{
          id: mine.id, name: 'Mine', dashboards: ['OVERVIEW'], partner: { id: '3', name: 'P3' }, company: null, allowedOrigins: ['https://portal.example'], createdBy: 'partner3',
          open: true, lastShownAt: null, lockedFilters: { partners: null, statuses: ['ACTIVE'] },
        }],
      });
      const asAdmin = (await app.ask('admin', list, { open: true })).data.embedTokens.nodes.find(({ id }: { id: string }) => id === other.id);
      expect(asAdmin).toMatchObject({ createdBy: 'partner1', partner: { id: '1', name: 'P1' } });
    });

    it('lets everybody revoke the own ones, and administrators all', async () => {
      const revoke = async (account: string, id: string) =>
        (await app.ask(account, 'mutation($id: ID!) { result: revokeEmbedToken(id: $id) { embedToken { id } userErrors { field code } } }', { id })).data.result;
      const notFound = { embedToken: null, userErrors: [{ field: ['id'], code: 'NOT_FOUND' }] };
      const { id } = await embedBy(app, 'partner1');
      expect(await revoke('partner2', id)).toEqual(notFound);
      expect(await revoke('partner1', id)).toEqual({ embedToken: { id }, userErrors: [] });
      expect(await revoke('partner1', id)).toEqual(notFound);
      const { id: another } = await embedBy(app, 'partner1');
      expect(await revoke('admin', another)).toEqual({ embedToken: { id: another }, userErrors: [] });
      for (const wrong of ['0', 'x', '99999999999', '-1']) expect(await revoke('admin', wrong)).toEqual(notFound);
    });
  });
});
