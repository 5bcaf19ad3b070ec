import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isEnumType, isNonNullType, Kind, parse, typeFromAST, type GraphQLInputType } from 'graphql';
import { embeddedOperation, operationsOf } from '../../server/embed/operations.js';
import type { EmbedDashboard } from '../../server/graphql.generated.js';
import { persistedDocuments } from '../../server/persisted.generated.js';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { ask, documentId, embedBy } from '../support/embeds.js';
import { secretsIn } from '../support/leaks.js';
import { sampleOf } from '../support/schema-calls.js';
import { BIRCH, DUNE, everyone, insertTenants, NORTH, SOUTH, type Tenant } from '../support/tenants.js';

const schema = createSchema();
const named = schema.getType('EmbedDashboard');
const dashboards = isEnumType(named) ? named.getValues().map(({ name }) => name as EmbedDashboard) : [];

/** What the variables are that every page gives, and those that ask for more. */
const given: Record<string, unknown> = {
  first: 100, asOf: '2026-06-20', windowDays: 30, horizonDays: 180, thresholdDays: 30, money: true, withTotal: true, includeTrials: true, licenses: true, seats: true, arr: true, extremes: true, perSide: 15,
  partner: true, company: true, product: true, withPartners: true, withCompanies: true, withProducts: true, partners: [String(NORTH), String(SOUTH)], companies: ['720001', '720003'],
};

/** The variables of one of the client's documents: the given ones, and a sample of each other that is required. */
function variablesOf(name: string): Record<string, unknown> {
  const [operation] = parse(persistedDocuments[documentId(name)]?.text ?? '').definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${name} begins with no operation.`);
  const variables = (operation.variableDefinitions ?? []).map((definition) => [definition.variable.name.value, typeFromAST(schema, definition.type as never) as GraphQLInputType] as const);
  return Object.fromEntries(variables.flatMap(([variable, type]) => {
    if (variable in given) return [[variable, given[variable]]];
    return isNonNullType(type) ? [[variable, sampleOf(type)]] : [];
  }));
}

const operations = [...new Set(dashboards.flatMap((dashboard) => operationsOf(dashboard)))];

it('every operation of a dashboard is one of the client\'s, a query, and run for no other dashboard than its own', () => {
  expect(dashboards).toHaveLength(7);
  for (const dashboard of dashboards) {
    for (const name of operationsOf(dashboard)) expect(embeddedOperation(documentId(name), [dashboard])?.text).toMatch(/^query /);
  }
  for (const id of Object.keys(persistedDocuments)) {
    const { name } = persistedDocuments[id] ?? {};
    if (!operations.includes(name ?? '')) expect(embeddedOperation(id, dashboards)).toBeNull();
  }
});

onEachDatabase('everything that dashboards show', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: everyone });
    await insertTenants(app);
  });
  afterAll(() => app.stop());

  const makers: [tenant: Tenant, maker: string, scope: Record<string, string> | undefined][] = [
    ['north', 'north', undefined], ['south', 'south', undefined], ['north', 'admin', { partnerId: String(NORTH) }], ['birch', 'north', { companyId: String(BIRCH) }],
    ['birch', 'admin', { companyId: String(BIRCH) }], ['dune', 'admin', { companyId: String(DUNE) }],
  ];

  describe.each(makers)('of %s, made by %s for %j', (tenant, maker, scope) => {
    let token: string;
    beforeAll(async () => {
      ({ token } = await embedBy(app, maker, { dashboards, scope }));
    });

    it.each(operations)('%s shows nothing of anybody else', async (name) => {
      const { status, text } = await ask(app, token, name, variablesOf(name));
      expect(status).toBe(200);
      const { data, errors = [] } = JSON.parse(text);
      // A missing exchange rate is an answer; anything else would mean that the dashboard shows nothing at all.
      expect(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code).filter((code: string) => code !== 'BAD_USER_INPUT')).toEqual([]);
      expect(data).toBeTruthy();
      expect(secretsIn(text, tenant)).toEqual([]);
    });
  });
});
