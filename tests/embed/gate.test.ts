import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountEntity } from '../../server/auth/entity.js';
import type { EmbedTokenRecord } from '../../server/embed/entity.js';
import { revokeOwn, tokenBy } from '../support/api-tokens.js';
import { post, startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import {
  ask, documentId, embedBy, embedRows, endAt, nothing, ORIGIN, overview, type RawAnswer, rewrite, seatsOf, send, shapeOf, type MadeEmbed,
} from '../support/embeds.js';

const question = (name = 'Overview', variables: unknown = overview) => ({ documentId: documentId(name), variables });
const changed = (edit: (grant: Record<string, unknown>) => Record<string, unknown>) => ({ grantJson }: EmbedTokenRecord): Partial<EmbedTokenRecord> => ({
  grantJson: JSON.stringify(edit(JSON.parse(grantJson))),
});

onEachDatabase('what opens nothing', (kind) => {
  let app: TestApp;
  let made: MadeEmbed;
  /** The shape of the plainest refusal: a token that never was. */
  let shape: unknown;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: embedRows });
    made = await embedBy(app, 'partner1');
    shape = shapeOf(await send(app, `swe_${'A'.repeat(43)}`, question()));
  });
  afterAll(() => app.stop());

  /** The answer is the plain refusal, whatever there was to find. */
  async function refused(answer: RawAnswer | Promise<RawAnswer>): Promise<void> {
    expect(shapeOf(await answer)).toEqual(shape);
  }

  it('is answered in one shape, and what opens something is not', async () => {
    expect(shape).toMatchObject({ status: 401, body: nothing });
    expect(await seatsOf(app, made.token)).toBe(40_210);
  });

  it('a token that has ended', async () => {
    const { token, id } = await embedBy(app, 'partner1');
    await endAt(app, id, new Date(Date.now() + 60_000));
    expect(await seatsOf(app, token)).toBe(40_210);
    await endAt(app, id, new Date(Date.now() - 1));
    await refused(ask(app, token, 'Overview', overview));
  });

  it('a token that was revoked, also when somebody takes that back in the database', async () => {
    const { token, id } = await embedBy(app, 'partner1');
    const { data } = await app.ask('partner1', 'mutation($id: ID!) { revokeEmbedToken(id: $id) { embedToken { open revokedAt } userErrors { code } } }', { id });
    expect(data.revokeEmbedToken).toEqual({ embedToken: { open: false, revokedAt: expect.any(String) }, userErrors: [] });
    await refused(ask(app, token, 'Overview', overview));
    await rewrite(app, id, () => ({ revokedAt: null }));
    await refused(ask(app, token, 'Overview', overview));
  });

  it('a token that an API token made, once that has ended', async () => {
    const machine = await tokenBy(app, 'partner1', { role: 'PARTNER' });
    const { data } = await post(app.url, machine.token, 'mutation($o: [String!]!) { createEmbedToken(dashboards: [OVERVIEW], allowedOrigins: $o) { token } }', { o: [ORIGIN] });
    const { token } = data.createEmbedToken;
    expect(await seatsOf(app, token)).toBe(40_210);
    await app.ask('partner1', revokeOwn, { id: machine.id });
    await refused(ask(app, token, 'Overview', overview));
  });

  it.each(['Position', 'PositionRows', 'Renewals', 'Trend'])('the operation %s of a dashboard that is not the token\'s', (name) => refused(ask(app, made.token, name, {})));

  it.each([
    ['Licences', question('Licences', {})], ['GlobalSearch', question('GlobalSearch', { text: 'C3', companies: true, partners: true, licenses: true })],
    ['CompanyHead', question('CompanyHead', { id: '3', activity: true })], ['a mutation', question('CreateEmbedToken', { dashboards: ['OVERVIEW'], allowedOrigins: ['https://x.example'] })],
    ['SignOut', question('SignOut')], ['an id that is none', { documentId: `sha256:${'0'.repeat(64)}`, variables: overview }],
    ['a property of objects', { documentId: 'constructor', variables: overview }], ['a number', { documentId: 1, variables: overview }],
    ['a text of its own', { query: '{ licenses { totalCount } }' }], ['a text beside the id', { ...question(), query: '{ licenses { totalCount } }' }],
    ['another name', { ...question(), operationName: 'Position' }],
    ['a persisted query', { extensions: { persistedQuery: { version: 1, sha256Hash: documentId('Overview').slice(7) } }, variables: overview }],
    ['an extension', { ...question(), extensions: { cost: true } }], ['no variables but a list', { ...question(), variables: [overview] }],
    ['introspection', { query: '{ __schema { types { name } } }' }], ['introspection by name', { query: '{ __type(name: "License") { name } }' }],
    ['the name of a type', { query: '{ __typename }' }], ['a batch', [question()]], ['a batch of two', [question(), question()]], ['an empty batch', []], ['nothing', {}],
    ['null', null], ['a text', 'Overview'],
  ])('another question: %s', (_, body) => refused(send(app, made.token, body)));

  it.each([
    ['GET of a text', `?query=${encodeURIComponent('{ __typename }')}`], ['GET of a document', `?documentId=${documentId('Overview')}&variables=${encodeURIComponent(JSON.stringify(overview))}`],
    ['GET of nothing', ''],
  ])('%s', async (_, query) => {
    const response = await fetch(`${app.url}/graphql${query}`, { headers: { authorization: `Bearer ${made.token}`, 'apollo-require-preflight': 'true' } });
    await refused({ status: response.status, headers: response.headers, text: await response.text() });
  });

  it('a page of another origin that sends the token itself', async () => {
    const strange: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site', origin: app.url }];
    for (const headers of strange) {
      expect((await send(app, made.token, question(), headers)).text).toContain('not available here');
    }
    expect((await send(app, made.token, question(), { origin: app.url })).status).toBe(200);
    expect((await send(app, made.token, question(), { origin: app.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it.each([
    '/exports/licenses.csv', '/exports/licenses.xlsx', '/exports/companies.csv', '/exports/users.csv?asOf=2026-01-01',
  ])('the list %s as a file', async (path) => {
    const response = await fetch(app.url + path, { headers: { authorization: `Bearer ${made.token}` } });
    expect([response.status, (await response.json() as any).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('an import', async () => {
    const response = await fetch(`${app.url}/imports?subject=LICENSES&fileName=x.csv`, { method: 'POST', headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/octet-stream' }, body: 'id\n1' });
    expect(response.status).toBe(401);
  });

  describe('a token of a partner that was widened by hand', () => {
    it('in its text', async () => {
      const { token } = made;
      const last = token.at(-1) === 'A' ? 'B' : 'A';
      const widened = [
        `${token}A`, token.slice(0, -1), token.slice(0, -1) + last, token.toLowerCase(), `${token}.eyJwYXJ0bmVySWQiOm51bGx9`, `${token}%00`, `${token},${token}`, 'swe_', `swe_${'a'.repeat(5000)}`,
      ].filter((text) => text !== token);
      for (const text of widened) await refused(send(app, text, question()));
    });

    it.each([
      ['everything', changed((grant) => ({ ...grant, role: 'ADMIN', partnerId: null }))], ['another partner', changed((grant) => ({ ...grant, partnerId: 2 }))],
      ['a stranger\'s company', changed((grant) => ({ ...grant, role: 'COMPANY', partnerId: null, companyId: 3 }))],
      ['another dashboard', changed((grant) => ({ ...grant, dashboards: ['OVERVIEW', 'POSITION'] }))], ['no locked filter', changed((grant) => ({ ...grant, locked: {} }))],
      ['another permission', changed((grant) => ({ ...grant, permissions: ['READ_REPORTS', 'READ_LICENSES', 'MANAGE_ACCOUNTS'] }))],
      ['any origin', changed((grant) => ({ ...grant, origins: ['https://evil.example'] }))], ['a later end', () => ({ expiresAt: new Date(Date.now() + 10 * 86_400_000) })],
      ['the administrator for its maker', () => ({ accountId: 1 })], ['the seal of another', () => ({ seal: 'a'.repeat(64) })], ['no seal', () => ({ seal: '' })],
    ] as [string, (row: EmbedTokenRecord) => Partial<EmbedTokenRecord>][])('in its row: %s', async (_, change) => {
      const { token, id } = await embedBy(app, 'partner1', { lockedFilters: { companyIds: ['1'] } });
      expect(await seatsOf(app, token)).toBe(10);
      await rewrite(app, id, change);
      await refused(ask(app, token, 'Overview', overview));
    });

    it('in the account that made it, which lost its rows, its role or itself', async () => {
      const { token } = await embedBy(app, 'partner2');
      const { token: ofCompany } = await embedBy(app, 'partner2', { scope: { companyId: '3' } });
      const move = (values: Record<string, unknown>) => app.database.transaction(({ manager }) => manager.update(AccountEntity, { email: 'partner2@example.com' }, values));
      expect([await seatsOf(app, token), await seatsOf(app, ofCompany)]).toEqual([3000, 3000]);
      for (const values of [{ partnerId: 1 }, { role: 'COMPANY', partnerId: null, companyId: 1 }, { role: 'ANALYST' }, { disabled: 1 }] as Record<string, unknown>[]) {
        await move(values);
        await refused(ask(app, token, 'Overview', overview));
        await refused(ask(app, ofCompany, 'Overview', overview));
        await move({ role: 'PARTNER', partnerId: 2, companyId: null, disabled: 0 });
      }
      // Gaining rights gives a token none.
      await move({ role: 'ADMIN', partnerId: null });
      expect([await seatsOf(app, token), await seatsOf(app, ofCompany)]).toEqual([3000, 3000]);
      await move({ role: 'PARTNER', partnerId: 2 });
    });
  });
});
