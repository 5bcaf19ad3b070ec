import sql from 'sql-template-tag';
import { sealOf } from '../../server/embed/grant.js';
import { EmbedTokenEntity, type EmbedTokenRecord } from '../../server/embed/entity.js';
import { persistedDocuments } from '../../server/persisted.generated.js';
import type { TestApp } from './app.js';
import { round, user } from './rows.js';

/** A token as it was made. */
export interface MadeEmbed {
  token: string;
  id: string;
}

export const ORIGIN = 'https://portal.example';

const create = `mutation($name: String, $dashboards: [EmbedDashboard!]!, $lockedFilters: LockedFiltersInput, $scope: EmbedScopeInput, $expiresIn: Int!, $allowedOrigins: [String!]!) {
  result: createEmbedToken(name: $name, dashboards: $dashboards, lockedFilters: $lockedFilters, scope: $scope, expiresIn: $expiresIn, allowedOrigins: $allowedOrigins) {
    token embedToken { id name open createdBy } userErrors { field code message }
  }
}`;

const usual = { dashboards: ['OVERVIEW'], expiresIn: 3600, allowedOrigins: [ORIGIN] };

/** What an account is answered that asks for a token. */
export async function askForEmbed(app: TestApp, account: string, input: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await app.ask(account, create, { ...usual, ...input });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.result;
}

/** Makes a token as an account; fails when it is refused. */
export async function embedBy(app: TestApp, account: string, input: Record<string, unknown> = {}): Promise<MadeEmbed> {
  const { token, embedToken, userErrors } = await askForEmbed(app, account, input);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return { token, id: embedToken.id };
}

/** The id of one of the client's operations. */
export function documentId(name: string): string {
  const found = Object.entries(persistedDocuments).find(([, document]) => document.name === name);
  if (found === undefined) throw new Error(`The client has no operation ${name}.`);
  return found[0];
}

/** An answer of the server, whole. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** A POST to /graphql with any body, as whoever holds a token sends it. */
export async function send(app: Pick<TestApp, 'url'>, token: string, body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** One of the client's operations, as an embedded page asks it. */
export const ask = (app: Pick<TestApp, 'url'>, token: string, name: string, variables: unknown = {}) => send(app, token, { documentId: documentId(name), variables });

/** The answer of an operation that has to be answered. */
export async function dataOf(answer: Promise<RawAnswer>): Promise<any> {
  const { status, text } = await answer;
  const { data, errors } = JSON.parse(text);
  if (status !== 200 || errors !== undefined) throw new Error(`${status} ${text.slice(0, 500)}`);
  return data;
}

/** The one shape of "nothing": what tells an answer from another, without what differs by request. */
export function shapeOf({ status, headers, text }: RawAnswer): unknown {
  const body = text.replace(/"requestId":"[0-9a-f-]{36}"/, '"requestId":"…"');
  const told = [...headers.entries()].filter(([name]) => !['date', 'keep-alive', 'connection'].includes(name));
  return { status, body, headers: Object.fromEntries(told) };
}

/** What a token that opens nothing is answered. */
export const nothing = '{"errors":[{"message":"This dashboard is not available here.","extensions":{"code":"UNAUTHENTICATED","requestId":"…"}}]}';

/** Changes the row of a token as somebody with the database's password would. */
export async function rewrite({ database }: TestApp, id: string, change: (row: EmbedTokenRecord) => Partial<EmbedTokenRecord>): Promise<void> {
  await database.transaction(async ({ manager }) => {
    const row = await manager.findOneByOrFail(EmbedTokenEntity, { id: Number(id) });
    await manager.update(EmbedTokenEntity, { id: row.id }, change(row));
  });
}

/** Moves the end of a token as time would: with its seal, which the server's secret makes. */
export function endAt(app: TestApp, id: string, expiresAt: Date): Promise<void> {
  return rewrite(app, id, ({ tokenHash, accountId, grantJson }) => ({
    expiresAt, seal: sealOf(app.database.config.JWT_SECRET, { tokenHash, accountId, grantJson, expiresAt }),
  }));
}

/** The row of a token, without its entity's defaults. */
export async function storedEmbed({ database }: TestApp, id: string): Promise<Record<string, unknown>> {
  const [row] = await database.read(sql`select * from sw_embed_tokens where id = ${Number(id)}`);
  return row ?? {};
}

/** Companies 1 and 2 are of partner 1, company 3 of partner 2, partner 3 has none; seats tell whose a round is. */
export const embedRows = {
  partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }, { id: 3, partner_name: 'P3' }],
  company: [1, 2, 3].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: id === 3 ? 2 : 1 })),
  product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'PRO', label: 'Pro' }],
  license: [
    // The picker of products asks about today: round 2 lasts for as long as there are tests.
    round({ id: 1, company_id: 1, number_of_licenses: 10 }), round({ id: 2, company_id: 2, number_of_licenses: 200, product_code_id: 2, currency: 'USD', end_date: '2099-12-31' }),
    round({ id: 3, company_id: 3, number_of_licenses: 3000 }), round({ id: 4, partner_id: 1, number_of_licenses: 40_000 }),
  ],
  user: [user(1, { company_id: 1 }), user(2, { company_id: 3 })],
};

/** The day that the tests ask about. */
export const DAY = '2026-06-20';
export const overview = { asOf: DAY, windowDays: 30, ownerType: 'COMPANY', currency: 'EUR', money: false, extremes: true, perSide: 15 };

/** The seats that a token's overview counts. */
export const seatsOf = async (app: Pick<TestApp, 'url'>, token: string, filter?: unknown): Promise<number> =>
  (await dataOf(ask(app, token, 'Overview', { ...overview, ...(filter === undefined ? {} : { filter }) }))).dashboard.totalLicenses;
