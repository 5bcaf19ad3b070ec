import { PASSWORD, post, type TestApp } from '../app.js';
import type { Admin, AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';
let made = 0;

/** An account that nothing else makes use of. */
async function newAccount(admin: Admin): Promise<{ id: string; email: string }> {
  made += 1;
  const input = { email: `audited-${made}@example.com`, displayName: 'Audited', role: 'VIEWER', password: PASSWORD };
  const { account } = await admin('mutation($input: CreateAccountInput!) { result: createAccount(input: $input) { account { id email } userErrors { message } } }', { input });
  return account;
}

const NEXT_PASSWORD = `${PASSWORD}.`;

/** A session of the account; the administrator's may have changed its password by now. */
async function signIn(app: TestApp, email: string): Promise<void> {
  for (const password of [PASSWORD, NEXT_PASSWORD]) {
    await post(app.url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { expiresAt } }', { input: { email, password } });
  }
}

/** Accounts and their sessions. */
export const accounts: Record<string, AuditedMutation> = {
  createAccount: {
    entity: 'Account', query: `mutation { result: createAccount(input: { email: "new@example.com", displayName: "New", role: PARTNER, partnerId: "1", password: "${PASSWORD}" }) { ${faults} } }`,
  },
  updateAccount: { entity: 'Account', prepare: async (admin) => ({ id: (await newAccount(admin)).id }), query: `mutation($id: ID!) { result: updateAccount(id: $id, input: { disabled: true }) { ${faults} } }` },
  resetPassword: { entity: 'Account', prepare: async (admin) => ({ id: (await newAccount(admin)).id }), query: `mutation($id: ID!) { result: resetPassword(id: $id, newPassword: "another long one") { ${faults} } }` },
  revokeSession: {
    entity: 'Session',
    prepare: async (admin, app) => {
      const { id, email } = await newAccount(admin);
      await signIn(app, email);
      const { sessions } = await admin('query($id: ID!) { result: account(id: $id) { sessions { id } } }', { id });
      return { id: sessions[0].id };
    },
    query: `mutation($id: ID!) { result: revokeSession(id: $id) { ${faults} } }`,
  },
  revokeOwnSession: {
    entity: 'Session',
    prepare: async (admin, app) => {
      await signIn(app, 'admin@example.com');
      const { sessions } = await admin('{ result: viewer { sessions { id current } } }');
      return { id: sessions.find((session: { current: boolean }) => !session.current).id };
    },
    query: `mutation($id: ID!) { result: revokeOwnSession(id: $id) { ${faults} } }`,
  },
  changePassword: {
    entity: 'Account', query: `mutation { result: changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "${NEXT_PASSWORD}" }) { ${faults} } }`,
  },
};
