import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportedLists } from '../../server/exports/lists.js';
import { tokenBy } from '../support/api-tokens.js';
import { post, startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { ask, embedBy, nothing, overview, send, shapeOf } from '../support/embeds.js';
import { secretsIn, walk, WALK_ENVIRONMENT } from '../support/leaks.js';
import { callOf, rootFields } from '../support/schema-calls.js';
import { walkQueries } from '../support/schema-walk.js';
import { BIRCH, DUNE, everyone, ids, insertTenants, ownIds, scopes, type Tenant } from '../support/tenants.js';
import { schemaSeenBy, schemaSeenByToken } from '../support/views.js';

/** Two partners and two companies. */
const holders = ['north', 'south', 'birch', 'dune'] as const satisfies readonly Tenant[];
const roleOf = (tenant: Tenant) => (scopes[tenant].partnerId === null ? 'COMPANY' as const : 'PARTNER' as const);
const scopeOf = (tenant: Tenant) => Object.fromEntries(Object.entries(scopes[tenant]).flatMap(([name, id]) => (id === null ? [] : [[name, String(id)]])));
const MISSING = '999999';
const WALK_TIMEOUT_MS = 180_000;

onEachDatabase('a token of', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: everyone, environment: WALK_ENVIRONMENT });
    await insertTenants(app);
    // What the administrator keeps for each tenant; the tokens that walk are the administrator's as well.
    for (const tenant of holders) await embedBy(app, 'admin', { name: `For ${tenant}`, scope: scopeOf(tenant), lockedFilters: { companyIds: [String(BIRCH), String(DUNE)] } });
  });
  afterAll(() => app.stop());

  describe.each(holders)('%s', (tenant) => {
    let token: string;
    beforeAll(async () => {
      ({ token } = await tokenBy(app, 'admin', { role: roleOf(tenant), ...scopeOf(tenant) }));
    });

    it('shows nothing of another tenant, wherever it is asked', async () => {
      const { leaks, errors, leaves } = await walk(app, schemaSeenByToken(roleOf(tenant)), tenant, { token });
      expect([leaks, errors]).toEqual([[], []]);
      expect(leaves).toBeGreaterThan(500);
    }, WALK_TIMEOUT_MS);

    it('lists of what its maker keeps what is for its own rows, and ends nothing else', async () => {
      const query = '{ embedTokens { nodes { id name lockedFilters { companies { id } } } totalCount } }';
      const { data, errors } = await post(app.url, token, query);
      if (roleOf(tenant) === 'COMPANY') {
        // Companies keep none, and hear of none.
        expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
        return;
      }
      const all = (await app.ask('admin', query)).data.embedTokens.nodes as { id: string; name: string }[];
      const own = all.filter(({ name }) => name === `For ${tenant}` || (tenant === 'north' && name === 'For birch') || (tenant === 'south' && name === 'For dune'));
      expect([data.embedTokens.totalCount, data.embedTokens.nodes.map(({ id }: { id: string }) => id)]).toEqual([own.length, own.map(({ id }) => id)]);
      for (const { id } of all.filter((one) => !own.includes(one))) {
        const revoked = await post(app.url, token, 'mutation($id: ID!) { revokeEmbedToken(id: $id) { userErrors { code } } }', { id });
        expect(revoked.data.revokeEmbedToken.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
      }
    });

    it.each(Object.keys(exportedLists))('exports %s of its own alone', async (list) => {
      const response = await fetch(`${app.url}/exports/${list}.csv`, { headers: { authorization: `Bearer ${token}` } });
      const file = await response.text();
      // Companies export no partners; whoever may export has a row at least.
      if (response.status !== 403) expect(file.trim().split('\r\n').length).toBeGreaterThan(1);
      expect(secretsIn(file, tenant)).toEqual([]);
    });

    it('does the same work for a row of others as for one that is not there', async () => {
      const foreign = ids.filter((id) => !ownIds(tenant).includes(id));
      const workFor = async (query: string, variables: { id: string }) => {
        return app.statementsOf(() => post(app.url, token, query, variables));
      };
      for (const { query, variables } of walkQueries(schemaSeenByToken(roleOf(tenant)), foreign, foreign, 2)) {
        if (variables === undefined || await isShown(token, query, variables)) continue;
        const missing = { id: variables.id.replace(/\d+$/, MISSING) };
        expect(await workFor(query, variables)).toEqual(await workFor(query, missing));
      }
    });

    /** Some rows of a tenant are not in `ownIds`, which names one of each kind. */
    async function isShown(bearer: string, query: string, variables: { id: string }): Promise<boolean> {
      const { data } = await post(app.url, bearer, query, variables);
      return Object.values(data as Record<string, unknown>).some((found) => found !== null);
    }

    it('opens no dashboard when it is made for one, but that dashboard: every other question is answered by nothing', async () => {
      const embed = await embedBy(app, 'admin', { scope: scopeOf(tenant) });
      expect((await ask(app, embed.token, 'Overview', overview)).status).toBe(200);
      for (const question of walkQueries(schemaSeenBy(roleOf(tenant)), ownIds(tenant), [], 2)) {
        expect(shapeOf(await send(app, embed.token, question))).toMatchObject({ status: 401, body: nothing });
      }
      for (const list of Object.keys(exportedLists)) {
        const file = await fetch(`${app.url}/exports/${list}.csv`, { headers: { authorization: `Bearer ${embed.token}` } });
        expect([file.status, secretsIn(await file.text(), tenant)]).toEqual([401, []]);
      }
    }, WALK_TIMEOUT_MS);
  });

  it.each([['north', 'south'], ['birch', 'dune']] as const)('%s is told the same of what %s keeps as of what nobody does', async (tenant, other) => {
    const { token } = await tokenBy(app, tenant, { role: roleOf(tenant) });
    const { data } = await app.ask(other, '{ viewer { sessions { id } } }');
    const kept: Record<string, string> = {
      'Mutation.revokeOwnSession': data.viewer.sessions[0].id,
      'Mutation.revokeOwnApiToken': (await tokenBy(app, other, { role: roleOf(other) })).id,
      'Mutation.revokeEmbedToken': (await embedBy(app, 'admin', { scope: scopeOf(other) })).id,
    };
    const changes = rootFields(schemaSeenBy(roleOf(tenant))).filter(({ kind: root, field }) => root === 'mutation' && field.args.some(({ name }) => name === 'id'));
    // A new change by id has to say what another tenant keeps under one.
    expect(changes.map(({ path }) => path).filter((path) => !(path in kept))).toEqual([]);
    expect(changes.length).toBeGreaterThan(1);
    for (const bearer of [token, await app.tokenOf(tenant)]) {
      for (const change of changes) {
        const answerTo = async (id: string) => {
          const { query, variables } = callOf(change, { id });
          const withErrors = query.replace('__typename', 'userErrors { field code message }');
          return JSON.stringify(await post(app.url, bearer, withErrors, variables)).replace(/"requestId":"[^"]+"/, '').replaceAll(id, 'ID');
        };
        expect([change.path, await answerTo(kept[change.path] ?? '')]).toEqual([change.path, await answerTo(MISSING)]);
      }
    }
  });
});
