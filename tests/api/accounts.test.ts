import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { PASSWORD, post, startTestApp, type Answer, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';

const fields = 'id email displayName role partner { id name } company { id name } disabled lastSignInAt isViewer sessions { id }';
const faults = 'userErrors { field code message }';
const create = `mutation($input: CreateAccountInput!) { result: createAccount(input: $input) { account { ${fields} } ${faults} } }`;
const update = `mutation($id: ID!, $input: UpdateAccountInput!) { result: updateAccount(id: $id, input: $input) { account { ${fields} } ${faults} } }`;
const reset = `mutation($id: ID!, $password: String!) { result: resetPassword(id: $id, newPassword: $password) { account { ${fields} } ${faults} } }`;
const signIn = `mutation($input: SignInInput!) { result: signIn(input: $input) { accessToken ${faults} } }`;

const rows = {
  partner: [{ id: 1, partner_name: 'North' }],
  company: [{ id: 1, company_name: 'Acme', active: 1, partner_id: 1 }],
};

onEachDatabase('accounts', (kind) => {
  let app: TestApp;
  let made = 0;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  const ask = async (query: string, variables?: Record<string, unknown>, as = 'admin') => {
    const { data, errors } = await app.ask(as, query, variables);
    expect(errors).toBeUndefined();
    return data.result;
  };
  const codes = ({ userErrors }: { userErrors: { field: string[]; code: string }[] }) => userErrors.map(({ field, code }) => `${field.join('.')} ${code}`);
  const input = (more: Record<string, unknown> = {}) => {
    made += 1;
    return { email: `person${made}@example.org`, displayName: 'A person', role: 'ANALYST', password: PASSWORD, ...more };
  };
  const account = async (more: Record<string, unknown> = {}) => (await ask(create, { input: input(more) })).account;
  const tokenOf = async (email: string, password = PASSWORD): Promise<string | null> =>
    (await post(app.url, null, signIn, { input: { email, password } })).data.result.accessToken;
  const viewerOf = (token: string | null, url = app.url): Promise<Answer> => post(url, token, '{ viewer { email role sessions { id current address userAgent } } }');

  describe('the list', () => {
    it('comes by e-mail address, page after page, with what each may see', async () => {
      const nodes: { email: string }[] = [];
      for (let after: string | null = null; ;) {
        const page: any = await ask(`query($after: String) { result: accounts(first: 4, after: $after) { nodes { ${fields} } totalCount pageInfo { hasNextPage endCursor } } }`, { after });
        nodes.push(...page.nodes);
        expect(page.totalCount).toBe(12);
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
      }
      expect(nodes.map(({ email }) => email.replace('@example.com', ''))).toEqual([
        'admin', 'analyst', 'company1', 'company2', 'company3', 'company4', 'company5', 'company6', 'partner1', 'partner2', 'partner3', 'viewer',
      ]);
      expect(nodes[0]).toMatchObject({ role: 'ADMIN', isViewer: true, disabled: false, lastSignInAt: expect.any(String), sessions: [{}] });
      expect(nodes[2]).toMatchObject({ role: 'COMPANY', isViewer: false, company: { id: '1', name: 'Acme' }, partner: null, lastSignInAt: null, sessions: [] });
      expect(nodes[8]).toMatchObject({ role: 'PARTNER', partner: { id: '1', name: 'North' }, company: null });
    });

    it.each([
      ['{ search: "NER2" }', ['partner2']], ['{ search: "%" }', []], ['{ search: "  viewer " }', ['viewer']], ['{ roles: [] }', []],
      ['{ roles: [ADMIN, VIEWER] }', ['admin', 'viewer']], ['{ disabled: true }', []], ['{ disabled: false, roles: [PARTNER], search: "1" }', ['partner1']],
    ])('filters by %s', async (filter, names) => {
      const { nodes } = await ask(`{ result: accounts(filter: ${filter}) { nodes { displayName } } }`);
      expect(nodes.map((node: { displayName: string }) => node.displayName)).toEqual(names);
    });

    it('knows one by id, and no other', async () => {
      const { nodes } = await ask('{ result: accounts(first: 1) { nodes { id email } } }');
      expect(await ask('query($id: ID!) { result: account(id: $id) { email } }', { id: nodes[0].id })).toEqual({ email: nodes[0].email });
      expect(await ask('{ result: account(id: 2000000000) { email } }')).toBeNull();
    });
  });

  describe('a new account', () => {
    it('signs in with its password, sees its rows, and is in the audit log without it', async () => {
      const given = input({ email: ' New.Partner@Example.ORG ', role: 'PARTNER', partnerId: '1' });
      const { account: created, userErrors } = await ask(create, { input: given });
      expect(userErrors).toEqual([]);
      expect(created).toMatchObject({ email: 'new.partner@example.org', role: 'PARTNER', partner: { id: '1' }, company: null, disabled: false, lastSignInAt: null });
      expect((await viewerOf(await tokenOf('new.partner@example.org'))).data.viewer).toMatchObject({ role: 'PARTNER', sessions: [{ current: true, address: '127.0.0.1', userAgent: 'node' }] });
      expect((await ask(`query($id: ID!) { result: account(id: $id) { ${fields} } }`, { id: created.id })).lastSignInAt).toEqual(expect.any(String));
      const entry = (await auditLog(app)).at(-1);
      expect(entry).toMatchObject({ action: 'create', entity: 'Account', entityId: created.id, account: 'admin@example.com', before: null });
      expect(entry?.after).toEqual({
        id: Number(created.id), email: 'new.partner@example.org', displayName: 'A person', role: 'PARTNER', partnerId: 1, companyId: null, disabled: false, credentialsChangedAt: null,
      });
    });

    it.each([
      [{ email: 'ADMIN@example.com' }, ['input.email DUPLICATE']],
      [{ email: 'nobody' }, ['input.email INVALID']],
      [{ email: 'a b@example.com' }, ['input.email INVALID']],
      [{ email: `${'x'.repeat(250)}@b.de` }, ['input.email TOO_LONG']],
      [{ email: 'admin@seatwise.example' }, ['input.email INVALID']],
      [{ displayName: '  ', password: 'short' }, ['input.displayName REQUIRED', 'input.password INVALID']],
      [{ password: ' '.repeat(20) }, ['input.password REQUIRED']],
      [{ password: 'ä'.repeat(513) }, ['input.password TOO_LONG']],
      [{ role: 'PARTNER' }, ['input.partnerId REQUIRED']],
      [{ role: 'PARTNER', partnerId: null, companyId: '1' }, ['input.partnerId REQUIRED', 'input.companyId INVALID']],
      [{ role: 'PARTNER', partnerId: '99' }, ['input.partnerId NOT_FOUND']],
      [{ role: 'COMPANY', companyId: '1 or 1=1' }, ['input.companyId NOT_FOUND']],
      [{ role: 'ADMIN', partnerId: '1' }, ['input.partnerId INVALID']],
    ])('is refused with %j', async (wrong, expected) => {
      const before = (await auditLog(app)).length;
      const result = await ask(create, { input: input(wrong) });
      expect([result.account, codes(result)]).toEqual([null, expected]);
      expect((await auditLog(app)).length).toBe(before);
    });

    it('is made once when two ask for the same address at once', async () => {
      const twin = input();
      const answers = await Promise.all([1, 2, 3].map(() => ask(create, { input: twin })));
      expect(answers.map(codes).sort()).toEqual([[], ['input.email DUPLICATE'], ['input.email DUPLICATE']]);
    });
  });

  describe('a change', () => {
    it('of the name reaches the account at once and ends nothing', async () => {
      const { id, email } = await account();
      const token = await tokenOf(email);
      await viewerOf(token);
      expect((await ask(update, { id, input: { displayName: ' Renamed ' } })).account).toMatchObject({ displayName: 'Renamed', sessions: [{}] });
      expect((await post(app.url, token, '{ viewer { displayName } }')).data.viewer).toEqual({ displayName: 'Renamed' });
    });

    it('of the role needs its scope, drops the former one, and ends the sessions', async () => {
      const { id, email } = await account({ role: 'PARTNER', partnerId: '1' });
      const token = await tokenOf(email);
      expect(codes(await ask(update, { id, input: { role: 'COMPANY' } }))).toEqual(['input.companyId REQUIRED']);
      expect(codes(await ask(update, { id, input: { partnerId: null } }))).toEqual(['input.partnerId REQUIRED']);
      expect(codes(await ask(update, { id, input: { role: null, disabled: null, displayName: null } })).sort()).toEqual(['input.disabled REQUIRED', 'input.displayName REQUIRED', 'input.role REQUIRED']);
      expect((await viewerOf(token)).data.viewer.email).toBe(email);
      expect((await ask(update, { id, input: { role: 'COMPANY', companyId: '1' } })).account).toMatchObject({ role: 'COMPANY', partner: null, company: { id: '1' }, sessions: [] });
      expect((await viewerOf(token)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      expect((await auditLog(app)).at(-1)).toMatchObject({ entityId: id, before: { role: 'PARTNER', endedSessions: 0 }, after: { role: 'COMPANY', partnerId: null, companyId: 1, endedSessions: 1 } });
    });

    it('to nothing is none, and of nobody is refused', async () => {
      const { id } = await account();
      const before = (await auditLog(app)).length;
      expect(codes(await ask(update, { id, input: { role: 'ANALYST', disabled: false, displayName: 'A person' } }))).toEqual([]);
      expect((await auditLog(app)).length).toBe(before);
      for (const nobody of ['2000000000', 'x', '-1']) expect(codes(await ask(update, { id: nobody, input: {} }))).toEqual(['id NOT_FOUND']);
    });

    it('that switches off keeps it out, and on lets it in again', async () => {
      const { id, email } = await account();
      const token = await tokenOf(email);
      expect((await ask(update, { id, input: { disabled: true } })).account).toMatchObject({ disabled: true, sessions: [] });
      expect((await viewerOf(token)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      expect(await tokenOf(email)).toBeNull();
      await ask(update, { id, input: { disabled: false } });
      expect((await viewerOf(token)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      expect(await tokenOf(email)).not.toBeNull();
    });
  });

  it('gives another password, which ends the sessions and leaves no trace of itself', async () => {
    const { id, email } = await account();
    const token = await tokenOf(email);
    expect(codes(await ask(reset, { id, password: 'too short' }))).toEqual(['newPassword INVALID']);
    expect((await ask(reset, { id, password: 'a second password' })).account.sessions).toEqual([]);
    expect((await viewerOf(token)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect([await tokenOf(email), await tokenOf(email, 'a second password')]).toEqual([null, expect.any(String)]);
    const log = JSON.stringify(await app.database.read(sql`select * from sw_audit_log`));
    for (const secret of ['a second password', PASSWORD, '$argon2']) expect(log).not.toContain(secret);
    expect((await auditLog(app)).at(-1)).toMatchObject({ entity: 'Account', entityId: id, before: { credentialsChangedAt: null }, after: { credentialsChangedAt: expect.any(String), endedSessions: 1 } });
  });

  it('ends one session of somebody, who keeps the others', async () => {
    const { id, email } = await account();
    const [one, two] = [await tokenOf(email), await tokenOf(email)];
    const { sessions } = (await viewerOf(one)).data.viewer;
    const revoke = 'mutation($id: ID!) { result: revokeSession(id: $id) { revokedId userErrors { field code } } }';
    const current = sessions.find((session: { current: boolean }) => session.current).id;
    expect(await ask(revoke, { id: current })).toEqual({ revokedId: current, userErrors: [] });
    expect((await viewerOf(one)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect((await viewerOf(two)).data.viewer.sessions).toHaveLength(1);
    for (const none of [current, 'x', current.toUpperCase()]) expect((await ask(revoke, { id: none })).userErrors).toEqual([{ field: ['id'], code: 'NOT_FOUND' }]);
    expect((await auditLog(app)).at(-1)).toMatchObject({ entity: 'Session', entityId: current, before: { email, endedBecause: null }, after: { email, endedBecause: 'ended-by-administrator' } });
    expect((await ask(`query($id: ID!) { result: account(id: $id) { ${fields} } }`, { id })).sessions).toHaveLength(1);
  });
});
