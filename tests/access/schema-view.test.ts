import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNamedType, isObjectType } from 'graphql';
import type { Permission, Role } from '../../server/graphql.generated.js';
import { createSchema } from '../../server/schema.js';
import { post, startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { guardedParts, queryReaching, type GuardedPart } from '../support/guarded-parts.js';
import { round, user } from '../support/rows.js';
import { heldBy, schemaSeenWith } from '../support/views.js';

const schema = createSchema();
const parts = guardedParts(schema);

/** Who asks, and what they may do; one viewer where VIEWER_SEES_MONEY is 0. */
const everybody: { name: string; account: string; held: ReadonlySet<Permission>; seesMoney: boolean }[] = [
  ...Object.entries({ admin: 'ADMIN', analyst: 'ANALYST', viewer: 'VIEWER', partner1: 'PARTNER', company1: 'COMPANY' } satisfies Record<string, Role>)
    .map(([account, role]) => ({ name: account, account, held: heldBy(role), seesMoney: true })),
  { name: 'a viewer without money', account: 'viewer', held: heldBy('VIEWER', false), seesMoney: false },
];

const hiddenFrom = (held: ReadonlySet<Permission>): GuardedPart[] => parts.filter(({ needs }) => !needs.every((permission) => held.has(permission as Permission)));

describe('what @requires guards', () => {
  /** Whoever may not read a kind of row reads it nowhere, neither by itself nor below another. */
  const kinds: Record<string, string> = {
    License: 'READ_LICENSES', UnifiedLicense: 'READ_LICENSES', Company: 'READ_COMPANIES', Partner: 'READ_PARTNERS', Product: 'READ_PRODUCTS', User: 'READ_USERS',
  };
  it.each(Object.entries(kinds))('%s is a type of its own permission, and so is every page of it', (kind, permission) => {
    expect(parts).toContainEqual({ kind: 'type', path: kind, needs: [permission] });
    const pages = Object.values(schema.getTypeMap()).filter(isObjectType).filter(({ name }) => name !== 'Query')
      .flatMap((type) => Object.values(type.getFields()).filter((field) => getNamedType(field.type).name === `${kind}Connection`).map((field) => `${type.name}.${field.name}`));
    for (const path of pages) expect(parts).toContainEqual({ kind: 'field', path, needs: [permission] });
  });

  it('are parts of every kind', () => {
    expect([...new Set(parts.map(({ kind }) => kind))].sort()).toEqual(['enum value', 'field', 'input field', 'type']);
    expect(parts.map(({ path }) => path)).toEqual(expect.arrayContaining([
      'License.unitCost', 'License.history', 'Company.partner', 'License.partner', 'User.partner', 'Partner.branding', 'LicenseFilter.unitCost', 'LicenseOrderField.ANNUAL_VALUE',
    ]));
  });
});

describe.each(everybody)('the schema of $name', ({ held }) => {
  const seen = schemaSeenWith(held);
  const hidden = new Set(hiddenFrom(held).map(({ path }) => path));
  it.each(['type', 'field', 'input field', 'enum value'] as const)('has exactly the %ss that the role may see', (kind) => {
    const wrong = parts.filter((part) => part.kind === kind).filter(({ path }) => {
      const [typeName = '', member] = path.split('.');
      const type = seen.getType(typeName) as { getFields?(): object; getValues?(): { name: string }[] } | undefined;
      if (type === undefined) return false;
      const members = type.getValues?.().map(({ name }) => name) ?? Object.keys(type.getFields?.() ?? {});
      return member === undefined ? hidden.has(path) : members.includes(member) === hidden.has(path);
    });
    expect(wrong).toEqual([]);
  });

  it('leads to nothing that is not there', () => {
    for (const type of Object.values(seen.getTypeMap())) {
      if (isObjectType(type)) for (const field of Object.values(type.getFields())) expect(seen.getType(getNamedType(field.type).name)).toBeDefined();
    }
  });
});

type Asker = (typeof everybody)[number];

/** Where a guarded field of an input, or value of an enum, is given; the star stands for it. A new one needs a line here. */
const given: Record<string, string> = {
  LicenseFilter: 'licenses(filter: { not: { *: { gt: "1" } } }) { totalCount }',
  UnifiedLicenseFilter: 'unifiedLicenses(filter: { not: { *: { gt: "1" } } }) { totalCount }',
  LicenseOrderField: 'licenses(orderBy: { field: * }) { totalCount }',
  UnifiedLicenseOrderField: 'unifiedLicenses(orderBy: { field: * }) { totalCount }',
  CostOrderField: 'costPerActiveUser { owners(orderBy: { field: * }) { totalCount } }',
  AnalyzeMeasure: 'analyze(measures: [*]) { totalCount }',
  AnalyzeDimension: 'analyze(measures: [SEATS], groupBy: [OWNER, *]) { totalCount }',
};

/** An answer without what differs between two requests, with one name put in the place of another. */
const comparable = ({ data, errors }: Answer, name: string, instead: string) => JSON.parse(
  JSON.stringify({ data, errors: errors?.map(({ message, extensions }) => ({ message, code: extensions['code'] })) }).replaceAll(name, instead),
) as unknown;

onEachDatabase('what a viewer may not see', (kind) => {
  let app: TestApp;
  let poor: TestApp;
  beforeAll(async () => {
    const rows = {
      partner: [{ id: 1, partner_name: 'P1' }], company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }], product: [{ id: 1, code: 'SUB', label: 'Sub' }],
      license: [round({ id: 1, company_id: 1, start_date: '2020-01-01', end_date: null })], user: [user(1, { company_id: 1 })],
    };
    app = await startTestApp(kind, { rows });
    poor = await startTestApp(kind, { rows, environment: { VIEWER_SEES_MONEY: '0' } });
  });
  afterAll(() => Promise.all([app.stop(), poor.stop()]));

  const NOWHERE = 'zzNowhere';

  /** The same question about a hidden part and about one that no schema has: the answers may differ in the name alone. */
  async function answersAlike({ account, seesMoney }: Asker, ask: (name: string) => [query: string, variables?: Record<string, unknown>], name: string): Promise<void> {
    const { ask: put } = seesMoney ? app : poor;
    const [hidden, nowhere] = await Promise.all([put(account, ...ask(name)), put(account, ...ask(NOWHERE))]);
    expect(hidden.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(hidden)).not.toContain('Did you mean');
    expect(comparable(hidden, name, NOWHERE)).toEqual(comparable(nowhere, NOWHERE, NOWHERE));
  }

  describe.each(everybody.filter(({ held }) => !held.has('INTROSPECT')))('of $name', (asker) => {
    const hidden = hiddenFrom(asker.held);
    const seen = schemaSeenWith(asker.held);
    const of = (part: GuardedPart['kind']) => hidden.filter(({ kind: one }) => one === part).map(({ path }) => path);

    it.each(of('field'))('%s is unknown, however it is asked for', async (path) => {
      const [typeName = '', field = ''] = path.split('.');
      const reach = queryReaching(seen, typeName);
      // Of a type that cannot be reached at all the types below say it.
      if (reach === null) return;
      const forms: ((name: string) => [string, Record<string, unknown>?])[] = [
        (name) => [reach(name)],
        (name) => [reach(`${name} { __typename }`)],
        (name) => [reach(`__typename shown: ${name}`)],
        (name) => [reach(`... on ${typeName} { ${name} { __typename } }`)],
        (name) => [`query ${reach('...F')} fragment F on ${typeName} { ${name} { id } }`],
        (name) => [`query($off: Boolean!) ${reach(`${name} @include(if: $off) { __typename }`)}`, { off: false }],
        (name) => [`query($id: ID!) ${reach(`${name}(id: $id)`)}`, { id: '1' }],
      ];
      for (const form of forms) await answersAlike(asker, form, field);
    });

    it('no fragment names a hidden type', async () => {
      for (const path of of('type')) {
        await answersAlike(asker, (name) => [`{ licenses { nodes { owner { ... on ${name} { __typename } } } } }`], path);
        await answersAlike(asker, (name) => [`{ __typename ...F } fragment F on ${name} { __typename }`], path);
      }
    });

    it('no input names it, as a literal or in a variable', async () => {
      for (const path of [...of('input field'), ...of('enum value')]) {
        const [type = '', member = ''] = path.split('.');
        const around = given[type] ?? '';
        expect([type, around]).toEqual([type, expect.stringContaining('*')]);
        await answersAlike(asker, (name) => [`{ ${around.replace('*', name)} }`], member);
        if (!around.includes('*:')) await answersAlike(asker, (name) => [`query($value: ${type}!) { ${around.replace('*', '$value')} }`, { value: name }], member);
        else await answersAlike(asker, (name) => [`query($filter: ${type}) { ${around.replace(/\{ not: .* \}(?=\))/, '$$filter')} }`, { filter: { and: [{ [name]: { gt: '1' } }] } }], member);
      }
    });
  });

  it('no export filters or orders by', async () => {
    const token = await poor.tokenOf('viewer');
    for (const question of ['filter={"unitCost":{"gt":"1"}}', 'orderBy={"field":"UNIT_COST"}']) {
      const response = await fetch(`${poor.url}/exports/licenses.csv?${encodeURI(question)}`, { headers: { authorization: `Bearer ${token}` } });
      expect([response.status, ((await response.json()) as Answer).errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
    }
  });

  it('is not shown to who may introspect', async () => {
    const names = '{ fields { name type { name ofType { name } } } enumValues { name } }';
    const { data } = await app.ask('analyst', `{ mutations: __type(name: "Mutation") ${names} queries: __type(name: "Query") ${names} none: __type(name: "CreateLicenseInput") ${names} }`);
    const fields = (type: { fields: { name: string }[] }) => type.fields.map(({ name }) => name);
    expect(fields(data.mutations)).toContain('signIn');
    expect(fields(data.mutations).filter((name) => /License$|^create|Account/.test(name))).toEqual(['createApiToken']);
    expect(fields(data.queries)).toContain('exchangeRates');
    expect(fields(data.queries)).not.toContain('accounts');
    expect(data.none).toBeNull();
    const admin = await app.ask('admin', `{ none: __type(name: "CreateLicenseInput") { name } }`);
    expect(admin.data.none).toEqual({ name: 'CreateLicenseInput' });
  });

  describe('of root fields', () => {
    it.each([
      ['partner1', '{ licenses { totalCount } accounts { totalCount } }', 'FORBIDDEN'],
      ['partner1', '{ accounts { zz } }', 'FORBIDDEN'],
      ['partner1', 'query($id: Nothing) { ...F } fragment F on Query { a: account(id: $id) { zz } }', 'FORBIDDEN'],
      ['company1', '{ partners { nodes { zz } } }', 'FORBIDDEN'],
      [null, '{ viewer { zz } }', 'UNAUTHENTICATED'],
      [null, '{ licenses { nodes { unitCost } } }', 'UNAUTHENTICATED'],
      [null, '{ zz }', 'GRAPHQL_VALIDATION_FAILED'],
    ])('%s asks %s: %s, and nothing else is said or done', async (account, query, code) => {
      const { data, errors } = await app.ask(account, query, { id: '1' });
      expect([data, errors?.map(({ extensions }) => extensions['code'])]).toEqual([undefined, [code]]);
    });

    it('nothing of a change is made when one part of it is closed', async () => {
      const { errors } = await app.ask('analyst', `mutation {
        saveQuery(input: { name: "Kept by a refused request", document: "{ __typename }" }) { userErrors { code } } createCompany(input: { name: "x" }) { userErrors { code } } }`);
      expect(errors?.map(({ extensions }) => [extensions['code'], extensions['permission']])).toEqual([['FORBIDDEN', 'WRITE_COMPANIES']]);
      expect((await app.ask('analyst', '{ savedQueries { totalCount } }')).data.savedQueries.totalCount).toBe(0);
    });
  });

  describe('is left out for clients that wish it', () => {
    const leavingOut = async (account: string | null, query: string, variables?: Record<string, unknown>, { url, tokenOf } = app): Promise<Answer> => {
      const token = account === null ? null : await tokenOf(account);
      const response = await fetch(`${url}/graphql`, {
        method: 'POST', body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json', 'x-seatwise-unseen': 'leave-out', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      });
      return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
    };
    const query = `query($id: ID!, $partners: Boolean!) {
      company(id: $id) { name partner { ...P } licenses { nodes { owner { ... on Company { name } ...P } history { totalCount } } } }
      partners @include(if: $partners) { nodes { ...P } } } fragment P on Partner { id name }`;

    it('from queries, with the variables and fragments that nothing uses then', async () => {
      expect(await leavingOut('company1', query, { id: '1', partners: true })).toMatchObject({
        data: { company: { name: 'C1', licenses: { nodes: [{ owner: { name: 'C1' } }] } } },
      });
      const { data, errors } = await leavingOut('partner1', query, { id: '1', partners: true });
      expect([errors, data]).toEqual([undefined, {
        company: { name: 'C1', partner: { id: '1', name: 'P1' }, licenses: { nodes: [{ owner: { name: 'C1' } }] } }, partners: { nodes: [{ id: '1', name: 'P1' }] },
      }]);
    });

    it('and comes to those who see it, whoever asked before', async () => {
      const shown = 'query { unifiedLicenses(asOf: "2026-06-15") { nodes { ...U } } } fragment U on UnifiedLicense { id quantity unitPrice { amount } }';
      const [{ id, quantity }] = (await leavingOut('viewer', shown, {}, poor)).data.unifiedLicenses.nodes;
      expect([id, quantity]).toEqual(['portal:1', 10]);
      const { data, errors } = await leavingOut('admin', shown, {}, poor);
      expect([errors, data.unifiedLicenses.nodes]).toEqual([undefined, [{ id, quantity, unitPrice: { amount: '100.00' } }]]);
    });

    it('unless nothing is left, or something is to be changed', async () => {
      const code = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions['code']);
      expect(code(await leavingOut('company1', '{ partners { nodes { id } } }'))).toEqual(['FORBIDDEN']);
      expect(code(await leavingOut('viewer', 'mutation { createCompany(input: { name: "x" }) { userErrors { code } } }'))).toEqual(['FORBIDDEN']);
      expect(code(await leavingOut(null, query, { id: '1', partners: true }))).toEqual(['UNAUTHENTICATED']);
    });

    it('and changes nothing about the rows', async () => {
      const { data } = await leavingOut('company1', '{ companies { nodes { name partner { name } } } }');
      expect(data).toEqual({ companies: { nodes: [{ name: 'C1' }] } });
    });
  });

  it('of a token follows from what it holds: owners of a kind it may not read are not there', async () => {
    const { data } = await app.ask('admin', 'mutation { createApiToken(input: { name: "rounds alone", role: ADMIN, permissions: [READ_LICENSES], expiresInDays: 1 }) { token } }');
    const ask = (query: string) => post(app.url, data.createApiToken.token, query);
    expect((await ask('{ licenses { nodes { id seats owner { __typename } } } }')).data).toEqual({ licenses: { nodes: [{ id: '1', seats: 10, owner: null }] } });
    for (const field of ['company { name }', 'product { label }', 'unitCost { amount }', 'owner { ... on Company { name } }', 'utilization { activeUsers }']) {
      expect((await ask(`{ licenses { nodes { ${field} } } }`)).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });
});
