import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { hashPassword } from '../../server/auth/passwords.js';
import { withinTwoSeconds } from '../support/api-tokens.js';
import { PASSWORD, post, startTestApp, type Answer, type TestApp, type TestInstance } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }';
const update = 'mutation($id: ID!, $input: UpdateAccountInput!) { result: updateAccount(id: $id, input: $input) { account { role disabled } userErrors { field code } } }';
const create = 'mutation($input: CreateAccountInput!) { result: createAccount(input: $input) { account { id email } userErrors { field code } } }';
const change = 'mutation($input: ChangePasswordInput!) { result: changePassword(input: $input) { changed userErrors { field code } } }';
const ownSessions = '{ viewer { sessions { id current } } }';

onEachDatabase('rights over accounts', (kind) => {
  let app: TestApp;
  let other: TestInstance;
  let made = 0;
  beforeAll(async () => {
    app = await startTestApp(kind, { environment: { SIGN_IN_ATTEMPTS: '4' } });
    other = await app.another();
  });
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  const tokenOf = async (email: string, password = PASSWORD, url = app.url): Promise<string | null> =>
    (await post(url, null, signIn, { input: { email, password } })).data.signIn.accessToken;
  const outcome = ({ data, errors }: Answer) => errors?.[0]?.extensions['code'] ?? data.result?.userErrors.map(({ field, code }: { field: string[]; code: string }) => `${field.join('.')} ${code}`) ?? 'answered';

  /** A new account and a token of it. */
  async function account(role: string, more: Record<string, unknown> = {}): Promise<{ id: string; email: string; token: string }> {
    made += 1;
    const input = { email: `someone${made}@example.org`, displayName: 'Someone', role, password: PASSWORD, ...more };
    const { data } = await app.ask('admin', create, { input });
    return { ...data.result.account, token: (await tokenOf(input.email)) ?? '' };
  }

  it('a disabled account is out at once here, and within two seconds in another instance', async () => {
    const { id, token } = await account('ADMIN');
    for (const { url } of [app, other]) expect(outcome(await post(url, token, ownSessions))).toBe('answered');
    expect(outcome(await app.ask('admin', update, { id, input: { disabled: true } }))).toEqual([]);
    const since = Date.now();
    expect(outcome(await post(app.url, token, ownSessions))).toBe('UNAUTHENTICATED');
    // What it could have done there meanwhile would stay: another account for itself, or its own again.
    const input = { email: 'back-door@example.org', displayName: 'Me', role: 'ADMIN', password: PASSWORD };
    expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(outcome(await post(other.url, token, create, { input })));
    expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(outcome(await post(other.url, token, update, { id, input: { disabled: false } })));
    await withinTwoSeconds(async () => outcome(await post(other.url, token, ownSessions)), 'UNAUTHENTICATED', since);
    expect((await app.ask('admin', '{ accounts(filter: { search: "back-door" }) { totalCount } }')).data.accounts.totalCount).toBe(0);
  });

  it('an administrator changes neither own role nor own state, and gives himself no password', async () => {
    const { data } = await app.ask('admin', '{ accounts(filter: { search: "admin@" }) { nodes { id } } }');
    const { id } = data.accounts.nodes[0];
    for (const role of ['ANALYST', 'VIEWER']) expect(outcome(await app.ask('admin', update, { id, input: { role } }))).toEqual(['input.role INVALID']);
    expect(outcome(await app.ask('admin', update, { id, input: { disabled: true } }))).toEqual(['input.disabled INVALID']);
    expect(outcome(await app.ask('admin', 'mutation($id: ID!) { result: resetPassword(id: $id, newPassword: "another long one") { userErrors { field code } } }', { id }))).toEqual(['id INVALID']);
    expect(outcome(await app.ask('admin', update, { id, input: { displayName: 'Root', role: 'ADMIN', disabled: false } }))).toEqual([]);
  });

  it.each([{ disabled: true }, { role: 'VIEWER' }])('two administrators who do %j to each other at once, on two instances, leave one', async (input) => {
    const [one, two] = [await account('ADMIN'), await account('ADMIN')];
    const others = `where id not in (${one.id}, ${two.id}) and role = 'ADMIN' and disabled = 0`;
    const away = await app.database.read(sql`select id from sw_accounts where role = 'ADMIN' and disabled = 0`);
    await app.database.transaction(({ manager }) => manager.query(`update sw_accounts set disabled = 1 ${others}`));
    // Both are known to their instances as administrators, and stay so for two seconds.
    await Promise.all([post(app.url, one.token, ownSessions), post(other.url, two.token, ownSessions)]);
    const answers = await Promise.all([post(app.url, one.token, update, { id: two.id, input }), post(other.url, two.token, update, { id: one.id, input })]);
    const left = await app.database.read(sql`select id from sw_accounts where role = 'ADMIN' and disabled = 0`);
    await app.database.transaction(({ manager }) => manager.query(`update sw_accounts set disabled = 0 where id in (${away.map(({ id }) => String(id)).join(', ')})`));
    expect(left).toHaveLength(1);
    expect(answers.map((answer) => JSON.stringify(outcome(answer))).sort()).toEqual(['"FORBIDDEN"', '[]']);
  });

  it.each(['analyst', 'viewer', 'partner1', 'company1'])('%s learns of no account, whether it exists or not', async (who) => {
    const answers = await Promise.all(['1', '2000000000', 'x'].map((id) => app.ask(who, 'query($id: ID!) { account(id: $id) { email } }', { id })));
    for (const { data, errors } of answers) expect([data, errors?.[0]?.extensions['code'], errors?.[0]?.message]).toEqual([undefined, 'FORBIDDEN', answers[0]?.errors?.[0]?.message]);
    const { data } = await app.ask(who, ownSessions);
    expect(data.viewer.sessions).toEqual([{ id: expect.any(String), current: true }]);
  });

  describe('one\'s own', () => {
    let mine: { id: string; email: string; token: string };
    beforeEach(async () => {
      mine = await account('VIEWER');
    });

    it('sessions end by one\'s own hand, those of others as if they did not exist', async () => {
      const revoke = 'mutation($id: ID!) { result: revokeOwnSession(id: $id) { revokedId userErrors { field code } } }';
      const theirs = (await app.ask('analyst', ownSessions)).data.viewer.sessions[0].id;
      const missing = await post(app.url, mine.token, revoke, { id: '00000000-0000-4000-8000-000000000000' });
      expect(await post(app.url, mine.token, revoke, { id: theirs })).toEqual(missing);
      expect(outcome(missing)).toEqual(['id NOT_FOUND']);
      expect(outcome(await app.ask('analyst', ownSessions))).toBe('answered');
      const second = await tokenOf(mine.email);
      const { sessions } = (await post(app.url, mine.token, ownSessions)).data.viewer;
      const elsewhere = sessions.find(({ current }: { current: boolean }) => !current).id;
      expect(outcome(await post(app.url, mine.token, revoke, { id: elsewhere }))).toEqual([]);
      expect([outcome(await post(app.url, second, ownSessions)), outcome(await post(app.url, mine.token, ownSessions))]).toEqual(['UNAUTHENTICATED', 'answered']);
    });

    it('password changes with the current one; the other sessions end, this one goes on', async () => {
      const elsewhere = await tokenOf(mine.email);
      const to = (newPassword: string, currentPassword = PASSWORD) => post(app.url, mine.token, change, { input: { currentPassword, newPassword } });
      expect(outcome(await to('short'))).toEqual(['input.newPassword INVALID']);
      expect(outcome(await to(PASSWORD))).toEqual(['input.newPassword INVALID']);
      expect(outcome(await to('a second password', 'a wrong password'))).toEqual(['input.currentPassword WRONG_CREDENTIALS']);
      expect(outcome(await post(app.url, elsewhere, ownSessions))).toBe('answered');
      expect(outcome(await to('a second password'))).toEqual([]);
      expect([outcome(await post(app.url, elsewhere, ownSessions)), outcome(await post(app.url, mine.token, ownSessions))]).toEqual(['UNAUTHENTICATED', 'answered']);
      expect([await tokenOf(mine.email), await tokenOf(mine.email, 'a second password')]).toEqual([null, expect.any(String)]);
      const log = JSON.stringify(await app.database.read(sql`select * from sw_audit_log`));
      for (const secret of ['a second password', 'a wrong password', '$argon2']) expect(log).not.toContain(secret);
    });

    it('password is guessed as slowly as at sign-in, and not by aliases', async () => {
      const guess = '(input: { currentPassword: "a wrong password", newPassword: "a second password" }) { userErrors { field code } }';
      const { data } = await post(app.url, mine.token, `mutation { a: changePassword${guess} b: changePassword${guess} c: changePassword${guess} }`);
      expect(['a', 'b', 'c'].map((alias) => data[alias].userErrors[0].code)).toEqual(['WRONG_CREDENTIALS', 'THROTTLED', 'THROTTLED']);
      for (let attempt = 2; attempt <= 4; attempt += 1) expect(outcome(await post(app.url, mine.token, `mutation { result: changePassword${guess} }`))).toEqual(['input.currentPassword WRONG_CREDENTIALS']);
      expect(outcome(await post(app.url, mine.token, `mutation { result: changePassword${guess} }`))).toEqual(['input.currentPassword THROTTLED']);
      expect((await post(app.url, null, signIn, { input: { email: mine.email, password: PASSWORD } })).data.signIn.userErrors).toEqual([{ code: 'THROTTLED' }]);
    });
  });

  it('accounts of a demo are off outside it, and stay off', async () => {
    const passwordHash = await hashPassword('seatwise-demo');
    await app.database.transaction(({ manager }) => manager.insert('Account', {
      email: 'admin@seatwise.example', displayName: 'Demo', passwordHash, role: 'ADMIN', partnerId: null, companyId: null, disabled: 0, createdAt: new Date(),
    }));
    const { data } = await app.ask('admin', '{ accounts(filter: { disabled: true, search: "seatwise.example" }) { nodes { id disabled } } }');
    expect(data.accounts.nodes).toEqual([{ id: expect.any(String), disabled: true }]);
    expect(outcome(await app.ask('admin', update, { id: data.accounts.nodes[0].id, input: { disabled: false } }))).toEqual(['input.disabled INVALID']);
  });
});
