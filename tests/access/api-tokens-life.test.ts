import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { changeAccount, makeToken, newMaker, opens, outcomeOf, revokeAny, revokeOwn, tenantRows, tokenBy, withinTwoSeconds } from '../support/api-tokens.js';
import { post, startTestApp, type TestApp, type TestInstance } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { onEachDatabase } from '../support/databases.js';

onEachDatabase('the life of API tokens', (kind) => {
  let app: TestApp;
  let other: TestInstance;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: tenantRows });
    other = await app.another();
  });
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  it('ends at once where it is revoked, and within two seconds in another instance', async () => {
    const { token, id } = await tokenBy(app, 'analyst', { role: 'VIEWER' });
    expect([await opens(app, token), await opens(other, token)]).toEqual(['answered', 'answered']);
    expect((await app.ask('analyst', revokeOwn, { id })).data.result).toEqual({ revokedId: id, userErrors: [] });
    expect(await opens(app, token)).toBe('UNAUTHENTICATED');
    await withinTwoSeconds(() => opens(other, token), 'UNAUTHENTICATED');
    expect(outcomeOf(await app.ask('analyst', revokeOwn, { id }))).toBe('id NOT_FOUND');
    const { data } = await app.ask('analyst', '{ viewer { apiTokens { id state revokedAt } } }');
    expect(data.viewer.apiTokens).toContainEqual({ id, state: 'REVOKED', revokedAt: expect.any(String) });
  });

  it('ends by its maker or an administrator; to everybody else it does not exist', async () => {
    const { token, id } = await tokenBy(app, 'partner1', { role: 'PARTNER' });
    const missing = await app.ask('partner2', revokeOwn, { id: '987654' });
    expect(outcomeOf(missing)).toBe('id NOT_FOUND');
    for (const stranger of ['partner2', 'company1', 'analyst', 'admin']) expect((await app.ask(stranger, revokeOwn, { id })).data).toEqual(missing.data);
    for (const stranger of ['partner1', 'partner2', 'analyst']) {
      expect(outcomeOf(await app.ask(stranger, revokeAny, { id }))).toBe('FORBIDDEN');
      expect(outcomeOf(await app.ask(stranger, '{ apiTokens { totalCount } }'))).toBe('FORBIDDEN');
    }
    expect((await app.ask('partner2', '{ viewer { apiTokens { id } } }')).data.viewer.apiTokens).toEqual([]);
    expect(await opens(app, token)).toBe('answered');
    expect(outcomeOf(await app.ask('admin', revokeAny, { id }))).toBe('answered');
    expect(await opens(app, token)).toBe('UNAUTHENTICATED');
  });

  it('ends with its time, to the second, though it is known', async () => {
    const { token, id } = await tokenBy(app, 'analyst', { role: 'VIEWER' });
    const soon = new Date(Date.now() + 5000);
    await app.database.transaction(({ manager }) => manager.update('ApiToken', { id: Number(id) }, { expiresAt: soon }));
    expect(await opens(app, token)).toBe('answered');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, soon.getTime() - Date.now())));
    expect(await opens(app, token)).toBe('UNAUTHENTICATED');
    expect((await app.ask('analyst', '{ viewer { apiTokens { id state } } }')).data.viewer.apiTokens).toContainEqual({ id, state: 'EXPIRED' });
    expect(outcomeOf(await app.ask('analyst', revokeOwn, { id }))).toBe('id NOT_FOUND');
  });

  it('pauses while its account is switched off, and ends when the account is gone', async () => {
    const maker = await newMaker(app, 'ANALYST');
    const { token, id } = await tokenBy(app, maker.bearer, { role: 'ANALYST', name: 'of a leaver' });
    expect([await opens(app, token), await opens(other, token)]).toEqual(['answered', 'answered']);
    await changeAccount(app, maker.id, { disabled: true });
    expect(await opens(app, token)).toBe('UNAUTHENTICATED');
    await withinTwoSeconds(() => opens(other, token), 'UNAUTHENTICATED');
    const listed = async () => (await app.ask('admin', '{ apiTokens(filter: { search: "OF A LEAVER", open: true }) { totalCount nodes { id state account { email } } } }')).data.apiTokens;
    expect(await listed()).toEqual({ totalCount: 1, nodes: [{ id, state: 'SUSPENDED', account: { email: maker.email } }] });
    await changeAccount(app, maker.id, { disabled: false });
    expect(await opens(app, token)).toBe('answered');
    expect((await listed()).nodes).toEqual([{ id, state: 'ACTIVE', account: { email: maker.email } }]);
    await app.database.transaction(({ manager }) => manager.delete('Account', { id: Number(maker.id) }));
    await withinTwoSeconds(() => opens(app, token), 'UNAUTHENTICATED');
    expect((await listed()).nodes).toEqual([{ id, state: 'SUSPENDED', account: null }]);
  });

  it('begins in no session that has ended', async () => {
    const maker = await newMaker(app, 'ADMIN');
    await post(other.url, maker.bearer, '{ viewer { role } }');
    await post(app.url, maker.bearer, 'mutation { signOut { signedOut } }');
    const answer = await post(other.url, maker.bearer, makeToken, { input: { name: 'late', role: 'ADMIN', expiresInDays: 365 } });
    expect(outcomeOf(answer)).toBe('UNAUTHENTICATED');
  });

  it('lists all tokens to administrators, by page, account and words', async () => {
    const maker = await newMaker(app, 'VIEWER');
    for (const name of ['alpha', 'beta', 'gamma']) await tokenBy(app, maker.bearer, { role: 'VIEWER', name });
    const list = async (args: string) => (await app.ask('admin', `{ apiTokens(${args}) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }`)).data.apiTokens;
    const names = ({ nodes }: { nodes: { name: string }[] }) => nodes.map(({ name }) => name);
    const first = await list(`first: 2, filter: { accountId: ${maker.id} }`);
    expect([names(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([['gamma', 'beta'], 3, true]);
    expect(names(await list(`first: 2, after: "${first.pageInfo.endCursor}", filter: { accountId: ${maker.id} }`))).toEqual(['alpha']);
    expect(names(await list(`filter: { search: "${maker.email.toUpperCase()}" }`))).toEqual(['gamma', 'beta', 'alpha']);
    expect(names(await list(`filter: { search: "BET", accountId: ${maker.id}, open: true }`))).toEqual(['beta']);
    expect(names(await list(`filter: { accountId: ${maker.id}, open: false }`))).toEqual([]);
  });

  it('notes time and address of a use, once a minute at most', async () => {
    const { token, id } = await tokenBy(app, 'analyst', { role: 'VIEWER' });
    await opens(app, token);
    const used = async () => (await app.ask('analyst', '{ viewer { apiTokens { id lastUsedAt lastUsedAddress } } }')).data.viewer.apiTokens.find((one: { id: string }) => one.id === id);
    await eventually(async () => expect(await used()).toMatchObject({ lastUsedAt: expect.any(String), lastUsedAddress: '127.0.0.1' }));
    expect(Math.abs(Date.now() - Date.parse((await used()).lastUsedAt))).toBeLessThan(10_000);
    const setTo = (secondsAgo: number) => {
      const at = new Date(Math.floor(Date.now() / 1000) * 1000 - secondsAgo * 1000);
      return app.database.transaction(async ({ manager }) => {
        await manager.update('ApiToken', { id: Number(id) }, { lastUsedAt: at, lastUsedAddress: '192.0.2.9' });
        return at.toISOString();
      });
    };
    // An instance that has noted nothing itself goes by what the others have noted.
    const recent = await setTo(40);
    await opens(other, token);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await used()).toMatchObject({ lastUsedAt: recent, lastUsedAddress: '192.0.2.9' });
    await setTo(70);
    await eventually(async () => {
      await opens(other, token);
      expect(await used()).toMatchObject({ lastUsedAddress: '127.0.0.1' });
    });
  });

  it('names the token in the history of what it changed', async () => {
    const { token, id } = await tokenBy(app, 'admin', { role: 'ADMIN', name: 'price robot' });
    const change = await fetch(`${app.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-seatwise-channel': 'GRID' },
      body: JSON.stringify({ query: 'mutation { createProduct(input: { code: "ROBOT", label: "Robot" }) { userErrors { code } } }' }),
    });
    expect(await change.json()).toEqual({ data: { createProduct: { userErrors: [] } } });
    await fetch(`${app.url}/imports?subject=COMPANIES&fileName=c.csv`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'name\nC9\n' });
    const log = async (entity: string, first = 1) => (await app.ask('admin', `{ auditLog(first: ${first}, filter: { entities: ["${entity}"] }) { nodes { by action via token tokenId label changes { field after } } } }`)).data.auditLog.nodes;
    expect(await log('Product')).toEqual([expect.objectContaining({ by: 'admin@example.com', via: 'API', token: 'price robot', tokenId: id })]);
    expect(await log('Import')).toEqual([expect.objectContaining({ by: 'admin@example.com', via: 'IMPORT', token: 'price robot', tokenId: id })]);
    await app.ask('admin', revokeOwn, { id });
    const [revoked, madeEntry] = await log('ApiToken', 2);
    expect(revoked).toMatchObject({ by: 'admin@example.com', action: 'UPDATE', token: null, tokenId: null, label: 'price robot', changes: [{ field: 'revokedAt', after: expect.any(String) }] });
    expect(madeEntry).toMatchObject({ action: 'CREATE', label: 'price robot', changes: expect.arrayContaining([{ field: 'role', after: 'ADMIN' }, { field: 'ending', after: token.slice(-4) }]) });
  });
});
