import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSchema } from '../../server/schema.js';
import { PASSWORD, post, startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';
import { callOf, rootFields, type RootField } from '../support/schema-calls.js';

const fields = rootFields(createSchema());

/** What each root field needs. A new root field fails the test until someone decides here. */
const needs: Record<string, string> = {
  'Query.viewer': 'SEE_ONESELF',
  'Query.license': 'READ_LICENSES',
  'Query.licenses': 'READ_LICENSES',
  'Query.company': 'READ_COMPANIES',
  'Query.companies': 'READ_COMPANIES',
  'Query.partner': 'READ_PARTNERS',
  'Query.partners': 'READ_PARTNERS',
  'Query.product': 'READ_PRODUCTS',
  'Query.products': 'READ_PRODUCTS',
  'Query.activeUserStats': 'READ_ACTIVITY',
  'Query.dashboard': 'READ_REPORTS',
  'Query.utilization': 'READ_REPORTS',
  'Query.unifiedLicense': 'READ_LICENSES',
  'Query.unifiedLicenses': 'READ_LICENSES',
  'Query.effectiveLicensePosition': 'READ_REPORTS',
  'Query.renewalForecast': 'READ_REPORTS',
  'Query.reclamation': 'READ_REPORTS',
  'Query.costPerActiveUser': 'READ_REPORTS',
  'Query.consumptionTrend': 'READ_REPORTS',
  'Query.trialFunnel': 'READ_REPORTS',
  'Query.analyze': 'READ_REPORTS',
  'Query.activityRollup': 'READ_PROVIDERS',
  'Query.providers': 'READ_PROVIDERS',
  'Query.exchangeRates': 'READ_RATES',
  'Query.prices': 'READ_PRICES',
  'Query.auditLog': 'READ_AUDIT',
  'Query.bulkPreview': 'WRITE_LICENSES',
  'Query.dataQuality': 'READ_QUALITY',
  'Query.accounts': 'MANAGE_ACCOUNTS',
  'Query.account': 'MANAGE_ACCOUNTS',
  'Query.apiTokens': 'MANAGE_ACCOUNTS',
  'Query.imports': 'IMPORT_DATA',
  'Query.importJob': 'IMPORT_DATA',
  'Query.importFields': 'IMPORT_DATA',
  'Query.importMappings': 'IMPORT_DATA',
  'Query.apiReference': 'INTROSPECT',
  'Query.savedQueries': 'EXPLORE',
  'Query.savedQuery': 'EXPLORE',
  'Mutation.saveQuery': 'EXPLORE',
  'Mutation.updateSavedQuery': 'EXPLORE',
  'Mutation.deleteSavedQuery': 'EXPLORE',
  'Mutation.signIn': 'public',
  'Mutation.refreshSession': 'public',
  'Mutation.signOut': 'USE_SESSION',
  'Mutation.createLicense': 'WRITE_LICENSES',
  'Mutation.updateLicense': 'WRITE_LICENSES',
  'Mutation.deleteLicense': 'WRITE_LICENSES',
  'Mutation.createCompany': 'WRITE_COMPANIES',
  'Mutation.updateCompany': 'WRITE_COMPANIES',
  'Mutation.deleteCompany': 'WRITE_COMPANIES',
  'Mutation.createPartner': 'WRITE_PARTNERS',
  'Mutation.updatePartner': 'WRITE_PARTNERS',
  'Mutation.deletePartner': 'WRITE_PARTNERS',
  'Mutation.createProduct': 'WRITE_PRODUCTS',
  'Mutation.updateProduct': 'WRITE_PRODUCTS',
  'Mutation.deleteProduct': 'WRITE_PRODUCTS',
  // A deployed site has no account: its licence key is the secret.
  'Mutation.appLicenseCheck': 'public',
  'Mutation.syncProvider': 'SYNC_PROVIDERS',
  'Mutation.restoreLicense': 'WRITE_LICENSES',
  'Mutation.revertLicense': 'WRITE_LICENSES',
  'Mutation.restoreCompany': 'WRITE_COMPANIES',
  'Mutation.restorePartner': 'WRITE_PARTNERS',
  'Mutation.restoreProduct': 'WRITE_PRODUCTS',
  'Mutation.changeLicenses': 'WRITE_LICENSES',
  'Mutation.applyBulk': 'WRITE_LICENSES',
  'Mutation.fixDataQuality': 'WRITE_LICENSES',
  'Mutation.createAccount': 'MANAGE_ACCOUNTS',
  'Mutation.updateAccount': 'MANAGE_ACCOUNTS',
  'Mutation.resetPassword': 'MANAGE_ACCOUNTS',
  'Mutation.revokeSession': 'MANAGE_ACCOUNTS',
  'Mutation.changePassword': 'USE_SESSION',
  'Mutation.revokeOwnSession': 'USE_SESSION',
  'Query.embedTokens': 'EMBED_DASHBOARDS',
  'Query.embeddedDashboard': 'READ_REPORTS',
  'Mutation.createEmbedToken': 'EMBED_DASHBOARDS',
  'Mutation.revokeEmbedToken': 'EMBED_DASHBOARDS',
  'Mutation.createApiToken': 'USE_API_TOKENS',
  'Mutation.revokeOwnApiToken': 'USE_API_TOKENS',
  'Mutation.revokeApiToken': 'MANAGE_ACCOUNTS',
  'Mutation.configureImport': 'IMPORT_DATA',
  'Mutation.checkImport': 'IMPORT_DATA',
  'Mutation.commitImport': 'IMPORT_DATA',
  'Mutation.cancelImport': 'IMPORT_DATA',
  'Mutation.undoImport': 'IMPORT_DATA',
  'Mutation.replaceImportValue': 'IMPORT_DATA',
  'Mutation.saveImportMapping': 'IMPORT_DATA',
  'Mutation.deleteImportMapping': 'IMPORT_DATA',
  'Mutation.setExchangeRate': 'WRITE_RATES',
  'Mutation.deleteExchangeRate': 'WRITE_RATES',
  'Mutation.loadExchangeRates': 'WRITE_RATES',
  'Mutation.createPrice': 'WRITE_PRICES',
  'Mutation.updatePrice': 'WRITE_PRICES',
  'Mutation.deletePrice': 'WRITE_PRICES',
  'Mutation.loadPrices': 'WRITE_PRICES',
  'Mutation.setBranding': 'WRITE_BRANDING',
  'Mutation.removeBranding': 'WRITE_BRANDING',
};

/** Arguments of which any sample would be refused for its form. */
const given: Record<string, Record<string, unknown>> = { 'Query.unifiedLicense': { id: 'portal:1' } };

const reads = ['READ_LICENSES', 'READ_COMPANIES', 'READ_PARTNERS', 'READ_PRODUCTS', 'READ_USERS', 'READ_ACTIVITY', 'READ_REPORTS'];
const writes = ['WRITE_LICENSES', 'WRITE_COMPANIES', 'WRITE_PARTNERS', 'WRITE_PRODUCTS'];
const installation = ['READ_PROVIDERS', 'READ_RATES', 'READ_PRICES'];
const administration = ['SYNC_PROVIDERS', 'WRITE_RATES', 'WRITE_PRICES', 'IMPORT_DATA', 'READ_AUDIT', 'MANAGE_ACCOUNTS'];
const oversight = ['READ_HISTORY', 'READ_QUALITY'];
const everybody = ['SEE_ONESELF', 'USE_SESSION', 'USE_API_TOKENS', 'EXPORT_DATA'];

/** What each account may do; `null` is nobody. */
const holds: Record<string, string[]> = {
  admin: [...everybody, 'INTROSPECT', ...reads, 'READ_MONEY', ...writes, ...installation, ...oversight, ...administration, 'EMBED_DASHBOARDS', 'EXPLORE', 'WRITE_BRANDING'],
  analyst: [...everybody, 'INTROSPECT', ...reads, 'READ_MONEY', ...installation, ...oversight, 'EXPLORE'],
  viewer: [...everybody, ...reads, 'READ_MONEY'],
  partner1: [...everybody, ...reads, 'READ_MONEY', 'EMBED_DASHBOARDS'],
  // A company learns of no partner, not even of its own reseller.
  company1: [...everybody, ...reads.filter((permission) => permission !== 'READ_PARTNERS'), 'READ_MONEY'],
};

/** `allowed`, or the code of the refusal. */
function outcomeOf({ errors = [] }: Answer): string {
  const refusal = errors.map(({ extensions }) => String(extensions['code'])).find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN');
  return refusal ?? (errors.length === 0 ? 'allowed' : `unexpected: ${JSON.stringify(errors)}`);
}

const SCHEMA = '{ __schema { types { name } } }';
const rows = {
  partner: [{ id: 1, partner_name: 'P1' }],
  company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [round({ id: 1, company_id: 1 })],
  user: [user(1, { company_id: 1 })],
};

it('knows every root field, and no other', () => {
  expect(fields.map(({ path }) => path).sort()).toEqual(Object.keys(needs).sort());
});

onEachDatabase('roles', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  /** Signing out ends a session, so it is tried with one of its own. */
  async function call(account: string | null, root: RootField): Promise<Answer> {
    const { query, variables } = callOf(root, given[root.path]);
    if (account === null || root.path !== 'Mutation.signOut') return app.ask(account, query, variables);
    const signedIn = await post(app.url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
      input: { email: `${account}@example.com`, password: PASSWORD },
    });
    return post(app.url, signedIn.data.signIn.accessToken, query, variables);
  }

  describe.each(Object.keys(holds))('%s', (account) => {
    it.each(fields.map((root) => [root.path, root] as const))('%s', async (path, root) => {
      const allowed = needs[path] === 'public' || holds[account]?.includes(needs[path] ?? '');
      expect(outcomeOf(await call(account, root))).toBe(allowed ? 'allowed' : 'FORBIDDEN');
    });

    it('introspects only with INTROSPECT', async () => {
      const expected = holds[account]?.includes('INTROSPECT') ? 'allowed' : 'FORBIDDEN';
      expect(outcomeOf(await app.ask(account, SCHEMA))).toBe(expected);
      expect(outcomeOf(await app.ask(account, '{ __type(name: "License") { name } }'))).toBe(expected);
      expect(outcomeOf(await app.ask(account, 'query { ...F } fragment F on Query { a: __schema { queryType { name } } }'))).toBe(expected);
    });

    it('reads its own permissions', async () => {
      const { data } = await app.ask(account, '{ viewer { permissions } }');
      expect([...data.viewer.permissions].sort()).toEqual([...(holds[account] ?? [])].sort());
    });
  });

  describe('nobody', () => {
    it.each(fields.map((root) => [root.path, root] as const))('%s', async (path, root) => {
      expect(outcomeOf(await call(null, root))).toBe(needs[path] === 'public' ? 'allowed' : 'UNAUTHENTICATED');
    });

    it('learns nothing of the schema, not even by a suggestion', async () => {
      expect(outcomeOf(await app.ask(null, SCHEMA))).toBe('UNAUTHENTICATED');
      expect(outcomeOf(await app.ask(null, '{ __type(name: "License") { name } }'))).toBe('UNAUTHENTICATED');
      const misspelt = '{ licensez { totalCount } }';
      expect((await app.ask('analyst', misspelt)).errors?.[0]?.message).toContain('"licenses"');
      for (const account of [null, 'viewer', 'partner1', 'company1']) {
        expect(JSON.stringify(await app.ask(account, misspelt))).not.toContain('licenses');
        expect(JSON.stringify(await app.ask(account, '{ licenses(firts: 1) { totalCount } }'))).not.toContain('first');
        expect(JSON.stringify(await app.ask(account, 'mutation { signIn(input: { emial: "x", password: "x" }) { accessToken } }'))).not.toContain('"email"');
        expect(JSON.stringify(await app.ask(account, '{ licenses(orderBy: { field: OWNR }) { totalCount } }'))).not.toContain('OWNER');
      }
    });

    it('sees whether the server lives and is ready', async () => {
      for (const page of ['live', 'ready']) {
        const response = await fetch(`${app.url}/health/${page}`);
        expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
      }
    });

    it.each(['Bearer', 'Bearer x', 'Bearer null', 'Basic YWRtaW46eA==', `Bearer ${'a'.repeat(5000)}`, 'Bearer eyJhbGciOiJub25lIn0.e30.'])(
      'is who sends the header "%.20s"',
      async (authorization) => {
        const response = await fetch(`${app.url}/graphql`, {
          method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify({ query: '{ viewer { email } }' }),
        });
        expect(((await response.json()) as Answer).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      },
    );
  });

  it('changed nothing but what the administrator may change', async () => {
    const entries = await app.database.transaction(({ manager }) =>
      manager.query<{ email: string }[]>('select distinct account_email as email from sw_audit_log'),
    );
    expect(entries).toEqual([{ email: 'admin@example.com' }]);
  });
});
