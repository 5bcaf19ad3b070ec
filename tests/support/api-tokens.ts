import { expect } from '@jest/globals';
import sql from 'sql-template-tag';
import { PASSWORD, post, type Answer, type TestApp } from './app.js';
import { round } from './rows.js';

/** A token as it was made. */
export interface MadeToken {
  token: string;
  id: string;
}

export const makeToken = `mutation($input: CreateApiTokenInput!) {
  result: createApiToken(input: $input) { token apiToken { id } userErrors { field code message } }
}`;

/** Makes a token as an account, by its name in the tests or its access token; fails when it is refused. */
export async function tokenBy(app: TestApp, account: string, input: Record<string, unknown>): Promise<MadeToken> {
  const bearer = account.includes('.') ? account : await app.tokenOf(account);
  const { data, errors } = await post(app.url, bearer, makeToken, { input: { name: 'a machine', expiresInDays: 30, ...input } });
  if (errors !== undefined || data.result.userErrors.length > 0) throw new Error(JSON.stringify(errors ?? data.result.userErrors));
  return { token: data.result.token, id: data.result.apiToken.id };
}

/** `answered`, the code of the first error, or the fields and codes of the userErrors. */
export function outcomeOf({ data, errors }: Answer): string {
  if (errors?.[0] !== undefined) return String(errors[0].extensions['code']);
  const refused = (data?.result?.userErrors ?? []) as { field: string[]; code: string }[];
  return refused.length === 0 ? 'answered' : refused.map(({ field, code }) => `${field.join('.')} ${code}`).join(', ');
}

/** The row of a token as it is stored. */
export async function storedToken({ database }: TestApp, id: string): Promise<Record<string, unknown>> {
  const [row] = await database.read(sql`select * from sw_api_tokens where id = ${Number(id)}`);
  if (row === undefined) throw new Error(`There is no token ${id}.`);
  return row;
}

/** Rows of two tenants: companies 1 and 2 are of partner 1, company 3 is of partner 2; round N belongs to company N, rounds 11 and 12 to the partners. */
export const tenantRows = {
  partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }, { id: 3, partner_name: 'P3' }],
  company: [1, 2, 3].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: id === 3 ? 2 : 1 })),
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [
    ...[1, 2, 3].map((id) => round({ id, company_id: id })),
    round({ id: 11, company_id: null, partner_id: 1 }), round({ id: 12, company_id: null, partner_id: 2 }),
  ],
};

const rounds = '{ licenses(first: 50, orderBy: { field: ID, direction: ASC }) { totalCount nodes { id } } }';

/** The ids of the rounds that a token sees, or the code of its refusal. */
export async function roundsOf(app: TestApp, token: string): Promise<unknown> {
  const { data, errors } = await post(app.url, token, rounds);
  return errors?.[0]?.extensions['code'] ?? data.licenses.nodes.map(({ id }: { id: string }) => Number(id));
}

/** `answered`, or why the token opens nothing. */
export const opens = async ({ url }: { url: string }, token: string): Promise<string> => outcomeOf(await post(url, token, '{ viewer { role } }'));

/** Asks until the answer is the expected one: what is cached may live for two seconds, which end when a question is sent, however late its answer comes. */
export async function withinTwoSeconds(outcome: () => Promise<unknown>, expected: unknown, since = Date.now()): Promise<void> {
  for (let sent = Date.now(); (await outcome()) !== expected; sent = Date.now()) expect(sent - since).toBeLessThan(2000);
}

let made = 0;

/** A new account with a session, so that what is done to it reaches no other test. */
export async function newMaker(app: TestApp, role: string, more: Record<string, unknown> = {}): Promise<{ id: string; email: string; bearer: string }> {
  made += 1;
  const input = { email: `maker${made}@example.org`, displayName: 'Maker', role, password: PASSWORD, ...more };
  const { data } = await app.ask('admin', 'mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { id } } }', { input });
  const signedIn = await post(app.url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: input.email, password: PASSWORD } });
  return { id: data.createAccount.account.id, email: input.email, bearer: signedIn.data.signIn.accessToken };
}

/** Changes an account as the administrator. */
export const changeAccount = (app: TestApp, id: string, input: Record<string, unknown>) =>
  app.ask('admin', 'mutation($id: ID!, $input: UpdateAccountInput!) { result: updateAccount(id: $id, input: $input) { userErrors { field code } } }', { id, input });

export const revokeOwn = 'mutation($id: ID!) { result: revokeOwnApiToken(id: $id) { revokedId userErrors { field code message } } }';
export const revokeAny = 'mutation($id: ID!) { result: revokeApiToken(id: $id) { revokedId userErrors { field code message } } }';
